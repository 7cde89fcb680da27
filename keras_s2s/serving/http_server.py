"""uvicorn, made to stop without losing a request."""

import asyncio
import functools
import time
from collections.abc import Callable
from types import FrameType
from typing import Any

import uvicorn

from keras_s2s.serving.http_protocol import HttpProtocol

# How much longer than a body may take its connection is kept: so that it gets the answer that it took too long.
_GRACE = 5.0
# How long a connection may be silent after the signal to stop before it counts as done with.
_SILENCE = 0.5


class HttpServer(uvicorn.Server):
    """An HTTP server that drains: at a signal it takes no new connections, goes on answering on those that there
    are until they are silent, asking each to close, and then ends.

    Args:
        app: The ASGI application.
        seconds: How long draining may take.
        busy: Whether requests are running.
        on_drain: Called when the signal has come.
        on_start: Called when the server listens and signals are heard. Default: nothing.
        body_seconds: How long a body may take to arrive. Default: 60.
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
                timeout_graceful_shutdown=max(1, int(seconds)),
            )
        )
        self._seconds, self._busy, self._on_drain, self._on_start = seconds, busy, on_drain, on_start
        self._draining: asyncio.Task[None] | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    async def startup(self, sockets: Any = None) -> None:
        """Listens; remembers the loop, as signals come outside it."""
        self._loop = asyncio.get_running_loop()
        await super().startup(sockets)
        self._on_start()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Begins to drain; a second signal ends at once."""
        if self._loop is None:
            self.should_exit = True
        else:
            self._loop.call_soon_threadsafe(self._signalled)

    def _signalled(self) -> None:
        if self._draining is None:
            self._draining = asyncio.ensure_future(self._drain())
        else:
            self.should_exit = self.force_exit = True

    async def _drain(self) -> None:
        until = time.monotonic() + self._seconds
        self._on_drain()
        for server in self.servers:
            server.close()
        seen, silent_since = self.server_state.total_requests, time.monotonic()
        while self.server_state.connections and time.monotonic() < until:
            if self._busy() or self.server_state.total_requests != seen:
                seen, silent_since = self.server_state.total_requests, time.monotonic()
            elif time.monotonic() - silent_since > _SILENCE:
                break
            await asyncio.sleep(0.02)
        self.should_exit = True
