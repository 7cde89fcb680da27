"""What the tabs have in common that show one sentence."""

from typing import TYPE_CHECKING, Any

from keras_s2s.demo.page_html import problem
from keras_s2s.errors import UserError

if TYPE_CHECKING:
    from keras_s2s.demo.model_desk import ModelDesk


class SentenceTab:
    """A tab that shows the sentence above the tabs.

    Args:
        gr: The module `gradio`.
        desk: Who answers.

    A subclass builds its components in `__init__`, inside the page, and has `name`, `tab` (Gradio's), `outputs` (the
    components that it fills), `result` (the one that shows that it is being made), `answer` and `empty`.
    """

    name: str
    tab: Any
    outputs: list[Any]
    result: Any

    def __init__(self, gr: Any, desk: "ModelDesk"):
        self.gr = gr
        self.desk = desk

    def show(self, text: str, model: str, beam_size: int) -> dict[Any, Any]:
        """What to put into which component: the answer, or why there is none."""
        try:
            if not (text or "").strip():
                raise UserError("there is no text yet", "", "type one above, or choose an example")
            return self.answer(text, model, beam_size)
        except Exception as error:
            return self.empty(problem(error))

    def answer(self, text: str, model: str, beam_size: int) -> dict[Any, Any]:
        """The components' values for a sentence."""
        raise NotImplementedError

    def empty(self, message: str | None = None) -> dict[Any, Any]:
        """The components' values without a sentence; `message`: HTML for the place of the result."""
        raise NotImplementedError
