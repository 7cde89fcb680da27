"""The one door to the models, for REST and gRPC."""

import asyncio
import time
from collections.abc import Mapping

import numpy as np

from keras_s2s.serving.batch_options import BatchOptions
from keras_s2s.serving.batch_queue import BatchQueue
from keras_s2s.serving.batch_workers import BatchWorkers
from keras_s2s.serving.loop_answer import LoopAnswer, deliver
from keras_s2s.serving.metrics import Metrics
from keras_s2s.serving.prediction import Prediction
from keras_s2s.serving.request_error import RequestError
from keras_s2s.serving.servable import Servable

Outputs = dict[str, np.ndarray]


class Predictor:
    """Puts requests into the queue and waits for their answers on an event loop.

    Args:
        options: Sizes and times of batching; the defaults of `BatchOptions` when None.
        metrics: What is counted. Default: counters that nobody reads.
    """

    def __init__(self, options: BatchOptions | None = None, metrics: Metrics | None = None):
        self.options = options or BatchOptions()
        self.queue = BatchQueue(self.options)
        metrics = metrics or Metrics()
        metrics.queue_length(lambda: len(self.queue))
        self._workers = BatchWorkers(self.queue, self.options.workers, deliver, metrics.batch)

    async def predict(
        self,
        servable: Servable,
        signature: str,
        inputs: Mapping[str, np.ndarray],
        deadline: float | None = None,
    ) -> Outputs:
        """Computes a signature, together with other requests where it can be batched.

        A request whose waiting is cancelled leaves the queue.

        Args:
            servable: The model version.
            signature: One of its signatures.
            inputs: An array for each input.
            deadline: When the answer is no longer wanted, on the clock of `time.monotonic`. Default: never.

        Returns:
            The outputs by name.

        Raises:
            RequestError: INVALID_ARGUMENT (more than `max_padded_bytes` that cannot be cut into pieces), UNAVAILABLE
                (too many wait), DEADLINE_EXCEEDED, or what the graph says.
        """
        whole = Prediction(servable, signature, inputs, deadline)
        if self.options.fits(whole.rows, whole.length):
            return (await self._compute([whole], deadline))[0]
        if not servable.splits(signature):
            self._check_padded(whole)
            return (await self._compute([whole], deadline))[0]
        # Rows of like length run together, so that the short ones do not wait for the longest.
        lengths = np.zeros(whole.rows, dtype=int)
        for array in inputs.values():
            if array.dtype == object:
                lengths = np.maximum(lengths, [max(map(len, np.ravel(row)), default=0) for row in array])
        order = np.argsort(lengths, kind="stable")
        pieces = [
            Prediction(
                servable, signature, {name: array[rows] for name, array in inputs.items()}, deadline, request=whole
            )
            for rows in self._places(order, lengths)
        ]
        answers = await self._compute(pieces, deadline)
        back = np.argsort(order)
        return {name: np.concatenate([answer[name] for answer in answers])[back] for name in answers[0]}

    def _check_padded(self, whole: Prediction) -> None:
        most, padded = self.options.max_padded_bytes, whole.rows * whole.length
        if whole.rows > 1 and padded > most:
            raise RequestError(
                f"{whole.rows} rows, the longest of {whole.length} bytes, make {padded} bytes when all are padded to "
                f"that length, at most {most} are allowed: send long texts in requests of their own"
            )

    def _places(self, order: np.ndarray, lengths: np.ndarray) -> list[np.ndarray]:
        """Cuts rows, in the order of their lengths, where a batch is full."""
        cuts, begin = [], 0
        for index, row in enumerate(order):
            if index > begin and not self.options.fits(index + 1 - begin, int(lengths[row])):
                cuts.append(index)
                begin = index
        return np.split(order, cuts)

    async def _compute(self, pieces: list[Prediction], deadline: float | None) -> list[Outputs]:
        loop = asyncio.get_running_loop()
        futures: list[asyncio.Future[Outputs]] = []
        timer = None
        try:
            for piece in pieces:
                future: asyncio.Future[Outputs] = loop.create_future()
                piece.answer = LoopAnswer(loop, future)
                futures.append(future)
            self.queue.put(*pieces)
            if deadline is not None:
                timer = loop.call_later(max(0.0, deadline - time.monotonic()), _time_is_up, futures)
            return [await future for future in futures]
        except BaseException:
            for future in futures:
                if future.done() and not future.cancelled():
                    future.exception()  # seen, so that the loop does not complain
                future.cancel()
            for piece in pieces:
                self.queue.remove(piece)
            raise
        finally:
            if timer is not None:
                timer.cancel()

    def close(self, seconds: float | None = None) -> bool:
        """Answers what waits and ends the threads; whether they ended within `seconds` (default: wait)."""
        return self._workers.close(seconds)


def _time_is_up(futures: "list[asyncio.Future[Outputs]]") -> None:
    for future in futures:
        if not future.done():
            future.set_exception(RequestError("Timed out waiting for the answer", "DEADLINE_EXCEEDED"))
