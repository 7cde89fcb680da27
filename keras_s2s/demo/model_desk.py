"""The models of a demo and what they may be asked."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from keras_s2s.demo.demo_limits import DemoLimits
from keras_s2s.demo.demo_model import DemoModel
from keras_s2s.errors import UserError, shortened

if TYPE_CHECKING:
    from keras_s2s.intervention import Intervention
    from keras_s2s.trace import Trace
    from keras_s2s.translation import Translation


class ModelDesk:
    """Takes questions for several models and refuses what is too much. Every tab and every endpoint asks here.

    Args:
        models: The models by the name to show; the first is the default.
        limits: What may be asked for.

    Raises:
        UserError: There is no model.
    """

    def __init__(self, models: Mapping[str, DemoModel], limits: DemoLimits):
        if not models:
            raise UserError(
                "the demo got no model", "expected at least one", "for example: keras-s2s demo dates"
            )
        self.models = dict(models)
        self.limits = limits
        self.names = list(models)

    def model(self, name: str) -> DemoModel:
        """The model of a name. `UserError` where there is none."""
        if not isinstance(name, str) or name not in self.models:
            raise UserError(
                f"there is no model {shortened(name)}",
                f"expected one of {', '.join(self.names)}",
                "choose one of them",
            )
        return self.models[name]

    def translate(self, text: str, model: str, beam_size: int = 1, n_best: int = 1) -> "Translation":
        """Translates one text.

        Raises:
            UserError: An unknown model, no string, a text or a beam beyond the limits, or what the model refuses.
        """
        translator = self.model(model).translator
        return translator(self.checked_text(text), beam_size=self.checked_beam(beam_size), n_best=n_best)

    def translate_all(
        self,
        texts: Sequence[str],
        model: str,
        beam_size: int = 1,
        on_progress: Callable[[int], None] | None = None,
    ) -> "list[Translation]":
        """Translates many texts, in order.

        Raises:
            UserError: As `translate`; too many texts.
        """
        translator = self.model(model).translator
        self.check_rows(len(texts), "texts")
        checked = [self.checked_text(text) for text in texts]
        return translator(checked, beam_size=self.checked_beam(beam_size), on_progress=on_progress)

    def trace(self, text: str, model: str, beam_size: int = 1) -> "Trace":
        """Every tensor of one translation.

        Raises:
            UserError: As `translate`, and for a SavedModel, which keeps none.
        """
        translator = self.model(model).translator
        return translator.trace(self.checked_text(text), beam_size=self.checked_beam(beam_size))

    def intervene(self, text: str, model: str, beam_size: int = 1, **changes: Any) -> "Intervention":
        """The translation as it is and with changes; see `Translator.intervene`.

        Raises:
            UserError: As `trace`, and for changes that do not fit.
        """
        from keras_s2s.intervention_checks import swapped

        translator = self.model(model).translator
        beam_size = self.checked_beam(beam_size)
        swap, force = changes.get("swap"), changes.get("force")
        self._check_number_of(changes)
        for token in force.values() if isinstance(force, Mapping) else ():
            self.checked_text(token)
        # A word may become a long one, many times.
        for words in swap.items() if isinstance(swap, Mapping) else [[swap]]:
            for word in words:
                self.checked_text(word or "")
        self.checked_text(swapped(self.checked_text(text), swap))
        return translator.intervene(text, beam_size=beam_size, **changes)

    def _check_number_of(self, changes: Mapping[str, Any]) -> None:
        for kind, given in changes.items():
            if isinstance(given, Mapping) and len(given) > self.limits.changes:
                raise UserError(
                    f"{kind} has {len(given):,} changes",
                    f"at most {self.limits.changes:,} are made in one run here",
                    "make fewer, or use Translator.intervene in Python",
                )

    def checked_text(self, text: str) -> str:
        """The text. `UserError` where it is none, or too long."""
        if not isinstance(text, str):
            raise UserError(f"the text is a {type(text).__name__}", "expected a string", "put it in quotes")
        if len(text) > self.limits.characters:
            raise UserError(
                f"the text has {len(text):,} characters",
                f"at most {self.limits.characters:,} are translated here",
                "shorten it, or translate files with keras-s2s translate",
            )
        return text

    def checked_beam(self, size: int) -> int:
        """The beam's size. `UserError` where it is no whole number within the limits."""
        most = self.limits.beam_size
        if isinstance(size, bool) or not isinstance(size, int | float) or size != size // 1 or not 1 <= size <= most:
            raise UserError(
                f"the beam size is {shortened(size)}", f"expected a whole number from 1 to {most}", "1 is greedy search"
            )
        return int(size)

    def check_rows(self, number: int, what: str) -> None:
        """Refuses more than may be translated at a time."""
        if number > self.limits.rows:
            raise UserError(
                f"there are {number:,} {what}",
                f"at most {self.limits.rows:,} are translated here at a time",
                "split the file, or translate it with keras-s2s translate",
            )
