"""`keras-s2s serve` in a process of its own, over a folder of versions, and clients in another."""

import json
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

CLIENTS = Path(__file__).with_name("serve_clients.py")
SECONDS_TO_START = 300


class Server:
    """A running server.

    Args:
        base: The folder with the numbered versions; its name is the model's.
        log: Where the server's messages go.
        options: Further words of the command.

    Attributes:
        model: The model's name.
        process: The server's process.
    """

    def __init__(self, base: Path, log: Path, options=()):
        self.base, self.model, self._log = base, base.name, log
        self._grpc_port = _free_port()
        command = [sys.executable, "-m", "keras_s2s", "serve", str(base), "--rest-port", "0",
                   "--grpc-port", str(self._grpc_port), *options]
        with log.open("wb") as output:
            self.process = subprocess.Popen(command, stderr=output, stdout=subprocess.DEVNULL)
        end = time.monotonic() + SECONDS_TO_START
        while not (found := re.search(r"http://127\.0\.0\.1:(\d+)/.*Ctrl-C", log.read_text(), re.S)):
            if self.process.poll() is not None or time.monotonic() > end:
                self.process.kill()
                raise RuntimeError(f"the server did not start:\n{log.read_text()[-2000:]}")
            time.sleep(0.1)
        self._rest_port = int(found[1])

    def begin(self, protocol: str, texts, expected, clients: int, seconds: float) -> subprocess.Popen:
        """Starts clients and returns their process once they begin; see `serve_clients.py`."""
        job = {"host": "127.0.0.1", "rest_port": self._rest_port, "grpc_port": self._grpc_port, "protocol": protocol,
               "model": self.model, "texts": texts, "expected": expected, "clients": clients, "seconds": seconds,
               "seed": 1}
        process = subprocess.Popen([sys.executable, str(CLIENTS)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        process.stdin.write(json.dumps(job).encode())
        process.stdin.close()
        process.stdout.readline()
        return process

    def ask(self, *job) -> dict:
        """What came of clients, once they have ended; arguments as for `begin`."""
        return result(self.begin(*job))

    def versions(self) -> dict[int, str]:
        """The states of the versions."""
        url = f"http://127.0.0.1:{self._rest_port}/v1/models/{self.model}"
        with urllib.request.urlopen(url, timeout=30) as answer:
            return {int(one["version"]): one["state"] for one in json.load(answer)["model_version_status"]}

    def metrics(self) -> str:
        """The page of metrics."""
        url = f"http://127.0.0.1:{self._rest_port}/monitoring/prometheus/metrics"
        with urllib.request.urlopen(url, timeout=30) as answer:
            return answer.read().decode()

    def add_version(self, number: int):
        """A copy of the first version under a new number; it appears all at once."""
        unfinished = self.base.parent / f"unfinished-{number}"
        shutil.copytree(self.base / "1", unfinished)
        unfinished.rename(self.base / str(number))

    def stop(self) -> int:
        """Sends SIGTERM and returns the exit status."""
        self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(60)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return self.process.wait()


def result(clients: subprocess.Popen) -> dict:
    """What came of clients that `Server.begin` started; waits for them."""
    output = clients.stdout.read()
    if clients.wait():
        raise RuntimeError("the clients failed")
    return json.loads(output)


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]
