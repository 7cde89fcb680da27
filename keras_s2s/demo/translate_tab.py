"""The tab Translate."""

from typing import Any

from keras_s2s.demo.page_html import hint, lead, place
from keras_s2s.demo.sentence_tab import SentenceTab
from keras_s2s.demo.translation_html import details

_HINT = "The translation's scores and its attention appear here: which part of the text each token looked at."


class TranslateTab(SentenceTab):
    """The translation, its scores, what else the beam found, and the attention as a heat map."""

    name = "translate"

    def __init__(self, gr: Any, desk: Any):
        super().__init__(gr, desk)
        with gr.Tab("Translate", id=self.name, elem_id=self.name) as self.tab:
            place(gr, lead("What the model makes of the text, how sure it is, and where it looked for each token."))
            self.translation = gr.Textbox(
                label="Translation", interactive=False, buttons=["copy"], lines=1, max_lines=6, elem_id="translation"
            )
            self.details = place(gr, hint(_HINT), elem_id="details")
        self.outputs = [self.translation, self.details]

    def answer(self, text, model, beam_size):
        result = self.desk.translate(text, model, beam_size, n_best=beam_size)
        return {self.translation: result.text, self.details: details(result)}

    def empty(self, message=None):
        return {self.translation: "", self.details: message or hint(_HINT)}
