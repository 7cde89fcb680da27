"""Times the part of a system's training that counts."""

import time


class StepClock:
    """Started before the first step that counts and stopped after the last.

    Attributes:
        measured: `{"seconds", "cpu_seconds"}` between the two.
    """

    def __init__(self):
        self.measured, self._start = {}, None

    def start(self):
        """Begins to count."""
        self._start = time.perf_counter(), time.process_time()

    def stop(self):
        """Ends it."""
        seconds, cpu_seconds = time.perf_counter() - self._start[0], time.process_time() - self._start[1]
        self.measured = {"seconds": seconds, "cpu_seconds": cpu_seconds}
