"""What `keras-s2s serve` can be told."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from keras_s2s.serving.batch_options import BatchOptions
from keras_s2s.serving.limits import Limits


@dataclass(frozen=True)
class ServerOptions:
    """Addresses, times and bounds of the server.

    Attributes:
        host: The address to listen on. Default: this machine only.
        rest_port: The REST port; 0 takes a free one. Default: 8501.
        grpc_port: The gRPC port; 0 takes a free one. Default: 8500, or a free one where `rest_port` is 0.
        cors: Origins whose web pages may call the server. Default: none.
        labels: `NAME:LABEL=VERSION` each. Default: none.
        config_file: A models.config of TensorFlow Serving. Default: none.
        poll_seconds: How often to look for new versions, 2 by default; 0: never.
        shutdown_seconds: How long to wait for running requests when stopped, 30 by default.
        limits: What a request may ask for.
        batching: How requests are joined.
    """

    host: str = "127.0.0.1"
    rest_port: int = 8501
    grpc_port: int | None = None
    cors: Sequence[str] = ()
    labels: Sequence[str] = ()
    config_file: str | None = None
    poll_seconds: float = 2.0
    shutdown_seconds: float = 30.0
    limits: Limits = field(default_factory=Limits)
    batching: BatchOptions = field(default_factory=BatchOptions)
