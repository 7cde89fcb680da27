"""The shipped model in every place it runs."""

import functools
import http.server
import json
import threading
import urllib.request

import pytest


@pytest.fixture(scope="session")
def serve_folder():
    """`serve_folder(path)` -> address of a static web server."""
    servers = []

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_):
            """Keeps the test output clean."""

    def start(path):
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(path)))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_address[1]}"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="session")
def over_rest(tmp_path_factory):
    """`over_rest(version directory, texts)` -> answers of `explain`, through HTTP on a port, in row format."""
    import uvicorn

    from keras_s2s.serving.registry import Registry
    from keras_s2s.serving.rest import create_app
    from keras_s2s.serving.servable import Servable
    from keras_s2s.serving.server import listen

    def answer(path, texts):
        registry = Registry()
        registry.add(Servable("model", 1, path))
        app = create_app(registry)
        with listen("127.0.0.1", 0) as listener:
            server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off"))
            thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
            thread.start()
            url = f"http://127.0.0.1:{listener.getsockname()[1]}/v1/models/model:predict"
            rows = []
            for start in range(0, len(texts), 50):
                body = {"signature_name": "explain", "instances": texts[start:start + 50]}
                request = urllib.request.Request(url, json.dumps(body).encode(), {"Content-Type": "application/json"})
                with urllib.request.urlopen(request, timeout=120) as response:
                    rows += json.load(response)["predictions"]
            server.should_exit = True
            thread.join(10)
        app.state.interface.close()
        return [without_padding(row) for row in rows]

    return answer


def without_padding(row):
    """A row of a REST answer without its padding."""
    tokens = [token for token in row["target_tokens"] if token]
    source = [token for token in row["source_tokens"] if token]
    return {"text": row["translation"], "tokens": tokens, "source_tokens": source,
            "attention": [weights[:len(source)] for weights in row["attention"][:len(tokens)]],
            "token_log_probs": row["token_log_probs"][:len(tokens)]}


@pytest.fixture(scope="session")
def in_browser(browser, serve_folder):
    """`in_browser(folder, texts, loop, backend)` -> the runtime's answers."""

    def answer(folder, texts, loop, backend="wasm"):
        context = browser.new_context()
        page = context.new_page()
        page.goto(serve_folder(folder) + "/licences.txt")
        page.evaluate("""async (backend) => {
          const runtime = await import("./keras-s2s.js");
          globalThis.model = await runtime.load("./model/", { backend });
        }""", backend)
        answers = []
        for start in range(0, len(texts), 50):
            answers += page.evaluate("([texts, loop]) => model.translate(texts, { loop })",
                                     [texts[start:start + 50], loop])
        context.close()
        return [{"text": answer["text"], "tokens": answer["tokens"], "source_tokens": answer["sourceTokens"],
                 "attention": answer["attention"], "token_log_probs": answer["tokenLogProbs"]} for answer in answers]

    return answer
