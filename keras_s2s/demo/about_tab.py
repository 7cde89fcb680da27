"""The tab About."""

from typing import TYPE_CHECKING, Any

from keras_s2s.demo.card_html import about_html
from keras_s2s.demo.page_html import lead, place, problem

if TYPE_CHECKING:
    from keras_s2s.demo.model_desk import ModelDesk

_LEAD = "What this model is, how it was trained, and how well it does on texts that it had not seen."


class AboutTab:
    """The model's card and results.

    Args:
        gr: The module `gradio`.
        desk: Who knows the models.
    """

    name = "about"

    def __init__(self, gr: Any, desk: "ModelDesk"):
        self.desk = desk
        with gr.Tab("About", id=self.name, elem_id=self.name):
            place(gr, lead(_LEAD))
            self.card = place(gr, self.describe(desk.names[0]), elem_id="card")

    def describe(self, model: str) -> str:
        """HTML about a model."""
        try:
            return about_html(model, self.desk.model(model))
        except Exception as error:
            return problem(error)
