"""One item of a test set, with what the model made of it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ItemScore:
    """A source, its hypothesis, its references, and how near the hypothesis came.

    Args:
        source: The input.
        hypothesis: The model's output.
        references: All right outputs, one or more.
        exact: Whether the hypothesis is one of the references.
        character_error_rate: Edits per character of the nearest reference; 0 is best, may exceed 1.
        chrf: chrF of this item, 0 to 100, higher is better; None where chrF was not asked for.
    """

    source: str
    hypothesis: str
    references: tuple[str, ...]
    exact: bool
    character_error_rate: float
    chrf: float | None = None

    def to_dict(self) -> dict[str, object]:
        """Plain values for JSON."""
        return {
            "source": self.source,
            "hypothesis": self.hypothesis,
            "references": list(self.references),
            "character_error_rate": self.character_error_rate,
            "chrf": self.chrf,
        }
