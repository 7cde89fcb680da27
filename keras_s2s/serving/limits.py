"""What the local server is willing to take."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Bounds on one request and on how many there are at a time.

    Attributes:
        body_bytes: Largest request body in bytes, after decompression too, 4 MiB by default. Above it the
            answer is 413, over gRPC RESOURCE_EXHAUSTED.
        rows: Most rows in one request, 512 by default; above it the answer is 400.
        text_bytes: Longest text of one row in bytes, 65,536 by default; above it the answer is 400. Inputs
            named `audio` and `image` carry files and are bounded by `body_bytes` alone.
        json_depth: How deep a body may be nested, 128 by default; above it the answer is 400.
        concurrent: Most requests that are read or answered at the same time, 1,024 by default; above it the
            answer is 503.
        timeout_seconds: How long a request may take, 60 by default; then the answer is 504. Over gRPC the
            client's own deadline counts where it is earlier.
    """

    body_bytes: int = 4 * 1024 * 1024
    rows: int = 512
    text_bytes: int = 64 * 1024
    json_depth: int = 128
    concurrent: int = 1024
    timeout_seconds: float = 60.0
