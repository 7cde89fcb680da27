"""`python -m keras_s2s serve` in a process of its own, on the models of the suite."""

import contextlib
import json
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from tests.conformance.target import Target
from tests.conformance.write_models import write_models

SECONDS_TO_START = 240.0
SECONDS_TO_STOP = 40.0


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def _available(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            versions = json.load(answer)["model_version_status"]
    except OSError:
        return False
    return bool(versions) and all(version["state"] == "AVAILABLE" for version in versions)


def _wait(process: subprocess.Popen, target: Target, log: Path) -> None:
    end = time.monotonic() + SECONDS_TO_START
    names = [target.shapes, target.dates]
    while names:
        if process.poll() is not None or time.monotonic() > end:
            happened = "ended" if process.poll() is not None else "is not ready"
            raise RuntimeError(f"the server {happened}:\n{log.read_text(errors='replace')[-3000:]}")
        if _available(f"{target.rest}/v1/models/{names[0]}"):
            del names[0]
        else:
            time.sleep(0.2)


@contextlib.contextmanager
def local_server(folder: Path) -> Iterator[Target]:
    """Runs a server until the context ends.

    Args:
        folder: Where the models, their configuration and the server's log go.

    Yields:
        Where it is, once all models can be used.

    Raises:
        RuntimeError: The server did not start; the end of its log is in the message.
    """
    config, log = write_models(folder), folder / "server.log"
    rest_port, grpc_port = _free_port(), _free_port()
    command = [sys.executable, "-m", "keras_s2s", "serve", "--model-config-file", str(config)]
    command += ["--rest-port", str(rest_port), "--grpc-port", str(grpc_port)]
    target = Target(f"http://127.0.0.1:{rest_port}", f"127.0.0.1:{grpc_port}", local=True)
    with log.open("wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT)
        try:
            _wait(process, target, log)
            yield target
            process.send_signal(signal.SIGTERM)
            process.wait(SECONDS_TO_STOP)
        finally:
            process.kill()
            process.wait()
