"""How long a run has taken, and how long it may take."""

from time import monotonic


class Clock:
    """Counts the minutes of a run, those before an interruption included.

    Args:
        minutes: float. Minutes spent before. Defaults to 0.
        limit: float or `None`. Minutes after which the run must be over, the validation at its end included.
        reserve: float. Minutes that are kept for this validation. Defaults to 0.

    Attributes:
        start_up: float. Minutes to the end of the first batch here, most of which goes into making it ready.
    """

    def __init__(self, minutes=0.0, limit=None, reserve=0.0):
        self._before, self._start = minutes, monotonic()
        self.limit, self.reserve, self.start_up = limit, reserve, 0.0

    def minutes(self):
        """Minutes spent in all."""
        return self._before + self.minutes_here()

    def minutes_here(self):
        """Minutes since the run began or went on."""
        return (monotonic() - self._start) / 60

    def is_up(self):
        """Whether no more than the reserve is left."""
        return self.limit is not None and self.minutes() + self.reserve >= self.limit

    def minutes_left(self, done, to_do):
        """The most minutes that the run goes on, or `None` while that is unknown.

        Args:
            done: int. Batches since the run began or went on.
            to_do: int. Batches to the end of the last epoch.
        """
        left = [] if self.limit is None else [self.limit - self.minutes()]
        if done > 0:
            left.append(self.minutes_here() / done * to_do)
        return max(0.0, min(left)) if left else None
