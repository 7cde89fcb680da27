"""One REST request and what TensorFlow Serving answers to it."""

import gzip
import json
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class RestCase:
    """A request and the answer that it must get.

    In `path`, `error`, `text`, `expect`, `$shapes` and `$dates` stand for the names of the two models, in `path` also
    `$encoded` for the name of the first with its first letter percent-encoded.

    Attributes:
        name: What the case is about; unique, it names the test.
        origin: Which document, or which source file and function of TensorFlow Serving, shows the answer.
        path: The request's target as it goes over the wire.
        method: The HTTP method. Default: POST where there is a body, else GET.
        body: The body. Default: none.
        headers: Headers of the request. Default: none.
        pieces: Sends the body in chunks of so many bytes, without Content-Length. Default: 0, in one piece.
        status: The HTTP status. Default: 200.
        expect: The answer's JSON (see `matchers`). Default: not looked at.
        error: A part of the error message; the answer is then exactly `{"error": "..."}`. Default: no error.
        text: A regular expression that the answer's text must contain. Default: not looked at.
        content_type: How the answer's Content-Type begins; None where TensorFlow Serving sends none of its own.
            Default: `application/json`.
        first: A request, path and body, that is sent before. Default: none.
        locally: Where keras_s2s answers otherwise on purpose: its status, and why. Default: as TensorFlow Serving.
        local_only: True for what TensorFlow Serving does not have. Default: False.
    """

    name: str
    origin: str
    path: str
    method: str = ""
    body: bytes | None = None
    headers: dict[str, str] = field(default_factory=dict)
    pieces: int = 0
    status: int = 200
    expect: Any = None
    error: str | None = None
    text: str | None = None
    content_type: str | None = "application/json"
    first: tuple[str, bytes] | None = None
    locally: tuple[int, str] | None = None
    local_only: bool = False


def as_bytes(body: Any) -> bytes:
    """A body as it goes over the wire: bytes and texts as they are, anything else as JSON."""
    if isinstance(body, bytes):
        return body
    return (body if isinstance(body, str) else json.dumps(body)).encode()


def predict(name: str, origin: str, body: Any, model: str = "$shapes", **fields: Any) -> RestCase:
    """A case of `POST /v1/models/MODEL:predict`.

    Args:
        name, origin: See `RestCase`.
        body: Bytes, a text, or a value that is sent as JSON.
        model: The model, with `/versions/N` or `/labels/L` if wanted.
        **fields: The other fields of `RestCase`.
    """
    return RestCase(name, origin, f"/v1/models/{model}:predict", body=as_bytes(body), **fields)


def refused(name: str, origin: str, body: Any, error: str, **fields: Any) -> RestCase:
    """A case of a `predict` that is answered with 400 and a message.

    Args:
        name, origin, body: See `predict`.
        error: A part of the message.
        **fields: The other fields of `RestCase`, and `model`.
    """
    return predict(name, origin, body, status=400, error=error, **fields)


def zipped(body: Any) -> dict[str, Any]:
    """The fields of a case whose body is compressed."""
    return {"body": gzip.compress(as_bytes(body), mtime=0), "headers": {"Content-Encoding": "gzip"}}
