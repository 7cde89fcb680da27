"""Whom a batch should wait for."""

from collections.abc import Hashable

from keras_s2s.serving.batch import Batch

# How long to wait for those who have just got an answer, as a part of the time that it took.
_PATIENCE = 0.1
_MOST_REMEMBERED = 1000


class Company:
    """Remembers of each group how many rows have just been answered: who gets an answer often asks again at once."""

    def __init__(self) -> None:
        self._expected: dict[Hashable, tuple[int, float]] = {}

    def answered(self, batch: Batch, seconds: float) -> None:
        """Says that a batch has run and how long it took. Only after one of several there is somebody to wait for."""
        self._expected.pop(batch.group, None)
        if len(self._expected) >= _MOST_REMEMBERED:
            self._expected.clear()
        if len(batch.members) > 1:
            self._expected[batch.group] = sum(member.rows for member in batch.members), _PATIENCE * seconds

    def expected(self, group: Hashable) -> tuple[int, float]:
        """So many rows, within so many seconds; none in no time where nobody is expected."""
        return self._expected.get(group, (0, 0.0))
