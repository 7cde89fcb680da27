"""The one exception for everything that a request can get wrong."""

# TensorFlow Serving's HTTP status for each canonical code.
_HTTP_STATUS = {
    "CANCELLED": 499,
    "UNKNOWN": 500,
    "INVALID_ARGUMENT": 400,
    "DEADLINE_EXCEEDED": 504,
    "NOT_FOUND": 404,
    "ALREADY_EXISTS": 409,
    "PERMISSION_DENIED": 403,
    "RESOURCE_EXHAUSTED": 429,
    "FAILED_PRECONDITION": 400,
    "ABORTED": 409,
    "OUT_OF_RANGE": 400,
    "UNIMPLEMENTED": 501,
    "INTERNAL": 500,
    "UNAVAILABLE": 503,
    "DATA_LOSS": 500,
    "UNAUTHENTICATED": 401,
}


class RequestError(Exception):
    """A request that cannot be answered.

    Args:
        message: What was wrong. Over REST it becomes the body `{"error": message}`, over gRPC the details.
        code: The canonical code, as gRPC names it. Default: `"INVALID_ARGUMENT"`.
        status: The HTTP status. Default: what TensorFlow Serving has for the code (400 for a malformed path,
            body or value, 404 for an unknown model or version, 503 when a queue is full, 504 when time is up).
    """

    def __init__(self, message: str, code: str = "INVALID_ARGUMENT", status: int | None = None):
        self.message, self.code = message, code
        self.status = _HTTP_STATUS[code] if status is None else status
        super().__init__(message)


def shortened(name: str) -> str:
    """A name that a client gave, as it may stand in an error message: gRPC has room for some 8 KB in all."""
    return name if len(name) <= 80 else f"{name[:77]}..."
