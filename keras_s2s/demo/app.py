"""The page of the demo: the sentence above, the tabs below, the endpoints behind."""

import functools
import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from keras_s2s.demo.about_tab import AboutTab
from keras_s2s.demo.batch_tab import BatchTab
from keras_s2s.demo.compare_tab import CompareTab
from keras_s2s.demo.demo_limits import DemoLimits
from keras_s2s.demo.demo_model import DemoModel
from keras_s2s.demo.endpoints import add_endpoints
from keras_s2s.demo.intervene_tab import InterveneTab
from keras_s2s.demo.look_inside_tab import LookInsideTab
from keras_s2s.demo.model_desk import ModelDesk
from keras_s2s.demo.page_html import isolated, place
from keras_s2s.demo.sentence_tab import SentenceTab
from keras_s2s.demo.translate_tab import TranslateTab
from keras_s2s.errors import UserError

if TYPE_CHECKING:
    import gradio as gr

_EXAMPLES = 8
_HEAD = '<header class="s2s-head"><h1>keras_s2s</h1><p>Sequence to sequence, and what happens inside</p></header>'
# Pages kept for who has them open, files for an hour.
_CACHE_SECONDS = (600, 3600)


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


def build_demo(models: Mapping[str, DemoModel], limits: DemoLimits | None = None) -> "gr.Blocks":
    """Builds the page; `launch` starts it.

    Args:
        models: The models by the name to show; the first is chosen at the start.
        limits: What a visitor may ask for. Default: `DemoLimits()`.

    Returns:
        The page, with the tabs Translate, Look inside, Intervene, Compare, Batch and About, and the endpoints of
        `keras_s2s.demo.endpoints`.

    Raises:
        UserError: There is no model, or Gradio is not installed.
    """
    limits = limits or DemoLimits()
    desk = ModelDesk(models, limits)
    gr = import_gradio()
    with gr.Blocks(title="keras_s2s demo", analytics_enabled=False, delete_cache=_CACHE_SECONDS) as demo:
        _fill(gr, desk)
    demo.queue(max_size=limits.waiting, default_concurrency_limit=limits.concurrent)
    return demo


def _fill(gr: Any, desk: ModelDesk) -> None:
    first = desk.names[0]
    with gr.Row(elem_id="top"):
        place(gr, _HEAD, min_width=300)
        model_box = gr.Dropdown(
            desk.names, value=first, label="Model", visible=len(desk.names) > 1, elem_id="model", min_width=220, scale=0
        )
    description = place(gr, _described(desk, first), elem_id="description")
    with gr.Column(elem_id="sentence"):
        with gr.Row(equal_height=False):
            text_box = gr.Textbox(
                label="Text", placeholder="Type here, then press Enter", lines=1, max_lines=6, autofocus=True,
                elem_id="text", scale=6, min_width=260,
            )
            beam_box = gr.Slider(
                1, desk.limits.beam_size, 1, step=1, label="Beam size", elem_id="beam", scale=2, min_width=160,
                buttons=[],
            )
            button = gr.Button("Translate", variant="primary", elem_id="translate-run", scale=1, min_width=120)
        examples_box = gr.Dataset(
            components=[text_box], label="Examples", elem_id="examples", **_examples(desk, first)
        )
    asked = [text_box, model_box, beam_box]
    with gr.Tabs(elem_id="tabs", overflow_behavior="wrap"):
        tabs: list[SentenceTab] = [
            TranslateTab(gr, desk), LookInsideTab(gr, desk, asked), InterveneTab(gr, desk, asked)
        ]
        CompareTab(gr, desk)
        batch_tab = BatchTab(gr, desk, model_box)
        about_tab = AboutTab(gr, desk)
    outputs = _wire_sentence(gr, tabs, asked, [button.click, text_box.submit], examples_box)

    def choose(model: str) -> dict[Any, Any]:
        emptied = {component: value for tab in tabs for component, value in tab.empty().items()}
        return {
            **emptied, outputs[1]: {}, description: _described(desk, model),
            examples_box: gr.Dataset(**_examples(desk, model)), about_tab.card: about_tab.describe(model),
        }

    model_box.change(choose, model_box, [*outputs, description, examples_box, about_tab.card], queue=False,
                     api_visibility="private", show_progress="hidden")
    add_endpoints(gr, desk, batch_tab, model_box)


def _wire_sentence(gr: Any, tabs: list[SentenceTab], asked: list[Any], triggers: list[Any], examples_box: Any) -> list:
    """The tab that is open shows the sentence; another shows it when it is opened. Gives the components they fill.

    The first two of them: which tab is open; which sentence each tab shows.
    """
    by_name = {tab.name: tab for tab in tabs}
    where, shown = gr.State(tabs[0].name), gr.State({})
    outputs = [where, shown, *(component for tab in tabs for component in tab.outputs)]
    private = {"api_visibility": "private", "concurrency_id": "models"}

    def show(name: str, known: dict, *question: Any) -> dict[Any, Any]:
        return {**by_name[name].show(*question), where: name, shown: {**known, name: question}}

    def open_tab(known: dict, *question: Any, name: str) -> dict[Any, Any]:
        if known.get(name) == question or not (question[0] or "").strip():
            return {where: name}
        return show(name, known, *question)

    results = [tab.outputs[-1] if tab.name == "intervene" else tab.outputs[0] for tab in tabs]
    given = [where, shown, *asked]
    gr.on(triggers, show, given, outputs, trigger_mode="always_last", show_progress_on=results, **private)
    chosen = examples_box.click(lambda sample: sample[0], examples_box, asked[0], queue=False, api_visibility="private")
    chosen.then(show, given, outputs, show_progress_on=results, **private)
    for tab, result in zip(tabs, results, strict=True):
        tab.tab.select(functools.partial(open_tab, name=tab.name), [shown, *asked], outputs, show_progress_on=result,
                       **private)
    return outputs


def _described(desk: ModelDesk, model: str) -> str:
    return f'<p class="s2s-about">{isolated(desk.models[model].translator.description or "")}</p>'


def _examples(desk: ModelDesk, model: str) -> dict[str, Any]:
    samples = [[example] for example in desk.models[model].translator.examples[:_EXAMPLES]]
    return {"samples": samples, "visible": bool(samples)}
