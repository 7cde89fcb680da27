"""uvicorn, made to stop without losing a request."""

import asyncio
import functools
import time
from collections.abc import Callable
from types import FrameType
from typing import Any

import uvicorn

from keras_s2s.errors import UserError
from keras_s2s.serving.http_protocol import HttpProtocol

# How much longer than a body may take its connection is kept: so that it gets the answer that it took too long.
_GRACE = 5.0
# How long a connection may be silent after the signal to stop before it counts as done with.
_SILENCE = 0.5
# How long requests whose connections were cut off have to notice it.
_NOTICE = 0.5


class HttpServer(uvicorn.Server):
    """An HTTP server that drains: at a signal it takes no new connections, goes on answering on those that there
    are until they are silent, asking each to close, and then ends. What is still open when the time is over is cut
    off.

    Args:
        app: The ASGI application.
        seconds: How long all this may take.
        busy: Whether requests are running.
        on_drain: Called when the signal has come.
        on_start: Called when the server listens and signals are heard. Default: nothing.
        body_seconds: How long a body may take to arrive. Default: 60.

    Attributes:
        stop_at: When the time is over, on the clock of `time.monotonic`; None until a signal has come.
    """

    def __init__(
        self,
        app: Any,
        seconds: float,
        busy: Callable[[], bool],
        on_drain: Callable[[], None],
        on_start: Callable[[], None] = lambda: None,
        body_seconds: float = 60.0,
    ):
        protocol: Any = functools.partial(HttpProtocol, body_seconds=body_seconds + _GRACE)
        super().__init__(
            uvicorn.Config(
                app,
                http=protocol,
                log_level="error",
                access_log=False,
                lifespan="off",
                ws="none",
                server_header=False,
                proxy_headers=False,
                backlog=2048,
                timeout_keep_alive=75,
            )
        )
        self._seconds, self._busy, self._on_drain, self._on_start = seconds, busy, on_drain, on_start
        self._draining: asyncio.Task[None] | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self.stop_at: float | None = None

    async def startup(self, sockets: Any = None) -> None:
        """Listens; remembers the loop, as signals come outside it.

        Raises:
            UserError: Somebody else listens there by now.
        """
        self._loop = asyncio.get_running_loop()
        try:
            await super().startup(sockets)
        except OSError as error:
            raise UserError(
                f"cannot listen: {error.strerror or error}",
                "expected a port that stays free while the models are loaded",
                "choose another port with --rest-port, or 0 for any free one",
            ) from None
        self._on_start()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Begins to drain; a second signal ends at once."""
        if self._loop is None:
            self.should_exit = True
        else:
            self._loop.call_soon_threadsafe(self._signalled)

    def _signalled(self) -> None:
        if self._draining is None:
            self.stop_at = time.monotonic() + self._seconds
            self._draining = asyncio.ensure_future(self._drain())
        else:
            self.stop_at = time.monotonic()
            self.should_exit = self.force_exit = True

    def _has_time(self) -> bool:
        return self.stop_at is not None and time.monotonic() < self.stop_at

    async def _drain(self) -> None:
        self._on_drain()
        for server in self.servers:
            server.close()
        seen, silent_since = self.server_state.total_requests, time.monotonic()
        while self.server_state.connections and self._has_time():
            if self._busy() or self.server_state.total_requests != seen:
                seen, silent_since = self.server_state.total_requests, time.monotonic()
            elif time.monotonic() - silent_since > _SILENCE:
                break
            await asyncio.sleep(0.02)
        self.should_exit = True

    async def shutdown(self, sockets: Any = None) -> None:
        """Lets what runs end, within the time that is left, then cuts off. uvicorn's own would take the time anew,
        and leave a traceback for each request."""
        for listener in [*self.servers, *(sockets or [])]:
            listener.close()
        state = self.server_state
        for connection in list(state.connections):
            connection.shutdown()
        while (state.connections or state.tasks) and self._has_time():
            await asyncio.sleep(0.02)
        for connection in list(state.connections):
            connection.transport.abort()
        if state.tasks:
            await asyncio.wait(list(state.tasks), timeout=_NOTICE)
