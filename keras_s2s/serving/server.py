"""The process behind `keras-s2s serve`."""

import asyncio
import contextlib
import gc
import json
import logging
import os
import shlex
import signal
import socket
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from keras_s2s.errors import UserError
from keras_s2s.serving.model_entry import ModelEntry
from keras_s2s.serving.model_watcher import ModelWatcher
from keras_s2s.serving.models_config import entries_from_arguments, entries_from_file
from keras_s2s.serving.registry import Registry
from keras_s2s.serving.servable import DEFAULT_SIGNATURE
from keras_s2s.serving.served_model import ServedModel
from keras_s2s.serving.server_options import ServerOptions
from keras_s2s.serving.version_state import VersionState
from keras_s2s.serving.warm_up import load_servable

_MOST_FILES = 65_536
_LOG = logging.getLogger("keras_s2s.serving")


def load_models(
    models: Sequence[str], scratch: Path, labels: Sequence[str] = (), config_file: str | None = None
) -> Registry:
    """Loads what the command line names.

    Args:
        models: `MODEL` or `NAME=MODEL` each; see `resolve_model`.
        scratch: A folder for exports made now; it must live as long as the registry.
        labels: `NAME:LABEL=VERSION` each. Default: none.
        config_file: A models.config instead of the models. Default: none.

    Raises:
        UserError: No model, an unknown one, two of one name, or one that cannot be loaded.
    """
    if bool(models) == bool(config_file):
        given = "models and a --model-config-file were given" if models else "no model was given"
        raise UserError(
            given,
            "expected at least one MODEL or NAME=MODEL, or a --model-config-file",
            "for example: keras-s2s serve dates",
        )
    if config_file and labels:
        raise UserError(
            "--labels and --model-config-file were given",
            "expected the labels of a models.config in that file",
            "write version_labels { key: \"stable\" value: 1 } there",
        )
    entries = entries_from_file(Path(config_file)) if config_file else entries_from_arguments(models, labels, scratch)
    registry = Registry()
    for entry in entries:
        registry.add_model(_load(entry))
    return registry


def _load(entry: ModelEntry) -> ServedModel:
    model = ServedModel(entry.name, entry.base, load_servable, entry.policy, entry.labels)
    if entry.base is None:
        assert entry.path is not None
        model.add(load_servable(entry.name, entry.version, entry.path))
        return model
    model.refresh()
    try:
        states = model.versions()
    except Exception:
        states = []
    failed = next((version for version in states if version.state is not VersionState.AVAILABLE), None)
    if failed is not None or not states:
        raise UserError(
            failed.error if failed is not None else f"{entry.base} holds no version that is to be served",
            "expected numbered folders, each with an intact saved_model.pb and variables/",
            "export the model again: keras-s2s export MODEL --saved-model DIR",
        )
    return model


def reserve_address(host: str, port: int) -> socket.socket:
    """A socket that has the address, but does not listen yet; port 0 takes a free one.

    Whoever connects before the models are loaded is refused, and knows to come again.

    Raises:
        UserError: The address cannot be had.
    """
    if not 0 <= port <= 65535:
        raise UserError(
            f"--rest-port is {port}", "expected a number from 0 to 65535", "8501 is TensorFlow Serving's"
        )
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind, protocol)
    except OSError as error:
        raise UserError(
            f"--host {host} cannot be used: {error}",
            "expected an address of this machine",
            "127.0.0.1 serves this machine only, 0.0.0.0 every network",
        ) from None
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
    except OSError as error:
        listener.close()
        raise UserError(
            f"cannot listen on {host}, port {port}: {error.strerror or error}",
            "expected a free port and an address of this machine",
            "choose another port with --rest-port, or 0 for any free one",
        ) from None
    return listener


def allow_many_connections() -> None:
    """Lets this process open as many files as it may: each connection is one, and 1,024 are soon in use."""
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = _MOST_FILES if hard == resource.RLIM_INFINITY else min(hard, _MOST_FILES)
    if soft != resource.RLIM_INFINITY and soft < most:
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


def _announcement(registry: Registry, host: str, port: int, grpc_port: int) -> str:
    shown = "127.0.0.1" if host in ("0.0.0.0", "::", "localhost") else host
    shown = f"[{shown}]" if ":" in shown else shown
    lines = []
    for name in registry.names():
        servable = registry.get(name)
        url = f"http://{shown}:{port}/v1/models/{name}"
        lines.append(f"{name} (version {servable.version}): {url}")
        if list(servable.inputs.get(DEFAULT_SIGNATURE, {})) == ["text"]:
            body = shlex.quote(json.dumps({"instances": ["your text"]}))
            lines.append(f"  curl -d {body} {url}:predict")
    return "\n".join([*lines, f"gRPC: {shown}:{grpc_port}", "Stop with Ctrl-C."])


def serve(models: Sequence[str], options: ServerOptions | None = None, **changes: Any) -> None:
    """Serves models until interrupted.

    Args:
        models: `MODEL` or `NAME=MODEL` each: an exported SavedModel, a model directory, a shipped model's
            name. None where `options` name a models.config.
        options: Addresses, times and bounds; the defaults of `ServerOptions` when None.
        **changes: Attributes of `ServerOptions` by name, instead.

    Raises:
        UserError: A model or an address cannot be had, or the extra `serving` is not installed.
    """
    options = options or ServerOptions(**changes)
    logging.basicConfig(stream=sys.stderr, format="%(message)s")
    logging.getLogger("keras_s2s.serving").setLevel(logging.INFO)
    # A thread that has finished with TensorFlow gets the interpreter sooner than after the usual 5 ms.
    sys.setswitchinterval(0.0005)
    allow_many_connections()
    ended = True
    with (
        _ended_by_signals(),
        reserve_address(options.host, options.rest_port) as listener,
        tempfile.TemporaryDirectory(prefix="keras-s2s-") as scratch,
    ):
        server_class = _server_class()
        registry = load_models(models, Path(scratch), options.labels, options.config_file)
        watcher = ModelWatcher(registry, options.poll_seconds)
        server = server_class(registry, options)

        def announce(grpc_port: int) -> None:
            gc.collect()
            gc.freeze()  # what is loaded stays: no need to look through it again and again
            watcher.start()
            text = _announcement(registry, options.host, listener.getsockname()[1], grpc_port)
            print(text, file=sys.stderr, flush=True)

        try:
            with asyncio.Runner(loop_factory=server.loop_factory) as runner:
                runner.run(server.run(listener, announce))
        finally:
            ended = watcher.stop(max(0.5, server.seconds_left())) and server.ended
    if not ended:
        # A thread is still in TensorFlow. Python would take the ground from under its feet: a crash, not an end.
        _LOG.warning("what still runs is given up")
        logging.shutdown()
        os._exit(0)


@contextlib.contextmanager
def _ended_by_signals() -> Iterator[None]:
    """Ends what stands in it at Ctrl-C and SIGTERM, quietly and in order: while models are still being loaded, too."""
    if threading.current_thread() is not threading.main_thread():
        yield  # others cannot hear signals
        return
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    except KeyboardInterrupt:
        pass
    finally:
        signal.signal(signal.SIGTERM, before)


def _server_class() -> Any:
    try:
        from keras_s2s.serving.running_server import RunningServer
    except ImportError as error:
        raise UserError(
            f"the server cannot start: {error}",
            "expected the packages of the extra 'serving'",
            "install them: pip install 'keras-s2s[serving]'",
        ) from None
    return RunningServer
