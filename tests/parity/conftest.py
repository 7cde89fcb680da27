"""The shipped model in every place it runs."""

import contextlib
import functools
import http.server
import json
import re
import socket
import sys
import threading
import urllib.request

import pytest
from model_kinds import KINDS, name_of, random_translator


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
def served(until_stopped):
    """`served(version directory)` runs the local server on it while a block lasts; gives the ports of REST and gRPC.

    In a process of its own, as its users run it: gRPC does not stand many event loops in one process.
    """

    @contextlib.contextmanager
    def run(path):
        with socket.create_server(("127.0.0.1", 0)) as free:
            grpc_port = free.getsockname()[1]
        command = [sys.executable, "-m", "keras_s2s", "serve", f"model={path.parent}", "--rest-port", "0",
                   "--grpc-port", str(grpc_port)]
        with until_stopped(command, r"model \(version \d+\): http://127\.0\.0\.1:(\d+)/v1/models/model$") as port:
            yield int(port), grpc_port

    return run


@pytest.fixture(scope="session")
def over_rest(served):
    """`over_rest(version directory, texts)` -> answers of `explain`, through HTTP on a port, in row format."""

    def answer(path, texts):
        rows = []
        with served(path) as (port, _):
            for start in range(0, len(texts), 50):
                body = {"signature_name": "explain", "instances": texts[start:start + 50]}
                url = f"http://127.0.0.1:{port}/v1/models/model:predict"
                with urllib.request.urlopen(url, json.dumps(body).encode(), timeout=120) as response:
                    rows += json.load(response)["predictions"]
        return [without_padding(row) for row in rows]

    return answer


@pytest.fixture(scope="session")
def over_grpc(served):
    """`over_grpc(version directory, texts)` -> the same through gRPC, with the official stubs."""
    import grpc
    import tensorflow as tf
    from tensorflow_serving.apis import predict_pb2, prediction_service_pb2_grpc

    def answer(path, texts):
        rows = []
        with served(path) as (_, port), grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
            stub = prediction_service_pb2_grpc.PredictionServiceStub(channel)
            for start in range(0, len(texts), 50):
                request = predict_pb2.PredictRequest()
                request.model_spec.name, request.model_spec.signature_name = "model", "explain"
                part = [text.encode("utf-8", "replace") for text in texts[start:start + 50]]
                request.inputs["text"].CopyFrom(tf.make_tensor_proto(part, tf.string))
                outputs = stub.Predict(request, timeout=120).outputs
                columns = {name: tf.make_ndarray(outputs[name]).tolist() for name in outputs}
                rows += [{name: decoded(column[index]) for name, column in columns.items()}
                         for index in range(len(part))]
        return [without_padding(row) for row in rows]

    return answer


def decoded(value):
    """Bytes as text, also in lists."""
    if isinstance(value, list):
        return [decoded(one) for one in value]
    return value.decode() if isinstance(value, bytes) else value


def without_padding(row):
    """A row of an answer without its padding."""
    tokens = [token for token in row["target_tokens"] if token]
    source = [token for token in row["source_tokens"] if token]
    return {"text": row["translation"], "tokens": tokens, "source_tokens": source,
            "attention": [weights[:len(source)] for weights in row["attention"][:len(tokens)]],
            "token_log_probs": row["token_log_probs"][:len(tokens)]}


@pytest.fixture(scope="session")
def with_model(browser, serve_folder):
    """`with_model(folder)`: a page while a block lasts, in which `model` is the bundle's."""

    @contextlib.contextmanager
    def open_page(folder, backend="wasm"):
        context = browser.new_context()
        page = context.new_page()
        page.goto(serve_folder(folder) + "/licences.txt")
        page.evaluate("""async (backend) => {
          const runtime = await import("./keras-s2s.js");
          globalThis.model = await runtime.load("./model/", { backend });
        }""", backend)
        yield page
        context.close()

    return open_page


@pytest.fixture(scope="session")
def model_in_browser(with_model):
    """`with model_in_browser(folder, backend) as translate`: `translate(texts, **options)` -> the runtime's answers.

    Options in Python's names. Dicts of what `Translation.to_dict` has, in its names.
    """

    @contextlib.contextmanager
    def open_model(folder, backend="wasm"):
        with with_model(folder, backend) as page:
            yield lambda texts, prefix=None, **options: answers_in(page, texts, prefix, options)

    return open_model


def answers_in(page, texts, prefix, options):
    """What the model of a page answers, fifty texts at a time; see `model_in_browser`."""
    given = {in_camel_case(name): value for name, value in options.items()}
    answers = []
    for start in range(0, len(texts), 50):
        part = slice(start, start + 50)
        if prefix is not None:
            given["prefix"] = prefix if isinstance(prefix, str) else prefix[part]
        answers += page.evaluate("([texts, options]) => model.translate(texts, options)", [texts[part], given])
    return [in_python_names(answer) for answer in answers]


def in_camel_case(name):
    """`beam_size` as `beamSize`."""
    return re.sub("_(.)", lambda match: match[1].upper(), name)


def in_python_names(answer):
    """A translation of the runtime as `Translation.to_dict` has it."""
    named = {re.sub("[A-Z]", lambda match: "_" + match[0].lower(), name): value for name, value in answer.items()}
    return {**named, "n_best": [in_python_names(one) for one in answer["nBest"]]}


@pytest.fixture(scope="session")
def in_browser(model_in_browser):
    """`in_browser(folder, texts, loop, backend)` -> the runtime's answers."""

    def answer(folder, texts, loop, backend="wasm"):
        with model_in_browser(folder, backend) as translate:
            return translate(texts, loop=loop)

    return answer


@pytest.fixture(scope="session")
def random_page(tmp_path_factory):
    """`random_page(kind)` -> the translator of a kind with random weights and its web folder, made once."""

    @functools.cache
    def made(name):
        kind = next(kind for kind in KINDS if name_of(kind) == name)
        translator = random_translator(kind)
        return translator, translator.export_tfjs(tmp_path_factory.mktemp("random") / "page")

    return lambda kind: made(name_of(kind))
