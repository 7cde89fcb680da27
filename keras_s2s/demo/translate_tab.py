"""The tab Translate."""

from typing import TYPE_CHECKING, Any

from keras_s2s.demo.page_html import hint, lead, place, problem
from keras_s2s.demo.sentence_tab import SentenceTab
from keras_s2s.demo.translation_html import details

if TYPE_CHECKING:
    from keras_s2s.demo.model_desk import ModelDesk

_HINT = "The translation's scores and its attention appear here: which part of the text each token looked at."


class TranslateTab(SentenceTab):
    """The translation, its scores, what else the beam found, and the attention as a heat map.

    Args:
        gr, desk: See `SentenceTab`.
        question: Text, model and beam size that are answered when the page opens. An empty text: none.
    """

    name = "translate"

    def __init__(self, gr: Any, desk: "ModelDesk", question: tuple[str, str, int]):
        super().__init__(gr, desk)
        translation, html = self._opening(*question)
        with gr.Tab("Translate", id=self.name, elem_id=self.name) as self.tab:
            place(gr, lead("What the model makes of the text, how sure it is, and where it looked for each token."))
            self.translation = gr.Textbox(
                translation, label="Translation", interactive=False, buttons=["copy"], lines=1, max_lines=6,
                elem_id="translation",
            )
            self.details = place(gr, html, elem_id="details")
        self.outputs, self.result = [self.translation, self.details], self.translation

    def answer(self, text, model, beam_size):
        result = self.desk.translate(text, model, beam_size, n_best=beam_size)
        return {self.translation: result.text, self.details: details(result)}

    def _opening(self, text: str, model: str, beam_size: int) -> tuple[str, str]:
        # The page opens with an answer in it: it shows what there is to see, and the model is warm.
        if not text.strip():
            return "", hint(_HINT)
        try:
            result = self.desk.translate(text, model, beam_size)
        except Exception as error:
            return "", problem(error)
        return result.text, details(result)

    def empty(self, message=None):
        return {self.translation: "", self.details: message or hint(_HINT)}
