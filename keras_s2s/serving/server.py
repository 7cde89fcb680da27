"""The process behind `keras-s2s serve`."""

import json
import shlex
import socket
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from keras_s2s.errors import UserError
from keras_s2s.serving.limits import Limits
from keras_s2s.serving.model_argument import resolve_model
from keras_s2s.serving.registry import Registry
from keras_s2s.serving.servable import DEFAULT_SIGNATURE, Servable


def load_models(models: Sequence[str], scratch: Path) -> Registry:
    """Loads what the command line names.

    Args:
        models: `MODEL` or `NAME=MODEL` each; see `resolve_model`.
        scratch: A folder for exports made now; it must live as long as the registry.

    Raises:
        UserError: No model, an unknown one, two of one name, or one that cannot be loaded.
    """
    if not models:
        raise UserError(
            "no model was given",
            "expected at least one MODEL or NAME=MODEL",
            "for example: keras-s2s serve dates",
        )
    sources = [resolve_model(argument, scratch) for argument in models]
    registry = Registry()
    for index, source in enumerate(sources):
        if source.name in {other.name for other in sources[:index]}:
            raise UserError(
                f"two models have the name {source.name}",
                "expected a name of its own for each",
                f"give another name: NAME={models[index].rpartition('=')[2]}",
            )
        servable = Servable(source.name, source.version, source.path)
        if not servable.inputs:
            raise UserError(
                f"{source.path} has no signature to serve",
                "expected a SavedModel with serving_default",
                "export the model again: keras-s2s export MODEL --saved-model DIR",
            )
        _warm_up(servable)
        registry.add(servable)
    return registry


def _warm_up(servable: Servable) -> None:
    """Runs the default signature once, so that the first request does not wait for it."""
    specs = servable.inputs.get(DEFAULT_SIGNATURE, {})
    if specs and all(spec.dtype == "string" and spec.accepts((1,)) for spec in specs.values()):
        servable.predict(DEFAULT_SIGNATURE, {name: np.array([b"1"], dtype=object) for name in specs})


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 takes a free one.

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
        listener.listen(128)
    except OSError as error:
        listener.close()
        raise UserError(
            f"cannot listen on {host}, port {port}: {error.strerror or error}",
            "expected a free port and an address of this machine",
            "choose another port with --rest-port, or 0 for any free one",
        ) from None
    return listener


def _announcement(registry: Registry, host: str, port: int) -> str:
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
    return "\n".join([*lines, "Stop with Ctrl-C."])


def serve(
    models: Sequence[str],
    host: str = "127.0.0.1",
    rest_port: int = 8501,
    cors: Sequence[str] = (),
    limits: Limits | None = None,
) -> None:
    """Serves models until interrupted.

    Args:
        models: `MODEL` or `NAME=MODEL` each: an exported SavedModel, a model directory, a shipped model's
            name.
        host: The address to listen on. Default: this machine only.
        rest_port: The port; 0 takes a free one. What was taken is printed on standard error.
        cors: Origins whose web pages may call the server. Default: none.
        limits: What a request may ask for.

    Raises:
        UserError: A model or the address cannot be had, or the extra `serving` is not installed.
    """
    try:
        import uvicorn

        from keras_s2s.serving.rest import create_app
    except ImportError as error:
        raise UserError(
            f"the server cannot start: {error}",
            "expected the packages of the extra 'serving'",
            "install them: pip install 'keras-s2s[serving]'",
        ) from None
    with listen(host, rest_port) as listener, tempfile.TemporaryDirectory(prefix="keras-s2s-") as scratch:
        registry = load_models(models, Path(scratch))
        app = create_app(registry, limits, cors)
        print(_announcement(registry, host, listener.getsockname()[1]), file=sys.stderr, flush=True)
        server = uvicorn.Server(
            uvicorn.Config(
                app,
                log_level="warning",
                access_log=False,
                lifespan="off",
                server_header=False,
                timeout_graceful_shutdown=5,
            )
        )
        try:
            server.run(sockets=[listener])
        except KeyboardInterrupt:
            pass
        finally:
            app.state.interface.close()
