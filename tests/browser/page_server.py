"""A static web server in a thread."""

import http.server
import threading
from functools import partial
from pathlib import Path


class PageServer:
    """Serves `folder` on a free port of the loopback interface until `stop()`.

    Args:
        folder: What to serve.
        policy: Content-Security-Policy header of every answer; none by default.

    Attributes:
        requests: The paths asked for so far.
        unreachable: Paths that begin so get no answer, as if there were no connection.
    """

    def __init__(self, folder: Path, policy: str | None = None) -> None:
        self.requests: list[str] = []
        self.unreachable: tuple[str, ...] = ()
        server = self

        class Handler(http.server.SimpleHTTPRequestHandler):
            def do_GET(self) -> None:
                server.requests.append(self.path)
                if not self.path.startswith(server.unreachable):
                    super().do_GET()

            def end_headers(self) -> None:
                if policy is not None:
                    self.send_header("Content-Security-Policy", policy)
                super().end_headers()

            def log_message(self, *_: object) -> None:
                """Keeps the test output clean."""

        handler = partial(Handler, directory=str(folder))
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/"
        # By default stopping takes up to half a second.
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()
