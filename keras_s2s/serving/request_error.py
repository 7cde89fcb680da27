"""The one exception for everything that a request can get wrong."""


class RequestError(Exception):
    """A request that cannot be answered, with the HTTP status that TensorFlow Serving gives in that case.

    Args:
        message: What was wrong; becomes the body `{"error": message}`.
        status: HTTP status, 400 by default. TensorFlow Serving's own: 400 for a malformed path, body or
            value, 404 for an unknown model or version, 429 when a resource is exhausted, 503 when a queue is
            full.
    """

    def __init__(self, message: str, status: int = 400):
        self.message, self.status = message, status
        super().__init__(message)
