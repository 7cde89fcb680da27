"""How requests are joined to batches."""

import os
from dataclasses import dataclass, field


@dataclass(frozen=True)
class BatchOptions:
    """Sizes and times of batching across requests.

    Attributes:
        max_batch_size: Most rows that run together, 64 by default. A request with more runs in pieces where
            its outputs can be put together again, else alone.
        max_padded_bytes: Most bytes that run together, 262,144 by default: the rows times the longest text of
            them, for to that length all are padded. It bounds the memory that a batch needs. A single row may
            have more; a request that has more and cannot be cut into pieces is refused.
        timeout_micros: How long a batch waits for company, in microseconds, even where none is expected. Default 0:
            one that follows a batch of several waits for a tenth of what that took, any other not at all.
        max_enqueued_requests: Most requests that wait for one signature of one version, 1,024 by default;
            above it the answer is UNAVAILABLE, over REST 503. One that runs in pieces counts once, until the last
            of them runs. So what waits is at most so many times the largest request (`Limits`).
        workers: Threads that run TensorFlow, by default one more than the machine has processors. All but one run
            requests of one length, so that one is left for those of another.
        smallest_length: Texts of up to so many bytes count as equally long, 64 by default. From there on the
            classes double: up to 128 bytes, up to 256, ...
    """

    max_batch_size: int = 64
    max_padded_bytes: int = 256 * 1024
    timeout_micros: int = 0
    max_enqueued_requests: int = 1024
    workers: int = field(default_factory=lambda: (os.cpu_count() or 1) + 1)
    smallest_length: int = 64

    def fits(self, rows: int, longest: int) -> bool:
        """Whether so many rows, the longest of so many bytes, may run together."""
        return rows <= self.max_batch_size and (rows <= 1 or rows * longest <= self.max_padded_bytes)
