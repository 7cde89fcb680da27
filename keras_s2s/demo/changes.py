"""What a visitor changed in a run."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from keras_s2s.errors import UserError, shortened
from keras_s2s.intervention_checks import swapped

_STEP = re.compile("0|[1-9][0-9]{0,8}")
KINDS = ("force", "attention", "mute", "swap")


@dataclass(frozen=True)
class Changes:
    """Interventions, as `Translator.intervene` takes them.

    Attributes:
        force: Target tokens by step, from 0.
        attention: Rows of weights by step.
        mute: Source positions, from 0.
        swap: Words to other words, or a whole new text.
    """

    force: Mapping[Any, Any] = field(default_factory=dict)
    attention: Mapping[Any, Any] = field(default_factory=dict)
    mute: tuple[Any, ...] = ()
    swap: Mapping[str, str] | str | None = None

    @classmethod
    def from_json(cls, force: Any, attention: Any, mute: Any, swap: Any) -> "Changes":
        """Changes as they come over the wire, where the steps of a dict are strings. What is empty changes nothing."""
        listed = list(mute) if isinstance(mute, Sequence) and not isinstance(mute, str) else [mute]
        return cls(_numbered(force) or {}, _numbered(attention) or {}, () if mute is None else tuple(listed),
                   swap or None)

    def __bool__(self) -> bool:
        return bool(self.force or self.attention or self.mute or self.swap)

    def arguments(self) -> dict[str, Any]:
        """Arguments for `Translator.intervene`."""
        return {"force": self.force or None, "attention": self.attention or None, "mute": self.mute or None,
                "swap": self.swap}

    def with_request(self, request: Any, text: str) -> "Changes":
        """These changes and one more, as the mechanics view asks for it.

        Args:
            request: `kind` with `step` and `token`, `step` and `weights`, `position`, or `word` and `text`.
            text: The text before all changes.

        Raises:
            UserError: It asks for something else.
        """
        if not isinstance(request, Mapping):
            raise UserError(f"the view asked for {shortened(request)}", "expected a change", "load the page again")
        try:
            kind = request["kind"]
            if kind == "force":
                return replace(self, force={**self.force, request["step"]: request["token"]})
            if kind == "attention":
                return replace(self, attention={**self.attention, request["step"]: list(request["weights"])})
            if kind == "mute":
                # A second time takes it back.
                return replace(self, mute=tuple({*self.mute} ^ {request["position"]}))
            if kind == "swap":
                # Steps and positions of the old text mean nothing in the new one.
                return Changes(swap=_swapped(swapped(text, self.swap), request["word"], request["text"]))
        except (KeyError, TypeError) as error:
            raise UserError(f"the view asked for {shortened(dict(request), 200)}",
                            "expected all that belongs to a change", "load the page again") from error
        raise UserError(f"the view asked for a change of kind {shortened(kind)}",
                        f"expected one of {', '.join(KINDS)}", "load the page again")

    def sentences(self, source_tokens: Sequence[str]) -> list[str]:
        """What was changed, in words, steps and positions counted from 1 as people do.

        Args:
            source_tokens: Those that the changed run reads.
        """
        told = [f"the text becomes “{self.swap}”"] if isinstance(self.swap, str) else [
            f"“{word}” becomes “{other}”" for word, other in (self.swap or {}).items()]
        told += [f"token {step + 1} is forced to be “{token}”" for step, token in sorted(self.force.items())]
        for place in sorted(self.mute):
            told.append(f"“{source_tokens[place]}” (source token {place + 1}) gets no attention")
        for step, row in sorted(self.attention.items()):
            most = max(range(len(row)), key=row.__getitem__)
            told.append(f"token {step + 1} looks where it is told, most at “{source_tokens[most]}”")
        return told


def _swapped(text: str, word: str, other: str) -> str:
    """The text with another word. The model may read a word in lower case that the text writes otherwise."""
    # As a whole word where there is one: scripts without spaces have none between borders.
    written = re.escape(word)
    found = word and (re.search(rf"(?<!\w){written}(?!\w)", text, re.IGNORECASE)
                      or re.search(written, text, re.IGNORECASE))
    if not found:
        raise UserError(f"the text has no “{word}” as the model reads it", "expected a word of the text",
                        "change the text itself, above")
    return swapped(text, {found[0]: other})


def _numbered(by_step: Any) -> Any:
    """Steps as whole numbers where they are written as JSON writes these; all else stays, for others to refuse."""
    if not isinstance(by_step, Mapping):
        return by_step
    return {int(step) if isinstance(step, str) and _STEP.fullmatch(step) else step: value
            for step, value in by_step.items()}
