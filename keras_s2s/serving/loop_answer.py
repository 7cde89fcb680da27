"""From a worker's thread back to the event loop."""

import asyncio
import contextlib
from typing import Any

from keras_s2s.serving.batch_workers import Outcome


class LoopAnswer:
    """Where the outcome of a prediction goes: a future of an event loop.

    Args:
        loop: The event loop.
        future: Its future.
    """

    __slots__ = ("future", "loop")

    def __init__(self, loop: asyncio.AbstractEventLoop, future: "asyncio.Future[Any]"):
        self.loop, self.future = loop, future

    def __call__(self, outcome: Any) -> None:
        """Hands it over; on the event loop's thread."""
        if self.future.done():
            return
        if isinstance(outcome, BaseException):
            self.future.set_exception(outcome)
        else:
            self.future.set_result(outcome)


def deliver(outcomes: list[Outcome]) -> None:
    """Wakes each event loop once a batch, not once a request."""
    loops = {prediction.answer.loop for prediction, _ in outcomes if isinstance(prediction.answer, LoopAnswer)}
    for loop in loops:
        mine: list[tuple[Any, Any]] = [
            (one.answer, outcome) for one, outcome in outcomes if getattr(one.answer, "loop", None) is loop
        ]
        with contextlib.suppress(RuntimeError):  # the loop is closed: nobody waits any more
            loop.call_soon_threadsafe(_answer_all, mine)


def _answer_all(answers: list[tuple[Any, Any]]) -> None:
    for answer, outcome in answers:
        answer(outcome)
