"""The tab Batch."""

import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from keras_s2s.data.lines import write_lines
from keras_s2s.demo.page_html import hint, isolated, lead, place, problem, table
from keras_s2s.demo.uploads import read_upload

if TYPE_CHECKING:
    from keras_s2s.demo.model_desk import ModelDesk

_LEAD = "A text file in, a text file out: line n of the one is the translation of line n of the other."
_HINT = "The translations appear here, to be looked at and downloaded."
_SHOWN = 12


class BatchTab:
    """A file of texts, translated line by line.

    Args:
        gr: The module `gradio`.
        desk: Who answers.
        model: The component with the model's name.
    """

    name = "batch"

    def __init__(self, gr: Any, desk: "ModelDesk", model: Any):
        self.gr, self.desk = gr, desk
        limits = desk.limits
        with gr.Tab("Batch", id=self.name, elem_id=self.name):
            place(gr, lead(_LEAD))
            with gr.Row():
                with gr.Column(min_width=300, scale=4, elem_classes="s2s-card"):
                    self.file = gr.File(
                        label=f"Text file in UTF-8, up to {limits.rows:,} lines, {limits.file_bytes / 2**20:g} MiB",
                        file_types=["text", ".gz"], height=150, elem_id="batch-file",
                    )
                    self.beam = gr.Slider(1, limits.beam_size, 1, step=1, label="Beam size", elem_id="batch-beam")
                    button = gr.Button("Translate the file", variant="primary", elem_id="batch-run")
                with gr.Column(min_width=300, scale=6):
                    self.result = place(gr, hint(_HINT), elem_id="batch-result")
                    self.download = gr.File(
                        label="Translations", visible=False, interactive=False, elem_id="batch-download"
                    )
        button.click(
            self._show, [self.file, model, self.beam], [self.result, self.download], api_visibility="private",
            show_progress_on=self.result, concurrency_id="models",
        )

    def translate(
        self, path: str | None, model: str, beam_size: int
    ) -> tuple[str, list[str], list[str], list[int]]:
        """`(path, sources, translations, cut)`: the file with the translations, both as lists, and the numbers of the
        lines, from 1, of which the model read only the beginning.

        Raises:
            UserError: As `read_upload` and `ModelDesk.translate_all`.
        """
        lines = read_upload(path, self.desk.limits.file_bytes)
        progress = self.gr.Progress()
        answers = self.desk.translate_all(
            lines, model, beam_size, lambda done: progress((done, len(lines)), desc="Translating", unit="lines")
        )
        # A line in, a line out: no answer may break its line.
        texts = [" ".join(str(answer).splitlines()) for answer in answers]
        name = Path(str(path)).name.removesuffix(".gz").removesuffix(".txt")
        # In Gradio's own folder: what lies elsewhere it would copy there, and look after the copy alone.
        cache = Path(self.download.GRADIO_CACHE)
        cache.mkdir(parents=True, exist_ok=True)
        written = Path(tempfile.mkdtemp(prefix="keras-s2s-", dir=cache)) / f"{name}.translated.txt"
        write_lines(written, texts)
        cut = [number for number, answer in enumerate(answers, start=1) if answer.truncated]
        return str(written), lines, texts, cut

    def _show(self, path, model, beam_size):
        gr = self.gr
        begun = time.perf_counter()
        try:
            written, lines, texts, cut = self.translate(path, model, beam_size)
        except Exception as error:
            return problem(error), gr.File(visible=False)
        seconds = time.perf_counter() - begun
        told = f"{len(lines):,} {'line' if len(lines) == 1 else 'lines'} in {seconds:.1f} seconds."
        if len(lines) > _SHOWN:
            told += f" The first {_SHOWN}:"
        rows = [(str(number), isolated(source), isolated(text))
                for number, (source, text) in enumerate(zip(lines[:_SHOWN], texts, strict=False), start=1)]
        shown = lead(told) + _cut(cut) + table(["", "text", "translation"], rows, "Translations", (0,))
        return shown, gr.File(written, visible=True)


def _cut(numbers: list[int]) -> str:
    if not numbers:
        return ""
    listed = ", ".join(f"{number:,}" for number in numbers[:_SHOWN]) + (" ..." if len(numbers) > _SHOWN else "")
    lines = "line" if len(numbers) == 1 else f"{len(numbers):,} lines,"
    return (
        f'<p class="s2s-cut" role="note"><b>The model read only the beginning of {lines} {listed}:</b> it reads no '
        "more tokens of a text.</p>"
    )
