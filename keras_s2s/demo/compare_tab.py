"""The tab Compare."""

from typing import TYPE_CHECKING, Any

from keras_s2s.demo.comparison import Comparison, compare
from keras_s2s.demo.comparison_html import answers_html, lengths_html, scores_html
from keras_s2s.demo.held_out import held_out_lines
from keras_s2s.demo.page_html import hint, lead, place, problem
from keras_s2s.demo.uploads import read_upload

if TYPE_CHECKING:
    from keras_s2s.demo.model_desk import ModelDesk

_LEAD = (
    "Two models, or one with two beams, on the same texts: where they differ, and how BLEU changes with the length of "
    "the source."
)
_HINT = "The scores, BLEU by length of the source and the translations appear here."
_PAIRS = 100
_COLOURS = ("#2563eb", "#d97706")


class CompareTab:
    """Two models on the same texts or on an uploaded file of pairs.

    Args:
        gr: The module `gradio`.
        desk: Who answers.
    """

    name = "compare"

    def __init__(self, gr: Any, desk: "ModelDesk"):
        self.gr, self.desk = gr, desk
        first, second = (desk.names * 2)[:2]
        examples = "\n".join(desk.models[first].translator.examples)
        with gr.Tab("Compare", id=self.name, elem_id=self.name):
            place(gr, lead(_LEAD))
            with gr.Row():
                with gr.Column(min_width=300, elem_classes="s2s-card"):
                    first_model, first_beam = self._side("First model", first, 1)
                    second_model, second_beam = self._side("Second model", second, 5 if first == second else 1)
                    take = gr.Button("Take pairs of the first model's test set", size="sm", elem_id="take-pairs")
                with gr.Column(min_width=300, elem_classes="s2s-card"):
                    texts = gr.Textbox(
                        examples, label="Texts, a line each; behind a tab the right translation, for BLEU", lines=7,
                        max_lines=14, elem_id="compare-texts",
                    )
                    file = gr.File(
                        label=f"or a file of them, up to {desk.limits.rows:,} lines", height=110,
                        file_types=["text", ".tsv", ".gz"], elem_id="compare-file",
                    )
            with gr.Row():
                button = gr.Button("Compare", variant="primary", elem_id="compare-run", scale=0, min_width=200)
            self.scores = place(gr, hint(_HINT), elem_id="compare-scores")
            self.plot = gr.LinePlot(
                x="length", y="BLEU", color="model", visible=False, elem_id="compare-plot", height=320, buttons=[],
                y_lim=[0, None],
            )
            self.lengths = place(gr, "", elem_id="compare-lengths")
            self.answers = place(gr, "", elem_id="compare-answers")
        take.click(
            self._take, first_model, [texts, file, self.scores], api_visibility="private", show_progress_on=texts
        )
        asked = [texts, file, first_model, second_model, first_beam, second_beam]
        button.click(
            self._run, asked, [self.scores, self.plot, self.lengths, self.answers], api_visibility="private",
            show_progress_on=self.scores, concurrency_id="models",
        )

    def _side(self, label: str, model: str, beam_size: int) -> tuple[Any, Any]:
        gr, name = self.gr, label.split()[0].lower()
        with gr.Row():
            chooser = gr.Dropdown(
                self.desk.names, value=model, label=label, scale=3, min_width=120, elem_id=f"{name}-model"
            )
            beam = gr.Number(
                beam_size, label="Beam", precision=0, minimum=1, maximum=self.desk.limits.beam_size, scale=1,
                min_width=80, elem_id=f"{name}-beam",
            )
        return chooser, beam

    def _take(self, model):
        try:
            lines = held_out_lines(self.desk.model(model), min(_PAIRS, self.desk.limits.rows))
        except Exception as error:
            return self.gr.skip(), None, problem(error)
        return "\n".join(lines), None, hint(_HINT)

    def _run(self, texts, file, first_model, second_model, first_beam, second_beam):
        gr = self.gr
        progress = gr.Progress()
        try:
            lines = read_upload(file, self.desk.limits.file_bytes) if file else (texts or "").split("\n")
            total = 2 * max(len(lines), 1)
            found = compare(
                self.desk, lines, (first_model, second_model), (first_beam, second_beam),
                lambda done: progress((min(done, total), total), desc="Translating", unit="texts"),
            )
        except Exception as error:
            return problem(error), gr.LinePlot(visible=False), "", ""
        return scores_html(found), self._drawn(found), lengths_html(found), answers_html(found)

    def _drawn(self, found: Comparison) -> Any:
        """BLEU by length of the source."""
        import pandas

        gr = self.gr
        if not found.classes:
            return gr.LinePlot(visible=False)
        rows = [
            {"length": one.label, "BLEU": round(one.bleu[side], 2), "model": name}
            for one in found.classes for side, name in enumerate(found.names)
        ]
        labels = [one.label for one in found.classes]
        return gr.LinePlot(
            pandas.DataFrame(rows), visible=True, x_title=f"length of the source in {found.unit}", sort=labels,
            color_map=dict(zip(found.names, _COLOURS, strict=True)), title="BLEU by length of the source",
        )
