"""One connection of an HTTP client, made safe against those that send too much, too slowly or half."""

import asyncio
import json
from typing import Any

import httptools
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

# So long may a request's line and headers be together, and the line of a chunk, and what follows the last chunk.
MOST_HEAD_BYTES = 64 * 1024
# So long may it take until a request has begun and its headers are there.
HEAD_SECONDS = 60.0
# When a client that sends no more is first asked whether it is still there; each further time takes twice as long.
_ASK_AGAIN_SECONDS = 0.1
_CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"


class HttpProtocol(HttpToolsProtocol):
    """uvicorn's protocol with four differences.

    - A request to go on with another protocol (`Upgrade: h2c`, `websocket`) is answered as if it had not asked, with
      its body, as RFC 9110, section 7.8, wants it. The parser would leave out the body.
    - Longer headers than `MOST_HEAD_BYTES` are 431.
    - A connection on which no request becomes complete is closed.
    - A client that has closed its side after its request gets its answer. It may as well be gone altogether, which
      only shows when something is sent to it: so it is told to continue (status 100), until it is answered.

    Args:
        config, server_state, app_state, _loop: As uvicorn gives them.
        body_seconds: How long a body may take to arrive. Default: 60.
    """

    def __init__(
        self,
        config: Any,
        server_state: Any,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
        *,
        body_seconds: float = 60.0,
    ):
        super().__init__(config, server_state, app_state, _loop)
        self._body_seconds = body_seconds
        self._messages, self._phase = 0, "complete"
        self._unseen = 0
        self._refusal = 400, "Invalid HTTP request received."
        self._awaited: tuple[int, str] | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._question: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        """Begins to wait for a request."""
        super().connection_made(transport)
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Ends what runs for the client, who is gone."""
        for timer in (self._timer, self._question):
            if timer is not None:
                timer.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Reads what came."""
        self._unset_keepalive_if_required()
        self._unseen += len(data)
        try:
            self._feed(memoryview(data))
        except httptools.HttpParserError:
            self._refuse()
            return
        if self._unseen > MOST_HEAD_BYTES:
            self._too_long()
            self._refuse()
        self._wait()

    def _feed(self, data: memoryview) -> None:
        while data:
            try:
                self.parser.feed_data(data)
                return
            except httptools.HttpParserUpgrade as stopped:
                if self._is_connect():
                    self.cycle.keep_alive = False  # what follows is no HTTP
                    return
                head = self._head_without_upgrade()
                self.parser = httptools.HttpRequestParser(self)
                if hasattr(self.parser, "set_dangerous_leniencies"):
                    self.parser.set_dangerous_leniencies(lenient_data_after_close=True)  # as uvicorn does
                self.parser.feed_data(head)
                data = data[stopped.args[0]:]

    def _is_connect(self) -> bool:
        return bool(self.parser.get_method() == b"CONNECT")

    def _head_without_upgrade(self) -> bytes:
        line = b"%s %s HTTP/%s" % (self.parser.get_method(), self.url, self.parser.get_http_version().encode())
        kept = [b"%s: %s" % header for header in self.headers if header[0] != b"upgrade"]
        return b"\r\n".join([line, *kept, b"", b""])

    def _asks_for_upgrade(self) -> bool:
        return self.parser.should_upgrade() and not self._is_connect()

    def on_message_begin(self) -> None:
        """A request begins."""
        self._messages, self._phase = self._messages + 1, "head"
        super().on_message_begin()

    def on_header(self, name: bytes, value: bytes) -> None:
        """Notes a header; what comes after a body in chunks is nobody's concern."""
        if self._phase == "head":
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """The request is handed over to the application."""
        self._unseen, self._phase = 0, "body"
        if sum(len(name) + len(value) + 4 for name, value in self.headers) + len(self.url) > MOST_HEAD_BYTES:
            self._too_long()
            raise ValueError
        if not self._asks_for_upgrade():
            super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """A piece of the body."""
        self._unseen = 0
        super().on_body(body)

    def on_message_complete(self) -> None:
        """The body is there."""
        self._unseen, self._phase = 0, "complete"
        if not self._asks_for_upgrade():
            super().on_message_complete()

    def _too_long(self) -> None:
        self._refusal = 431, f"the request's line and headers are longer than {MOST_HEAD_BYTES} bytes"

    def _refuse(self) -> None:
        status, message = self._refusal
        body = json.dumps({"error": message}).encode()
        headers = [*self.server_state.default_headers, (b"content-type", b"application/json"),
                   (b"content-length", b"%d" % len(body)), (b"connection", b"close")]
        lines = [b"%s: %s\r\n" % header for header in headers]
        self.transport.write(b"".join([STATUS_LINE[status], *lines, b"\r\n", body]))
        self.transport.close()

    def _is_computing(self) -> bool:
        cycle = self.cycle
        return cycle is not None and not cycle.response_complete and not cycle.more_body

    def _wait(self) -> None:
        """Sets the time by which the next step must be done; what the client sends meanwhile does not move it."""
        idle = self._phase == "complete"
        awaited = None if idle and self._is_computing() else (self._messages, self._phase)
        if awaited != self._awaited:
            self._awaited = awaited
            if self._timer is not None:
                self._timer.cancel()
            self._timer = None if awaited is None else self._after()

    def _after(self) -> asyncio.TimerHandle:
        seconds = self._body_seconds if self._phase == "body" else HEAD_SECONDS
        return self.loop.call_later(seconds, self._time_is_up)

    def _time_is_up(self) -> None:
        if self.flow.read_paused or self._is_computing():
            self._timer = self._after()  # not the client's fault
        else:
            self.transport.close()

    def eof_received(self) -> bool:  # type: ignore[override]
        """The client sends no more. Whether the connection stays open for an answer."""
        if not self._is_computing():
            return False
        self.cycle.keep_alive = False
        self._question = self.loop.call_later(_ASK_AGAIN_SECONDS, self._ask, 2 * _ASK_AGAIN_SECONDS)
        return True

    def _ask(self, pause: float) -> None:
        if self.transport.is_closing() or not self._is_computing() or self.cycle.response_started:
            return
        if self.scope["http_version"] == "1.1" and not self.pipeline:
            self.transport.write(_CONTINUE)
        self._question = self.loop.call_later(pause, self._ask, 2 * pause)
