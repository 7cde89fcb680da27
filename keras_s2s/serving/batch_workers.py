"""The threads that run batches."""

import logging
import threading
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from keras_s2s.serving.batch import Batch
from keras_s2s.serving.batch_queue import BatchQueue
from keras_s2s.serving.prediction import Prediction
from keras_s2s.serving.request_error import RequestError

Outcome = tuple[Prediction, Any]
_LOG = logging.getLogger("keras_s2s.serving")


class BatchWorkers:
    """Takes batches from a queue, runs them and hands out what came of each prediction.

    Where a batch of several fails, each of its predictions runs once more alone: what one sender did wrong is
    no stranger's loss.

    Args:
        queue: Where batches come from.
        count: How many threads.
        deliver: Called once a batch, on a worker's thread, with (prediction, outputs or exception) pairs.
        watch: Called with the batch and the seconds that it took. Default: nobody watches.
    """

    def __init__(
        self,
        queue: BatchQueue,
        count: int,
        deliver: Callable[[list[Outcome]], None],
        watch: Callable[[Batch, float], None] = lambda batch, seconds: None,
    ):
        self._queue, self._deliver, self._watch = queue, deliver, watch
        self._threads = [
            threading.Thread(target=self._work, name=f"predict-{index}", daemon=True) for index in range(count)
        ]
        for thread in self._threads:
            thread.start()

    def close(self, seconds: float | None = None) -> bool:
        """Runs what still waits, takes nothing more, and ends the threads.

        Args:
            seconds: How long to wait for them. Default: as long as it takes.

        Returns:
            Whether they have ended.
        """
        self._queue.close()
        until = None if seconds is None else time.monotonic() + seconds
        for thread in self._threads:
            thread.join(None if until is None else max(0.0, until - time.monotonic()))
        return not any(thread.is_alive() for thread in self._threads)

    def _work(self) -> None:
        while (batch := self._queue.take()) is not None:
            started = time.monotonic()
            try:
                outcomes = run(batch)
            except BaseException as error:  # a thread that died would leave every later request waiting
                _LOG.exception("a batch failed")
                outcomes = [(member, error) for member in batch.members]
            self._queue.done(batch)
            self._deliver(outcomes)
            if batch.members:
                self._watch(batch, time.monotonic() - started)
            # A thread that waits must not keep a model version alive.
            del batch, outcomes


def run(batch: Batch) -> list[Outcome]:
    """What comes of each prediction of a batch: outputs by name, or the exception that its sender should see."""
    late = RequestError("the deadline passed while the request was waiting", "DEADLINE_EXCEEDED")
    outcomes: list[Outcome] = [(prediction, late) for prediction in batch.expired]
    together = _together(batch.members) if len(batch.members) > 1 else None
    return outcomes + (together or [_alone(prediction) for prediction in batch.members])


def _alone(prediction: Prediction) -> Outcome:
    try:
        return prediction, prediction.servable.predict(prediction.signature, prediction.inputs)
    except Exception as error:
        if not isinstance(error, RequestError):
            _LOG.exception("%s of %s failed", prediction.signature, prediction.servable.name)
        return prediction, error


def _together(members: list[Prediction]) -> list[Outcome] | None:
    """Joins inputs along the first axis, runs them once, cuts the outputs. None: this cannot be done."""
    first = members[0]
    rows = sum(member.rows for member in members)
    try:
        inputs = {name: np.concatenate([member.inputs[name] for member in members]) for name in first.inputs}
        outputs = first.servable.predict(first.signature, inputs)
    except RequestError:
        return None  # one of them asks for what cannot be
    except Exception:
        _LOG.warning("%d requests to %s failed together, each is tried alone", len(members), first.servable.name,
                     exc_info=True)
        return None
    if any(array.shape[:1] != (rows,) for array in outputs.values()):
        return None
    outcomes: list[Outcome] = []
    start = 0
    for member in members:
        stop = start + member.rows
        outcomes.append((member, {name: array[start:stop] for name, array in outputs.items()}))
        start = stop
    return outcomes
