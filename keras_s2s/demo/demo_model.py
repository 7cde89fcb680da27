"""A model that the demo shows."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from keras_s2s.translator import Translator


@dataclass(frozen=True)
class DemoModel:
    """A translator, and where its card and results are.

    Args:
        translator: The model with its tokenizers.
        directory: Its model directory. Default: none; the page About then says less.
    """

    translator: "Translator"
    directory: Path | None = None
