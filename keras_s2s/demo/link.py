"""Links to a moment of a run: `#model=dates&text=march+3rd&view=attention&step=4&at=scores`."""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

if TYPE_CHECKING:
    from keras_s2s.demo.model_desk import ModelDesk


@dataclass(frozen=True)
class Link:
    """What an address asks the page to show. The view and its moment are read by the mechanics view itself.

    Attributes:
        text: The sentence.
        model: The name that the demo gives the model.
    """

    text: str
    model: str


def read_link(fragment: str | None, desk: "ModelDesk") -> Link | None:
    """The sentence and the model of an address's fragment; `None` where it names no sentence.

    Args:
        fragment: With or without its `#`.
        desk: Who knows the models. The view writes a model's own name, which need not be the demo's; another than
            all of these is the first model.
    """
    asked = parse_qs((fragment or "").removeprefix("#"))
    text = asked.get("text", [""])[0]
    if not text.strip():
        return None
    name = asked.get("model", [""])[0]
    own = [known for known in desk.names if desk.models[known].translator.name == name]
    return Link(text, name if name in desk.models else (own or desk.names)[0])
