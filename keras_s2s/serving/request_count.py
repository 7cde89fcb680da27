"""The counter of requests, as Prometheus is to see it."""

from collections import Counter
from collections.abc import Iterator

from prometheus_client.core import Metric


class RequestCount:
    """TensorFlow Serving's counter under its own name: the library would end it in `_total`.

    Args:
        requests: How many there were, by model and code.
    """

    def __init__(self, requests: Counter[tuple[str, str]]):
        self._requests = requests

    def collect(self) -> Iterator[Metric]:
        """What the library asks for when a page is read."""
        metric = Metric(":tensorflow:serving:request_count", "The total number of requests.", "unknown")
        for (model, code), number in sorted(self._requests.copy().items()):
            metric.add_sample(metric.name, {"model_name": model, "status": code}, number)
        yield metric
