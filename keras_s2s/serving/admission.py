"""Who is let in: the same for REST and gRPC."""

import asyncio
import contextlib
import time
from collections.abc import Iterator

from keras_s2s.serving.limits import Limits
from keras_s2s.serving.metrics import Metrics
from keras_s2s.serving.registry import Registry
from keras_s2s.serving.request_error import RequestError


class Admission:
    """Bounds how many predictions are read, computed or answered at a time, and counts how they end.

    Args:
        registry: The models.
        limits: What a request may ask for; the defaults of `Limits` when None.
        metrics: What is counted; counters of its own when None.

    Attributes:
        in_flight: Predictions that were let in and have not ended.
    """

    def __init__(self, registry: Registry, limits: Limits | None = None, metrics: Metrics | None = None):
        self.limits, self.metrics = limits or Limits(), metrics or Metrics()
        self._registry = registry
        self.in_flight = 0
        self.metrics.in_flight.set_function(lambda: self.in_flight)

    @contextlib.contextmanager
    def admit(self, model: str, api: str, entrypoint: str) -> Iterator[float]:
        """A context in which one prediction is answered; gives the time at which it came.

        Args:
            model: The name that was asked for.
            api, entrypoint: See `Metrics.request`.

        Raises:
            RequestError: UNAVAILABLE, where too many are in flight.
        """
        started, code = time.monotonic(), "INTERNAL"
        self.in_flight += 1
        try:
            if self.in_flight > self.limits.concurrent:
                raise RequestError(f"{self.in_flight} requests are running: try again later", "UNAVAILABLE")
            yield started
            code = "OK"
        except RequestError as error:
            code = error.code
            raise
        except asyncio.CancelledError:
            code = "CANCELLED"  # by the client, or as its deadline has passed
            raise
        finally:
            self.in_flight -= 1
            known = model if model in self._registry.names() else ""
            self.metrics.request(known, api, entrypoint, code, time.monotonic() - started)
