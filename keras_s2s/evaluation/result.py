"""What an evaluation found."""

from dataclasses import dataclass, field

from keras_s2s.evaluation.corpus_score import CorpusScore
from keras_s2s.evaluation.item_score import ItemScore


@dataclass(frozen=True)
class EvaluationResult:
    """The scores of one test set, and of each of its items.

    Args:
        items: Every item in the order given.
        exact_match: The fraction of items whose hypothesis is one of their references, 0 to 1.
        character_error_rate: Edits per character of the nearest references; 0 is best, may exceed 1.
        bleu: BLEU with its signature.
        chrf: chrF with its signature.
        groups: For each way of grouping, of each group `(right, all)`: `{"language": {"de": (98, 100)}}`.

    A score that was not asked for is None.
    """

    items: tuple[ItemScore, ...]
    exact_match: float | None = None
    character_error_rate: float | None = None
    bleu: CorpusScore | None = None
    chrf: CorpusScore | None = None
    groups: dict[str, dict[str, tuple[int, int]]] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """The number of items."""
        return len(self.items)

    def group_accuracy(self, grouping: str) -> dict[str, float]:
        """The fraction of exact matches in each group of one grouping, e.g. `{"de": 0.98, "en": 1.0}`."""
        return {name: right / count for name, (right, count) in self.groups[grouping].items()}

    def worst_items(self, number: int = 10) -> list[ItemScore]:
        """The items that went worst, the worst first; exact matches are never among them.

        Args:
            number: How many at most.

        Returns:
            By chrF where it was computed, else by character error rate; equal ones in the order given.
        """
        wrong = [item for item in self.items if not item.exact]
        if any(item.chrf is None for item in wrong):
            wrong.sort(key=lambda item: -item.character_error_rate)
        else:
            wrong.sort(key=lambda item: (item.chrf, -item.character_error_rate))
        return wrong[:number]

    def to_dict(self, worst: int = 10) -> dict[str, object]:
        """Plain values for `results.json`.

        Args:
            worst: How many of the worst items to include.
        """
        result: dict[str, object] = {"count": self.count}
        if self.exact_match is not None:
            result["exact_match"] = self.exact_match
        if self.character_error_rate is not None:
            result["character_error_rate"] = self.character_error_rate
        for name, score in (("bleu", self.bleu), ("chrf", self.chrf)):
            if score is not None:
                result[name] = score.to_dict()
        if self.groups:
            result["groups"] = {
                grouping: {
                    name: {"count": count, "exact_match": right / count}
                    for name, (right, count) in groups.items()
                }
                for grouping, groups in self.groups.items()
            }
        if worst:
            result["worst"] = [item.to_dict() for item in self.worst_items(worst)]
        return result
