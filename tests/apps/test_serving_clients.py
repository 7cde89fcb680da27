"""The clients of `apps/serving/clients`: against `keras-s2s serve dates`, and against servers that misbehave."""

import functools
import importlib.util
import io
import json
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from concurrent import futures
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple

import grpc
import pytest
import tensorflow as tf
import yaml
from tensorflow_serving.apis import predict_pb2, prediction_service_pb2_grpc

SERVING = Path(__file__).resolve().parents[2] / "apps" / "serving"
CLIENTS = SERVING / "clients"
TEXTS = ["March 3rd, 1999", "2. Februar 2024", "2020年5月17日"]
DAYS = ["1999-03-03", "2024-02-02", "2020-05-17"]
ODD = ['say "1999"', "back\\slash \\n", "tab\there", "bell\x07", "two\nlines", "日本\U0001f600 é\u2028", "",
       " -x=1 %s $HOME `ls`"]
LINES = ODD[:4] + ODD[5:]

needs_curl = pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
needs_node = pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")
BOTH = pytest.mark.parametrize("kind", [pytest.param("sh", marks=needs_curl), pytest.param("mjs", marks=needs_node)])


class Addresses(NamedTuple):
    """Where a server answers, and whose pages it lets ask."""

    rest: str
    grpc: str
    page: str


def free_ports(number):
    """Ports that are free now."""
    with_ports = [socket.create_server(("127.0.0.1", 0)) for _ in range(number)]
    ports = [taken.getsockname()[1] for taken in with_ports]
    for taken in with_ports:
        taken.close()
    return ports


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """`keras-s2s serve dates` in a process of its own."""
    rest, rpc, page = free_ports(3)
    log = tmp_path_factory.mktemp("server") / "log"
    origin = f"http://127.0.0.1:{page}"
    command = [sys.executable, "-m", "keras_s2s", "serve", "dates", "--rest-port", str(rest), "--grpc-port", str(rpc),
               "--cors", origin]
    with log.open("w") as written:
        process = subprocess.Popen(command, stderr=written)
    url = f"http://127.0.0.1:{rest}"
    until = time.monotonic() + 300
    while True:
        try:
            with urllib.request.urlopen(f"{url}/v1/models/dates", timeout=5) as answer:
                if b"AVAILABLE" in answer.read():
                    break
        except (urllib.error.URLError, OSError):
            pass
        if process.poll() is not None or time.monotonic() > until:
            process.kill()
            pytest.fail(log.read_text())
        time.sleep(0.1)
    yield Addresses(url, f"127.0.0.1:{rpc}", origin)
    process.terminate()
    process.wait(60)


def run(command, stdin=None, **environment):
    """Runs a client; `(exit status, standard output, standard error)`."""
    done = subprocess.run(list(map(str, command)), input=stdin or "", capture_output=True, text=True, timeout=120,
                          env={**os.environ, **environment})
    return done.returncode, done.stdout, done.stderr


def run_sh(address, *arguments, stdin=None, **environment):
    return run(["sh", CLIENTS / "predict.sh", *arguments], stdin, SERVER=address, **environment)


def run_mjs(address, *arguments, stdin=None):
    return run(["node", CLIENTS / "predict.mjs", "--server", address, *arguments], stdin)


@needs_curl
def test_curl_status(server):
    status, out, error = run_sh(server.rest, "status")
    assert (status, error) == (0, "")
    assert json.loads(out)["model_version_status"][0]["state"] == "AVAILABLE"


@needs_curl
def test_curl_predict(server):
    given, piped = run_sh(server.rest, "predict", *TEXTS), run_sh(server.rest, "predict", stdin="\n".join(TEXTS))
    for status, out, error in (given, piped):
        assert (status, error) == (0, "")
        assert [row["translation"] for row in json.loads(out)["predictions"]] == DAYS


@needs_curl
def test_curl_explain_and_nbest(server):
    status, out, _ = run_sh(server.rest, "explain", TEXTS[0])
    (row,) = json.loads(out)["predictions"]
    assert (status, row["translation"], row["target_tokens"]) == (0, DAYS[0], [*DAYS[0], "</s>"])
    status, out, _ = run_sh(server.rest, "nbest", *TEXTS, BEAM_SIZE="3")
    rows = json.loads(out)["predictions"]
    assert status == 0
    assert [row["translations"][0] for row in rows] == DAYS
    assert {len(row["translations"]) for row in rows} == {3}


@needs_node
def test_node(server):
    for status, out, error in (run_mjs(server.rest, *TEXTS), run_mjs(server.rest, stdin="\n".join(TEXTS) + "\n")):
        assert (status, error) == (0, "")
        assert out.splitlines() == DAYS
    status, out, _ = run_mjs(server.rest, "--signature", "explain", *TEXTS)
    rows = [json.loads(line) for line in out.splitlines()]
    assert status == 0
    for text, day, row in zip(TEXTS, DAYS, rows, strict=True):
        assert row["target_tokens"] == [*day, "</s>"]
        assert len(row["source_tokens"]) == len(text) + 1
        assert len(row["attention"]) == len(row["token_log_probs"]) == len(day) + 1
        assert {len(weights) for weights in row["attention"]} == {len(text) + 1}
    status, out, _ = run_mjs(server.rest, "--signature", "nbest", "--beam-size", "4", TEXTS[0])
    row = json.loads(out)
    assert (status, row["translations"][0], len(row["scores"])) == (0, DAYS[0], 4)


@needs_node
def test_node_in_batches(server):
    status, out, _ = run_mjs(server.rest, stdin="".join(f"{text}\n" for text in TEXTS * 50))
    assert status == 0
    assert out.splitlines() == DAYS * 50


@BOTH
def test_texts_arrive_as_they_are(kind, answering):
    with answering(200, '{"predictions": []}') as stub:
        if kind == "sh":
            first, second = run_sh(stub.address, "predict", *ODD), run_sh(stub.address, "predict",
                                                                          stdin="".join(f"{line}\n" for line in LINES))
        else:
            first = run_mjs(stub.address, "--", *ODD)
            second = run_mjs(stub.address, stdin="".join(f"{line}\n" for line in LINES))
        assert (first[0], second[0]) == (0, 0), first[2] + second[2]
        assert stub.paths == ["/v1/models/dates:predict"] * 2
        for texts, body in zip((ODD, LINES), stub.bodies, strict=True):
            assert json.loads(body) == {"signature_name": "serving_default",
                                        "instances": [{"text": text} for text in texts]}


@BOTH
def test_sixty_four_texts_a_request(kind, answering):
    with answering(200, '{"predictions": [{"translation": "x"}]}') as stub:
        texts = [f"{text} {number}".replace("\n", " ") for number in range(20) for text in LINES]
        if kind == "sh":
            ended = [run_sh(stub.address, "predict", *texts), run_sh(stub.address, "predict", stdin="\n".join(texts))]
            expected = '{"predictions": [{"translation": "x"}]}\n' * 3
        else:
            ended = [run_mjs(stub.address, "--", *texts), run_mjs(stub.address, stdin="\n".join(texts))]
            expected = "x\n" * 3
        assert ended == [(0, expected, "")] * 2
        sent = [[row["text"] for row in json.loads(body)["instances"]] for body in stub.bodies]
    assert [len(rows) for rows in sent] == [64, 64, 12] * 2
    assert [text for rows in sent for text in rows] == texts * 2


@BOTH
def test_nothing_in_nothing_out(kind, answering):
    with answering(200, '{"predictions": []}') as stub:
        ended = run_sh(stub.address, "predict") if kind == "sh" else run_mjs(stub.address)
        assert ended == (0, "", "")
        assert stub.paths == []


@BOTH
def test_a_refusal(kind, answering):
    with answering(503, '{"error": "the queue is full"}') as stub:
        ended = run_sh(stub.address, "predict", "x") if kind == "sh" else run_mjs(stub.address, "x")
    assert ended[:2] == (1, "")
    assert "503" in ended[2]
    assert "the queue is full" in ended[2]


@BOTH
def test_no_answer_in_time(kind, answering):
    with answering(200, '{"predictions": []}', delay=20) as stub:
        if kind == "sh":
            ended = run_sh(stub.address, "predict", "x", TIMEOUT="0.3")
        else:
            ended = run_mjs(stub.address, "--timeout", "0.3", "x")
    assert ended[:2] == (1, "")
    assert "timed out" in ended[2] if kind == "sh" else "no answer within 0.3 s" in ended[2]


@BOTH
def test_nobody_there(kind):
    (port,) = free_ports(1)
    address = f"http://127.0.0.1:{port}"
    ended = run_sh(address, "status") if kind == "sh" else run_mjs(address, "x")
    assert ended[:2] == (1, "")
    assert str(port) in ended[2]


@BOTH
def test_wrong_arguments(kind):
    ended = run_sh("", "translate") if kind == "sh" else run_mjs("", "--sginature", "explain")
    assert ended[:2] == (2, "")
    assert "predict." in ended[2]


@needs_node
def test_a_number_expected():
    assert run_mjs("", "--timeout", "soon", "x")[::2] == (2, "predict.mjs: --beam-size and --timeout expect a number "
                                                             "above 0\n")


@pytest.mark.browser
def test_in_a_page(server, browser):
    """The module, in a page of an origin that the server allows."""
    port = int(server.page.rpartition(":")[2])
    handler = functools.partial(SimpleHTTPRequestHandler, directory=CLIENTS)
    files = ThreadingHTTPServer(("127.0.0.1", port), handler)
    threading.Thread(target=files.serve_forever, daemon=True).start()
    page = browser.new_page()
    try:
        page.goto(f"{server.page}/predict.mjs")
        rows = page.evaluate("""async ([texts, server]) => {
            const { predict } = await import("/predict.mjs");
            return await predict(texts, { server });
        }""", [TEXTS, server.rest])
    finally:
        page.close()
        files.shutdown()
        files.server_close()
    assert [row["translation"] for row in rows] == DAYS


@pytest.fixture(scope="module")
def client():
    """`predict_grpc.py` as a module: TensorFlow is loaded once."""
    spec = importlib.util.spec_from_file_location("predict_grpc", CLIENTS / "predict_grpc.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def standard_input(content):
    return io.TextIOWrapper(io.BytesIO(content))


def test_grpc(client, server, capsys, monkeypatch):
    assert client.main(["--server", server.grpc, *TEXTS]) == 0
    assert capsys.readouterr().out.splitlines() == DAYS
    monkeypatch.setattr(sys, "stdin", standard_input("".join(f"{text}\r\n" for text in TEXTS * 50).encode()))
    assert client.main(["--server", server.grpc]) == 0
    assert capsys.readouterr().out.splitlines() == DAYS * 50


def test_grpc_explain_and_nbest(client, server, capsys):
    assert client.main(["--server", server.grpc, "--signature", "explain", *TEXTS]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    for text, day, row in zip(TEXTS, DAYS, rows, strict=True):
        assert (row["translation"], row["target_tokens"]) == (day, [*day, "</s>"])
        assert len(row["source_tokens"]) == len(text) + 1
        assert {len(weights) for weights in row["attention"]} == {len(text) + 1}
    assert client.main(["--server", server.grpc, "--signature", "nbest", "--beam-size", "3", *TEXTS]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row["translations"][0] for row in rows] == DAYS
    assert {len(row["scores"]) for row in rows} == {3}


def test_grpc_as_a_command(server):
    status, out, error = run([sys.executable, CLIENTS / "predict_grpc.py", "--server", server.grpc, "--model", "none",
                              TEXTS[0]])
    assert (status, out) == (1, "")
    assert "NOT_FOUND" in error


class Stub(prediction_service_pb2_grpc.PredictionServiceServicer):
    """Upper-cases; misbehaves as told."""

    def __init__(self, delay=0.0, refusals=()):
        self.delay, self.refusals, self.requests = delay, list(refusals), []

    def Predict(self, request, context):
        self.requests.append(request)
        if self.refusals:
            context.abort(self.refusals.pop(0), "as the test wants it")
        time.sleep(self.delay)
        texts = tf.make_ndarray(request.inputs["text"])
        return predict_pb2.PredictResponse(outputs={
            "translation": tf.make_tensor_proto([text.decode().upper().encode() for text in texts], tf.string),
            "score": tf.make_tensor_proto([0.0] * len(texts), tf.float32)})


@contextmanager
def serving(stub):
    """Its address while the block lasts."""
    server = grpc.server(futures.ThreadPoolExecutor(2))
    prediction_service_pb2_grpc.add_PredictionServiceServicer_to_server(stub, server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    try:
        yield f"127.0.0.1:{port}"
    finally:
        server.stop(None)


def test_grpc_requests(client, capsys):
    stub = Stub()
    with serving(stub) as address:
        texts = [f"{text} {number}".replace("\n", " ") for number in range(20) for text in LINES]
        assert client.main(["--server", address, "--model", "toy", "--", *texts]) == 0
    assert capsys.readouterr().out.split("\n") == [*(text.upper() for text in texts), ""]
    assert [len(tf.make_ndarray(request.inputs["text"])) for request in stub.requests] == [64, 64, 12]
    assert {(request.model_spec.name, request.model_spec.signature_name) for request in stub.requests} == {
        ("toy", "serving_default")}


def test_grpc_what_is_not_utf_8(client, capsys, monkeypatch):
    stub = Stub()
    with serving(stub) as address:
        monkeypatch.setattr(sys, "stdin", standard_input(b"one\rtwo\n" * 64 + b"three\nfo\xffr\n"))
        assert client.main(["--server", address]) == 2
        out, error = capsys.readouterr()
        assert error == "predict_grpc.py: line 66 of standard input is not UTF-8\n"
        assert (out, len(stub.requests)) == ("ONE\rTWO\n" * 64, 1)  # what came before is answered
        assert client.main(["--server", address, "fo\udcffr"]) == 2
        assert capsys.readouterr().err == "predict_grpc.py: the text 'fo\\udcffr' is not UTF-8\n"
    assert len(stub.requests) == 1


def test_grpc_asks_again_where_the_server_is_full(client, capsys):
    stub = Stub(refusals=[grpc.StatusCode.UNAVAILABLE] * 2)
    with serving(stub) as address:
        assert client.main(["--server", address, "x"]) == 0
    assert (capsys.readouterr().out, len(stub.requests)) == ("X\n", 3)


def test_grpc_does_not_ask_again_for_what_is_wrong(client, capsys):
    stub = Stub(refusals=[grpc.StatusCode.INVALID_ARGUMENT])
    with serving(stub) as address:
        assert client.main(["--server", address, "x"]) == 1
    out, error = capsys.readouterr()
    assert (out, error, len(stub.requests)) == ("", "predict_grpc.py: INVALID_ARGUMENT: as the test wants it\n", 1)


def test_grpc_deadline(client, capsys):
    with serving(Stub(delay=3)) as address:
        begun = time.monotonic()
        assert client.main(["--server", address, "--timeout", "0.3", "x"]) == 1
        assert time.monotonic() - begun < 2.5
    assert "DEADLINE_EXCEEDED" in capsys.readouterr().err


def test_grpc_nobody_there(client, capsys):
    (port,) = free_ports(1)
    assert client.main(["--server", f"127.0.0.1:{port}", "--timeout", "5", "x"]) == 1
    assert "UNAVAILABLE" in capsys.readouterr().err


def test_the_probe_of_the_containers(server):
    """What compose.yaml and kubernetes.yaml call ready, asked of a real server."""
    compose = yaml.safe_load((SERVING / "compose.yaml").read_text("utf-8"))
    command = compose["services"]["serving"]["healthcheck"]["test"][1:]
    here = [part.replace("8501", server.rest.rpartition(":")[2]) for part in command]
    assert subprocess.run(here, capture_output=True, timeout=30).returncode == 0
    other = [part.replace("models/dates", "models/other") for part in here]
    assert subprocess.run(other, capture_output=True, timeout=30).returncode != 0
