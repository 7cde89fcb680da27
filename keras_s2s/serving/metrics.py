"""What the server counts, for Prometheus."""

from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Gauge, Histogram, disable_created_metrics, generate_latest

from keras_s2s.serving.request_count import RequestCount

if TYPE_CHECKING:
    from keras_s2s.serving.batch import Batch

# When a counter was made says nothing here, and TensorFlow Serving has no such lines.
disable_created_metrics()

# TensorFlow Serving's own: 33 buckets from 10 microseconds, each 1.8 times the one before (about 20 minutes).
_MICROSECONDS = [10 * 1.8**power for power in range(33)]
_ROWS = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512]
_SECONDS = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30]


class Metrics:
    """Counters and distributions in a registry of their own.

    Where TensorFlow Serving counts the same, the name and labels are its: `:tensorflow:serving:request_count`,
    `:tensorflow:serving:request_latency` and `:tensorflow:serving:runtime_latency` (microseconds). The others
    begin with `keras_s2s_`: `queue_length`, `batch_size` (rows), `queue_seconds`, `requests_in_flight`.
    """

    content_type = "text/plain; version=0.0.4; charset=utf-8"

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._latencies: dict[tuple[str, str, str], Histogram] = {}
        self._requests: Counter[tuple[str, str]] = Counter()
        self._request_latency = Histogram(
            ":tensorflow:serving:request_latency",
            "Distribution of wall time (in microseconds) of a request.",
            ["model_name", "API", "entrypoint"], buckets=_MICROSECONDS, registry=self._registry)
        self._runtime_latency = Histogram(
            ":tensorflow:serving:runtime_latency",
            "Distribution of wall time (in microseconds) of TensorFlow; here of a whole batch.",
            ["model_name", "API", "runtime"], buckets=_MICROSECONDS, registry=self._registry)
        self._batch_size = Histogram(
            "keras_s2s_batch_size", "Rows that ran together.", ["model_name", "signature_name"],
            buckets=_ROWS, registry=self._registry)
        self._queue_seconds = Histogram(
            "keras_s2s_queue_seconds", "How long the first request of a batch waited.", ["model_name"],
            buckets=_SECONDS, registry=self._registry)
        self._queue_length = Gauge(
            "keras_s2s_queue_length", "Requests that wait for a worker.", registry=self._registry)
        self.in_flight = Gauge(
            "keras_s2s_requests_in_flight", "Predictions being read, computed or answered.", registry=self._registry)
        self._registry.register(RequestCount(self._requests))

    def queue_length(self, read: Callable[[], int]) -> None:
        """Says where the length of the queue can be read."""
        self._queue_length.set_function(read)

    def request(self, model: str, api: str, entrypoint: str, code: str, seconds: float) -> None:
        """Counts a request that was answered.

        Args:
            model: The model's name; `""` for one that is not served, so that nobody can fill the memory.
            api: `"predict"`, or `"Predict"` over gRPC, as TensorFlow Serving has it.
            entrypoint: `"REST"` or `"GRPC"`.
            code: The canonical code, e.g. `"OK"`.
            seconds: How long it took. Only successes enter the distribution.
        """
        self._requests[model, code] += 1
        if code == "OK":
            cell = self._latencies.get((model, api, entrypoint))
            if cell is None:
                cell = self._request_latency.labels(model, api, entrypoint)
                self._latencies[model, api, entrypoint] = cell
            cell.observe(seconds * 1e6)

    def batch(self, batch: "Batch", seconds: float) -> None:
        """Records a batch that ran; called on a worker's thread."""
        first = batch.members[0]
        model = first.servable.name
        self._runtime_latency.labels(model, "Predict", "TF1").observe(seconds * 1e6)
        self._batch_size.labels(model, first.signature).observe(sum(member.rows for member in batch.members))
        self._queue_seconds.labels(model).observe(max(0.0, batch.waited))

    def page(self) -> bytes:
        """The page that Prometheus reads."""
        return generate_latest(self._registry).replace(b"request_count untyped", b"request_count counter")
