"""A prediction on its way through the queue."""

from collections.abc import Callable, Hashable, Mapping
from typing import Any

import numpy as np

from keras_s2s.serving.servable import Servable


class Prediction:
    """What one request, or a piece of a large one, wants computed.

    Args:
        servable: The model version that computes it.
        signature: One of its signatures.
        inputs: An array for each input.
        deadline: When the answer is no longer wanted, on the clock of `time.monotonic`; None for never.
        answer: Called with the outcome (outputs by name, or an exception), on any thread.
        request: What this is a piece of. Default: it is a request of its own.

    Attributes:
        rows: The size of the first axis; 1 where the signature cannot be batched.
        length: The bytes of its longest text.
        arrived: When it entered the queue.
    """

    __slots__ = (
        "_request", "answer", "arrived", "deadline", "inputs", "length", "rows", "servable", "shapes", "signature"
    )

    def __init__(
        self,
        servable: Servable,
        signature: str,
        inputs: Mapping[str, np.ndarray],
        deadline: float | None = None,
        answer: Callable[[Any], None] = lambda outcome: None,
        request: "Prediction | None" = None,
    ):
        self.servable, self.signature, self.inputs = servable, signature, inputs
        self.deadline, self.answer, self._request = deadline, answer, request
        self.arrived = 0.0
        self.length = max((_longest(array) for array in inputs.values()), default=0)
        self.shapes: tuple[tuple[int, ...], ...] | None = None
        self.rows = 1
        sizes = {array.shape[:1] for array in inputs.values()}
        if servable.batches(signature) and len(sizes) == 1 and (0,) not in sizes:
            self.shapes = tuple(inputs[name].shape[1:] for name in sorted(inputs))
            self.rows = len(next(iter(inputs.values())))

    @property
    def request(self) -> "Prediction":
        """The request that this is a piece of, or itself."""
        return self._request or self

    def companions(self, smallest_length: int) -> Hashable:
        """A key that is the same for all predictions that may run together.

        These are of one signature of one version, of one shape beside the first axis, and of like length:
        up to `smallest_length` bytes, up to twice as many, and so on.
        """
        if self.shapes is None:
            return id(self)
        doublings = max(0, (max(self.length, 1) - 1) // smallest_length).bit_length()
        return (id(self.servable), self.signature, self.shapes, doublings)


def _longest(array: np.ndarray) -> int:
    return max(map(len, array.ravel().tolist()), default=0) if array.dtype == object else 0
