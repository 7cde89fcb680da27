"""Which of a model's versions are to be served."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class VersionPolicy:
    """TensorFlow Serving's version policies.

    Attributes:
        latest: How many of the newest versions to serve, 1 by default; None for all.
        specific: Serve just these instead. Default: none are named.
    """

    latest: int | None = 1
    specific: tuple[int, ...] = ()

    def choose(self, versions: Iterable[int]) -> set[int]:
        """The versions to serve, of those that there are."""
        there = sorted(versions, reverse=True)
        if self.specific:
            return set(there) & set(self.specific)
        return set(there[: self.latest])
