"""REST and gRPC in one event loop."""

import asyncio
import socket
import time
from collections.abc import Callable, Sequence
from typing import Any

from keras_s2s.serving.admission import Admission
from keras_s2s.serving.grpc_server import GrpcServer
from keras_s2s.serving.http_server import HttpServer
from keras_s2s.serving.predictor import Predictor
from keras_s2s.serving.registry import Registry
from keras_s2s.serving.rest import RestInterface
from keras_s2s.serving.server_options import ServerOptions

# Threads that have nothing to do end within so many seconds.
_MOMENT = 0.5


class RunningServer:
    """Both interfaces over one queue, from start to drained.

    Args:
        registry: The models.
        options: Addresses, times and bounds.

    Attributes:
        ended: Whether everything that was accepted has come to its end.
    """

    def __init__(self, registry: Registry, options: ServerOptions):
        self._options, self._registry = options, registry
        self._admission = Admission(registry, options.limits)
        self._predictor = Predictor(options.batching, self._admission.metrics)
        self._rest = RestInterface(registry, self._predictor, self._admission)
        self._grpc: GrpcServer | None = None
        self._http: HttpServer | None = None
        self.ended = False
        self._draining: set[asyncio.Task[None]] = set()

    @property
    def loop_factory(self) -> Callable[[], asyncio.AbstractEventLoop] | None:
        """What makes the event loop: uvloop's where it is installed."""
        try:
            import uvloop
        except ImportError:
            return None
        factory: Callable[[], asyncio.AbstractEventLoop] = uvloop.new_event_loop
        return factory

    async def run(self, listener: socket.socket, announce: Callable[[int], None]) -> None:
        """Serves until a signal comes and everything accepted is answered.

        Args:
            listener: The REST socket.
            announce: Called with the gRPC port once both listen.

        Raises:
            UserError: The gRPC address cannot be had.
        """
        options = self._options
        wanted = options.grpc_port
        if wanted is None:
            wanted = 8500 if options.rest_port else 0
        self._grpc = GrpcServer(self._registry, self._predictor, self._admission)
        port = await self._grpc.start(options.host, wanted)
        seconds, busy = options.shutdown_seconds, lambda: self._admission.in_flight > 0
        app = with_origins(self._rest, options.cors)
        self._http = HttpServer(
            app, seconds, busy, self._drain, lambda: announce(port), options.limits.timeout_seconds
        )
        try:
            await self._http.serve(sockets=[listener])
            await asyncio.gather(*self._draining)
        finally:
            await self._grpc.stop(self.seconds_left())
            self.ended = await asyncio.to_thread(self._predictor.close, max(_MOMENT, self.seconds_left()))

    def seconds_left(self) -> float:
        """How many of the seconds for stopping are left; 0 where nobody gave a signal to stop."""
        stop_at = self._http.stop_at if self._http else None
        return 0.0 if stop_at is None else max(0.0, stop_at - time.monotonic())

    def _drain(self) -> None:
        self._rest.draining = True
        grpc: Any = self._grpc
        for work in (grpc.drain(), grpc.stop(self._options.shutdown_seconds)):
            task = asyncio.ensure_future(work)
            self._draining.add(task)


def with_origins(app: Any, origins: Sequence[str]) -> Any:
    """The application, callable from web pages of these origins."""
    if not origins:
        return app
    from starlette.middleware.cors import CORSMiddleware

    return CORSMiddleware(
        app, allow_origins=list(origins), allow_methods=["GET", "POST"], allow_headers=["Content-Type"])
