"""The gRPC side of the server."""

import asyncio
import time
from typing import Any

import grpc
from grpc_health.v1 import health, health_pb2, health_pb2_grpc
from tensorflow_serving.apis import model_service_pb2_grpc, prediction_service_pb2_grpc

from keras_s2s.errors import UserError
from keras_s2s.serving.admission import Admission
from keras_s2s.serving.model_service import ModelService
from keras_s2s.serving.prediction_service import PredictionService
from keras_s2s.serving.predictor import Predictor
from keras_s2s.serving.registry import Registry

_SERVICES = ("", "tensorflow.serving.PredictionService", "tensorflow.serving.ModelService")
# How long no prediction must run until none is on its way any more.
_SILENCE = 0.2


class GrpcServer:
    """PredictionService, ModelService and the standard health service on one port. Needs a running event loop.

    Args:
        registry: The models.
        predictor: What computes.
        admission: Who is let in, within which limits.
    """

    def __init__(self, registry: Registry, predictor: Predictor, admission: Admission):
        # Without SO_REUSEPORT a port that is in use is an error, not a port shared with a stranger.
        options: list[tuple[str, Any]] = [
            ("grpc.max_receive_message_length", admission.limits.body_bytes),
            ("grpc.max_send_message_length", -1),
            ("grpc.so_reuseport", 0),
        ]
        self._server = grpc.aio.server(options=options)
        self._health = health.aio.HealthServicer()
        self._admission = admission
        predictions = PredictionService(registry, predictor, admission)
        prediction_service_pb2_grpc.add_PredictionServiceServicer_to_server(predictions, self._server)
        model_service_pb2_grpc.add_ModelServiceServicer_to_server(ModelService(registry), self._server)
        health_pb2_grpc.add_HealthServicer_to_server(self._health, self._server)

    async def start(self, host: str, port: int) -> int:
        """Listens.

        Args:
            host: The address.
            port: The port; 0 takes a free one.

        Returns:
            The port taken.

        Raises:
            UserError: The address cannot be had.
        """
        address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        try:
            taken = self._server.add_insecure_port(address)
        except RuntimeError:
            taken = 0
        if not taken:
            raise UserError(
                f"gRPC cannot listen on {host}, port {port}",
                "expected a free port and an address of this machine",
                "choose another port with --grpc-port, or 0 for any free one",
            )
        await self._server.start()
        for service in _SERVICES:
            await self._health.set(service, health_pb2.HealthCheckResponse.SERVING)
        return taken

    async def drain(self) -> None:
        """Says on the health service that the server is about to stop."""
        await self._health.enter_graceful_shutdown()

    async def stop(self, seconds: float) -> None:
        """Takes no new calls and answers the predictions that run, for so many seconds at most.

        Other calls are ended then: one that watches the health of the server would go on for ever.
        """
        until = silent_since = time.monotonic()
        until += seconds
        ending = asyncio.ensure_future(self._server.stop(seconds))
        while not ending.done() and time.monotonic() < min(until, silent_since + _SILENCE):
            await asyncio.sleep(0.02)
            if self._admission.in_flight:
                silent_since = time.monotonic()
        await self._server.stop(None)
        await ending
