"""Connections over real sockets: other protocols, headers without end, clients that are slow, half or gone."""

import asyncio
import socket
import subprocess
import sys
import threading
import time

import numpy as np
import pytest

pytest.importorskip("uvicorn")

BODY = b'{"instances": ["abc"]}'
HEADERS = b"Host: x\r\nContent-Length: %d\r\n" % len(BODY)
POST = b"POST /v1/models/toy:predict HTTP/1.1\r\n"


class FakeServable:
    """Upper-cases, as soon as `go` is set."""

    name, version = "toy", 1

    def __init__(self):
        from keras_s2s.serving.tensor_spec import TensorSpec

        self.inputs = {"serving_default": {"text": TensorSpec("text", "string", (None,))}}
        self.go, self.begun = threading.Event(), threading.Event()

    def signature(self, name):
        return "serving_default"

    def batches(self, signature):
        return True

    splits = batches

    def predict(self, signature, inputs):
        self.begun.set()
        self.go.wait(20)
        return {"translation": np.array([text.upper() for text in inputs["text"]], dtype=object)}


@pytest.fixture(params=["asyncio", "uvloop"])
def new_loop(request):
    if request.param == "asyncio":
        return asyncio.new_event_loop
    return pytest.importorskip("uvloop").new_event_loop


@pytest.fixture
def serve(new_loop):
    """`serve(body_seconds=60)`: a server in a thread; gives its interface, its model and a function that connects."""
    from keras_s2s.serving.batch_options import BatchOptions
    from keras_s2s.serving.http_server import HttpServer
    from keras_s2s.serving.limits import Limits
    from keras_s2s.serving.predictor import Predictor
    from keras_s2s.serving.server import reserve_address
    from tests.serving.registry_of import registry_of
    from tests.serving.rest_app import RestApp

    running = []

    def start(body_seconds=60.0):
        model, up = FakeServable(), threading.Event()
        predictor = Predictor(BatchOptions(workers=1))
        rest = RestApp(registry_of(model), Limits(timeout_seconds=body_seconds), predictor)
        listener = reserve_address("127.0.0.1", 0)
        address = listener.getsockname()
        server = HttpServer(rest, 1, lambda: False, lambda: None, up.set, body_seconds)

        def run():
            with asyncio.Runner(loop_factory=new_loop) as runner:
                runner.run(server.serve(sockets=[listener]))

        thread = threading.Thread(target=run)
        running.append((server, thread, model))
        thread.start()
        up.wait(20)
        return rest, model, lambda: socket.create_connection(address, timeout=20)

    yield start
    for server, thread, model in running:
        model.go.set()
        server.handle_exit(15, None)
        thread.join(20)


def everything(connection):
    """What comes until the server closes the connection."""
    found = b""
    while piece := connection.recv(65536):
        found += piece
    return found


@pytest.mark.parametrize("upgrade", [b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AA\r\n",
                                     b"Upgrade: websocket\r\nConnection: upgrade\r\n"], ids=["h2c", "websocket"])
@pytest.mark.parametrize("size", [1, 30, 10_000])
def test_another_protocol_is_not_spoken_but_the_request_is_answered(serve, upgrade, size):
    _, model, connect = serve()
    model.go.set()
    chunked = b"Host: x\r\nTransfer-Encoding: chunked\r\n%s\r\n%x\r\n%s\r\n0\r\n\r\n" % (upgrade, len(BODY), BODY)
    sent = POST + upgrade + HEADERS + b"\r\n" + BODY
    sent += POST + chunked
    sent += b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    with connect() as connection:
        for begin in range(0, len(sent), size):
            connection.sendall(sent[begin:begin + size])
        answer = everything(connection)
    assert answer.count(b"HTTP/1.1 200 OK") == 3
    assert answer.count(b'{"predictions":["ABC"]}') == 2
    assert answer.endswith(b'{"status": "ok"}')


def test_headers_have_an_end(serve):
    _, model, connect = serve()
    for begin in (b"GET /" + b"x" * 40_000, b"GET / HTTP/1.1\r\nX: " + b"y" * 40_000):
        with connect() as connection:
            connection.sendall(begin)
            time.sleep(0.3)  # the server has read it: else the rest would come after the connection's end
            connection.sendall(b"z" * 30_000)
            answer = everything(connection)
        assert answer.startswith(b"HTTP/1.1 431 Request Header Fields Too Large\r\n")
        assert b'{"error": ' in answer
    with connect() as connection:  # what follows the body counts, too
        connection.sendall(POST + b"Host: x\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\nX: " + b"y" * 40_000)
        time.sleep(0.3)
        connection.sendall(b"z" * 66_000)
        assert everything(connection).startswith(b"HTTP/1.1 431 ")
    model.go.set()
    with connect() as connection:  # 50 KB are fine, again and again
        connection.sendall((POST + b"X: " + b"y" * 50_000 + b"\r\n" + HEADERS + b"\r\n" + BODY) * 5)
        connection.shutdown(socket.SHUT_WR)
        assert everything(connection).count(b'{"predictions":["ABC"]}') == 5


def test_a_connection_without_a_request_is_closed(serve, monkeypatch):
    monkeypatch.setattr("keras_s2s.serving.http_protocol.HEAD_SECONDS", 0.6)
    monkeypatch.setattr("keras_s2s.serving.http_server._GRACE", 0.2)
    _, model, connect = serve(body_seconds=0.6)
    for begin, then in ((b"", b""), (b"", b"\r\n"), (b"GET / HTTP/1.1\r\n", b"X: y\r\n"),
                        (POST + HEADERS + b"\r\n", b""), (b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n", b"\r\n")):
        with connect() as connection:
            started = time.monotonic()
            connection.sendall(begin)
            connection.settimeout(0.1)
            while time.monotonic() - started < 10:
                try:
                    if then:
                        connection.sendall(then)  # goes on talking, but never comes to an end
                        time.sleep(0.05)
                    if not connection.recv(65536):
                        break
                except TimeoutError:
                    pass
                except OSError:
                    break
            assert 0.5 < time.monotonic() - started < 5, (begin, then)
    with connect() as connection:  # one that is being computed is not
        connection.sendall(POST + HEADERS + b"\r\n" + BODY)
        time.sleep(1)
        model.go.set()
        connection.shutdown(socket.SHUT_WR)
        assert b" 504 " in everything(connection)  # its time was over, and it was told


@pytest.mark.parametrize("version", [b"1.0", b"1.1"])
def test_a_client_that_sends_no_more_gets_its_answer(serve, version):
    _, model, connect = serve()
    with connect() as connection:
        connection.sendall(POST.replace(b"1.1", version) + HEADERS + b"\r\n" + BODY)
        connection.shutdown(socket.SHUT_WR)
        assert model.begun.wait(10)
        time.sleep(0.4)
        model.go.set()
        answer = everything(connection)
    interim, _, rest = answer.rpartition(b"HTTP/1.1 200 OK")
    assert rest.endswith(b'{"predictions":["ABC"]}')
    assert (interim == b"") == (version == b"1.0")
    assert interim.replace(b"HTTP/1.1 100 Continue\r\n\r\n", b"") == b""


def test_a_client_that_is_gone_is_not_computed(serve):
    rest, model, connect = serve()
    first = connect()
    first.sendall(POST + HEADERS + b"\r\n" + BODY)
    assert model.begun.wait(10)
    with connect() as second:  # waits in the queue
        second.sendall(POST + HEADERS + b"\r\n" + BODY)
        until = time.monotonic() + 10
        while len(rest.predictor.queue) < 1 and time.monotonic() < until:
            time.sleep(0.01)
        assert len(rest.predictor.queue) == 1
    while len(rest.predictor.queue) and time.monotonic() < until:
        time.sleep(0.01)
    assert len(rest.predictor.queue) == 0
    model.go.set()
    first.close()


def test_as_many_connections_as_the_system_allows():
    resource = pytest.importorskip("resource")
    code = """
import resource
from keras_s2s.serving.server import allow_many_connections
resource.setrlimit(resource.RLIMIT_NOFILE, (100, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
allow_many_connections()
print(resource.getrlimit(resource.RLIMIT_NOFILE)[0])
"""
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    assert int(subprocess.check_output([sys.executable, "-c", code])) == min(most, 65_536)
