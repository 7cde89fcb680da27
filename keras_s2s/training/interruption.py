"""Signals that end a run in good order."""

import contextlib
import os
import signal
import threading

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class StoppedBySignal(KeyboardInterrupt):
    """Training has ended because it was asked to; its message says how to go on.

    Args:
        message: str.
        number: int. The signal; the command line's status is 128 and this number.
    """

    def __init__(self, message, number):
        super().__init__(message)
        self.status = 128 + number


class Interruption:
    """Within it Ctrl-C (SIGINT) and SIGTERM, with which machines are taken away, are kept for the end of the batch.

    A second one ends at once. Outside of the main thread, which alone gets signals, and for signals that are ignored
    (`nohup`) nothing changes. The handlers of before are put back at the end.
    """

    def __init__(self):
        self.number = 0
        self._before: dict = {}

    def __enter__(self):
        if threading.current_thread() is threading.main_thread():
            self._before = {number: signal.signal(number, self._keep) for number in _SIGNALS
                            if signal.getsignal(number) not in (signal.SIG_IGN, None)}
        return self

    def __exit__(self, *_):
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _keep(self, number, _):
        if self.number:
            raise StoppedBySignal("Stopped at once. The same command goes on from the last checkpoint.", number)
        self.number = number
        # Not through the console: it may be at work while the signal comes.
        with contextlib.suppress(OSError):
            os.write(2, b"\nStopping after this batch, with a checkpoint. Once more: at once.\n")
