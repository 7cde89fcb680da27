"""What the local server is willing to take."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Bounds on one request and on the queue.

    Attributes:
        body_bytes: Largest request body in bytes, 4 MiB by default; above it the answer is 413.
        rows: Most rows in one request, 512 by default; above it the answer is 400.
        waiting: Most requests that wait or run at the same time, 128 by default; above it the answer is 503.
        workers: Threads that run TensorFlow, 2 by default. Each call uses TensorFlow's own threads besides.
    """

    body_bytes: int = 4 * 1024 * 1024
    rows: int = 512
    waiting: int = 128
    workers: int = 2
