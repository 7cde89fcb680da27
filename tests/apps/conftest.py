"""An HTTP server that answers what a test wants."""

import contextlib
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest


class Answering(ThreadingHTTPServer):
    """Gives the same answer to every request, `delay` seconds later; keeps paths and bodies."""

    daemon_threads = True

    def __init__(self, status, text, delay):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.status, self.text, self.delay = status, text, delay
        self.paths, self.bodies = [], []

    @property
    def port(self):
        return self.server_address[1]

    @property
    def address(self):
        return f"http://127.0.0.1:{self.port}"

    def handle_error(self, request, client_address):
        """A client that left early is what some tests want."""


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.paths.append(self.path)
        self.server.bodies.append(self.rfile.read(int(self.headers.get("Content-Length", 0))))
        time.sleep(self.server.delay)
        answer = self.server.text.encode()
        self.send_response(self.server.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    do_POST = do_GET

    def log_message(self, *arguments):
        """Quiet."""


@pytest.fixture(scope="session")
def answering():
    """`with answering(status, text, delay=0) as server`: the server runs while the block lasts."""

    @contextlib.contextmanager
    def run(status, text, delay=0.0):
        server = Answering(status, text, delay)
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        try:
            yield server
        finally:
            server.shutdown()
            server.server_close()

    return run
