"""The page of the demo and its API endpoint."""

import logging
import os
from collections.abc import Mapping
from html import escape
from typing import TYPE_CHECKING, Any

from keras_s2s.demo.answer import about, as_json, details, hint, problem
from keras_s2s.demo.translation_desk import TranslationDesk
from keras_s2s.errors import UserError

if TYPE_CHECKING:
    import gradio as gr

    from keras_s2s.translator import Translator

_LOG = logging.getLogger("keras_s2s.demo")
MOST_CHARACTERS = 2000
_WAITING = 32
_EXAMPLES = 8
_HEAD = '<header class="s2s-head"><h1>keras_s2s</h1><p>Sequence to sequence, with its attention</p></header>'


def import_gradio() -> Any:
    """Gradio, without its reports home.

    Raises:
        UserError: The extra `demo` is not installed.
    """
    os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
    try:
        import gradio
    except ImportError as error:
        raise UserError(
            f"the demo cannot start: {error}",
            "expected the packages of the extra 'demo'",
            "install them: pip install 'keras-s2s[demo]'",
        ) from None
    return gradio


def build_demo(
    translators: "Mapping[str, Translator]", most_characters: int = MOST_CHARACTERS
) -> "gr.Blocks":
    """Builds the page; `launch` starts it.

    Args:
        translators: The models by the name to show; the first is chosen at the start.
        most_characters: Longest text that is translated, 2,000 characters by default.

    Returns:
        The page. Its endpoint `/translate` takes `text` and `model` and returns translation, score, log_prob,
        both token lists, their log-probabilities and the attention. Two texts are translated at a time, 32
        may wait.

    Raises:
        UserError: There is no model, or Gradio is not installed.
    """
    desk = TranslationDesk(translators, most_characters)
    gr = import_gradio()
    first = desk.names[0]

    def translate(text: str, model: str = first) -> dict[str, Any]:
        """Translates one text and shows where the model looked."""
        try:
            return as_json(desk.translate(text, model))
        except UserError as error:
            # Gradio shows the message as HTML, and it may quote the text.
            raise gr.Error(escape(str(error)), print_exception=False) from None

    def show(text: str, model: str) -> tuple[str, str]:
        if not (text or "").strip():
            return "", problem("Type a text first, or choose an example.")
        try:
            result = desk.translate(text, model)
        except UserError as error:
            return "", problem(str(error))
        except Exception:
            _LOG.exception("translation failed")
            return "", problem(
                "Something went wrong here, not with your text. The log of the demo has the details."
            )
        return result.text, details(result)

    def choose(model: str) -> tuple[str, Any, str, str]:
        translator = desk.translators[model]
        return about(translator), gr.Dataset(**_examples(translator)), "", hint()

    with gr.Blocks(title="keras_s2s demo", analytics_enabled=False) as demo:
        gr.HTML(_HEAD)
        with gr.Row(equal_height=False):
            with gr.Column(scale=4, min_width=300):
                several = len(desk.names) > 1
                model_box = gr.Dropdown(
                    desk.names, value=first, label="Model", visible=several, elem_id="model"
                )
                about_box = gr.HTML(about(desk.translators[first]))
                text_box = gr.Textbox(
                    label="Text",
                    placeholder="Type here, then press Enter",
                    lines=1,
                    max_lines=6,
                    autofocus=True,
                    elem_id="text",
                )
                button = gr.Button("Translate", variant="primary", elem_id="translate")
                examples_box = gr.Dataset(
                    components=[text_box],
                    label="Examples",
                    elem_id="examples",
                    **_examples(desk.translators[first]),
                )
            with gr.Column(scale=7, min_width=300):
                translation_box = gr.Textbox(
                    label="Translation",
                    interactive=False,
                    buttons=["copy"],
                    lines=1,
                    max_lines=6,
                    elem_id="translation",
                )
                details_box = gr.HTML(hint(), elem_id="details")

        asked, shown = [text_box, model_box], [translation_box, details_box]
        here = {"api_visibility": "private", "show_progress_on": translation_box}
        gr.on([button.click, text_box.submit], show, asked, shown, trigger_mode="always_last", **here)
        chosen = examples_box.click(lambda sample: sample[0], examples_box, text_box, queue=False, **here)
        chosen.then(show, asked, shown, **here)
        model_box.change(choose, model_box, [about_box, examples_box, *shown], queue=False, **here)
        gr.api(translate, api_name="translate")
    demo.queue(max_size=_WAITING, default_concurrency_limit=2)
    return demo


def _examples(translator: "Translator") -> dict[str, Any]:
    samples = [[example] for example in translator.examples[:_EXAMPLES]]
    return {"samples": samples, "visible": bool(samples)}
