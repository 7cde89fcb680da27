"""The models of a demo and what they may be asked."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from keras_s2s.errors import UserError

if TYPE_CHECKING:
    from keras_s2s.translation import Translation
    from keras_s2s.translator import Translator


class TranslationDesk:
    """Takes texts for several models and refuses what is too much.

    Args:
        translators: The models by name; the first is the default.
        most_characters: Longest text that is translated.

    Raises:
        UserError: There is no model.
    """

    def __init__(self, translators: "Mapping[str, Translator]", most_characters: int):
        if not translators:
            raise UserError(
                "the demo got no model", "expected at least one", "for example: keras-s2s demo dates"
            )
        self.translators = dict(translators)
        self.most_characters = most_characters
        self.names = list(translators)

    def translate(self, text: str, model: str) -> "Translation":
        """Translates one text.

        Raises:
            UserError: An unknown model, no string, a text that is too long or that the model refuses.
        """
        if model not in self.translators:
            raise UserError(
                f"there is no model {str(model)[:80]!r}",
                f"expected one of {', '.join(self.names)}",
                "choose one of them",
            )
        if not isinstance(text, str):
            raise UserError(f"the text is a {type(text).__name__}", "expected a string", "put it in quotes")
        if len(text) > self.most_characters:
            raise UserError(
                f"the text has {len(text)} characters",
                f"at most {self.most_characters} are translated here",
                "shorten it, or translate files with keras-s2s translate",
            )
        return self.translators[model](text)
