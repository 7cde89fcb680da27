"""The demo's API: what the tabs show, as JSON."""

import contextlib
from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING, Any

from keras_s2s.demo.changes import Changes
from keras_s2s.demo.comparison import compare as compare_lines
from keras_s2s.demo.translation_html import as_json
from keras_s2s.errors import UserError

if TYPE_CHECKING:
    from keras_s2s.demo.batch_tab import BatchTab
    from keras_s2s.demo.model_desk import ModelDesk

NAMES = ("translate", "trace", "intervene", "compare", "batch")


def add_endpoints(gr: Any, desk: "ModelDesk", batch_tab: "BatchTab", model_box: Any) -> None:
    """Adds `/translate`, `/trace`, `/intervene`, `/compare` and `/batch` to the page that is being built.

    Args:
        gr: The module `gradio`.
        desk: Who answers.
        batch_tab: Who translates files, and whose components say what goes in and out.
        model_box: The component with the model's name.
    """
    first = desk.names[0]
    second = desk.names[min(1, len(desk.names) - 1)]

    @contextlib.contextmanager
    def kindly() -> Iterator[None]:
        try:
            yield
        except UserError as error:
            # Gradio shows the message as HTML, and it may quote the text.
            raise gr.Error(escape(str(error), quote=False), print_exception=False) from None

    def translate(text: str, model: str = first, beam_size: int = 1, n_best: int = 1) -> dict[str, Any]:
        """Translates a text: the translation, its scores, tokens and attention; with `n_best` the beam's others.

        `truncated` says whether the model read only the beginning of the text.
        """
        with kindly():
            return as_json(desk.translate(text, model, beam_size, n_best))

    def trace(text: str, model: str = first, beam_size: int = 1) -> dict[str, Any]:
        """Translates a text and gives every tensor on the way; see trace.schema.json in the package."""
        with kindly():
            return desk.trace(text, model, beam_size).to_dict()

    def intervene(
        text: str,
        model: str = first,
        force: dict[str, str] | None = None,
        attention: dict[str, list[float]] | None = None,
        mute: list[int] | None = None,
        swap: dict[str, str] | None = None,
        beam_size: int = 1,
    ) -> dict[str, Any]:
        """Translates a text as it is and with changes: two traces, and which target tokens differ.

        `force` and `attention` go by step, from 0; `mute` holds source positions, from 0; `swap` words and others.
        """
        with kindly():
            changes = Changes.from_json(force, attention, mute, swap)
            found = desk.intervene(text, model, beam_size, **changes.arguments())
            return {"before": found.before.to_dict(), "after": found.after.to_dict(), "changed": found.changed,
                    "removed": found.removed}

    def compare(
        lines: list[str],
        first_model: str = first,
        second_model: str = second,
        first_beam: int = 1,
        second_beam: int = 1,
    ) -> dict[str, Any]:
        """Translates texts with two models. Lines "text TAB reference" are scored, by length of the source, too."""
        with kindly():
            if not isinstance(lines, list) or not all(isinstance(line, str) for line in lines):
                raise UserError("the lines are no list of strings", "expected one string a line", "give a list")
            models, beams = (first_model, second_model), (first_beam, second_beam)
            return compare_lines(desk, lines, models, beams).to_dict()

    def batch(file: str | None, model: str, beam_size: int) -> str:
        """Translates a text file line by line; gives a file."""
        with kindly():
            return batch_tab.translate(file, model, beam_size)[0]

    for endpoint in (translate, trace, intervene, compare):
        gr.api(endpoint, api_name=endpoint.__name__, concurrency_id="models")
    # A file that came over the wire is checked by its component: nobody reads others of this machine.
    gr.on([], batch, [batch_tab.file, model_box, batch_tab.beam], batch_tab.download, api_name="batch",
          concurrency_id="models")
