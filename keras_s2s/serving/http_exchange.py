"""One HTTP request and its answer, over ASGI."""

import asyncio
import zlib
from typing import Any
from urllib.parse import unquote_to_bytes

from keras_s2s.serving.request_error import RequestError

# How many times the largest body is read, and thrown away, before the connection is closed.
_PATIENT = 16


class HttpExchange:
    """What a handler needs of a request, read and written without a framework between, which costs time.

    Args:
        scope: The ASGI scope.
        receive: The ASGI channel of the body.
        send: The ASGI channel of the answer.

    Attributes:
        method: `"GET"`, `"POST"`, ...
        path: The path as it was sent, percent signs and all, with its query string.
        plain_path: The path without the query string.
    """

    def __init__(self, scope: Any, receive: Any, send: Any):
        self._headers, self._receive, self._send = scope["headers"], receive, send
        self.method: str = scope["method"]
        raw = scope.get("raw_path")
        self.plain_path = (raw if raw is not None else scope["path"].encode()).partition(b"?")[0].decode("latin-1")
        query = scope.get("query_string", b"").decode("latin-1")
        self.path = f"{self.plain_path}?{query}" if query else self.plain_path

    def header(self, name: bytes) -> bytes:
        """The value of a header, `b""` where it is missing. The name in lower case."""
        return next((value for key, value in self._headers if key == name), b"")

    async def body(self, most: int, seconds: float) -> bytes:
        """The body, unpacked where it came packed by gzip.

        A damaged gzip body counts as an empty one, as in TensorFlow Serving.

        Args:
            most: How many bytes it may have, packed and unpacked.
            seconds: How long it may take to arrive.

        Raises:
            RequestError: More than that (413), too late (504), another encoding (415), the client went away.
        """
        try:
            async with asyncio.timeout(seconds):
                chunk = await self._read(most)
        except TimeoutError:
            raise RequestError("Timed out waiting for the request's body", "DEADLINE_EXCEEDED") from None
        encoding = self.header(b"content-encoding").strip().lower()
        if encoding in (b"", b"identity"):
            return chunk
        if encoding in (b"gzip", b"x-gzip"):
            return _unpacked(chunk, most)
        raise RequestError("the body's Content-Encoding must be gzip or none", status=415)

    async def _read(self, most: int) -> bytes:
        body, size, more = bytearray(), 0, True
        while more:
            message = await self._receive()
            if message["type"] == "http.disconnect":
                raise RequestError("the client went away", "CANCELLED")
            chunk = message.get("body", b"")
            size, more = size + len(chunk), message.get("more_body", False)
            if size <= most:
                body += chunk
            elif size > _PATIENT * most:
                break
        # A client that still sends would not see the answer: so what is too much is read, but not kept.
        _check_size(size, most)
        return bytes(body)

    async def gone(self) -> None:
        """Returns when the client has closed the connection. The body must have been read."""
        while (await self._receive())["type"] != "http.disconnect":
            pass

    async def answer(
        self, body: bytes, status: int = 200, media_type: bytes = b"application/json", close: bool = False
    ) -> None:
        """Sends the answer.

        Args:
            body: Its bytes.
            status: The HTTP status, 200 by default.
            media_type: The Content-Type, JSON by default.
            close: Whether to close the connection afterwards. Default: no.
        """
        headers = [(b"content-type", media_type), (b"content-length", b"%d" % len(body))]
        if close:
            headers.append((b"connection", b"close"))
        await self._send({"type": "http.response.start", "status": status, "headers": headers})
        await self._send({"type": "http.response.body", "body": b"" if self.method == "HEAD" else body})


def decoded(part: str) -> str:
    """A part of a path without its percent escapes."""
    return unquote_to_bytes(part).decode("utf-8", "replace") if "%" in part else part


def _check_size(size: int, most: int) -> None:
    if size > most:
        message = f"the body is larger than {most} bytes: send several requests"
        raise RequestError(message, "RESOURCE_EXHAUSTED", status=413)


def _unpacked(packed: bytes, most: int) -> bytes:
    unpack = zlib.decompressobj(wbits=31)
    try:
        body = unpack.decompress(packed, most + 1)
    except zlib.error:
        return b""
    _check_size(len(body), most)
    return body if unpack.eof else b""
