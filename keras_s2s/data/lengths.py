"""How long texts are, in a few numbers."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Lengths:
    """The distribution of lengths.

    Args:
        median: Half of the texts are no longer than this; half a unit where two lengths share the middle.
        percentile_95: The smallest length that 95 of 100 texts do not exceed.
        maximum: The longest.
    """

    median: float
    percentile_95: int
    maximum: int

    @classmethod
    def of(cls, lengths: Sequence[int]) -> "Lengths":
        """The distribution of one length or more."""
        ordered = sorted(lengths)
        rank = -(-95 * len(ordered) // 100)  # nearest rank, rounded up
        return cls(statistics.median(ordered), ordered[rank - 1], ordered[-1])
