"""Mutated bodies against the real process: never a 500, never a hang, and memory stays as it is."""

import http.client
import json
import sys

import pytest

from tests.serving.mutated_bodies import Mutations

START = ("import sys; from keras_s2s.serving.server import serve; "
         "serve(['dates', sys.argv[1]], rest_port=0, grpc_port=0, poll_seconds=0)")
SECONDS = 60
# 501 is TensorFlow Serving's for types that JSON lacks; 413 is a body that is too large.
EXPECTED = {200, 400, 413, 501}


@pytest.fixture(scope="module")
def server(until_stopped, toy_path):
    """The host and port of a server with a text model and one of many types."""
    pytest.importorskip("grpc")
    command = [sys.executable, "-c", START, str(toy_path)]
    with until_stopped(command, r"dates \(version \d+\): http://([\d.:]+)/") as found:
        yield found


def memory_of_the_listener(port):
    """Resident bytes of the process that listens on a port."""
    psutil = pytest.importorskip("psutil")
    owner = next(one.pid for one in psutil.net_connections("tcp") if one.laddr.port == port and one.status == "LISTEN")
    return psutil.Process(owner).memory_info().rss


class Sender:
    """Posts bodies over one connection for as long as the server keeps it."""

    def __init__(self, address):
        self.host, port = address.split(":")
        self.port = int(port)
        self.connection = http.client.HTTPConnection(self.host, self.port, timeout=SECONDS)

    def post(self, model, body, packed):
        headers = {"Content-Encoding": "gzip"} if packed else {}
        self.connection.request("POST", f"/v1/models/{model}:predict", body, headers)
        answer = self.connection.getresponse()
        return answer.status, answer.read()


def fuzz(address, count, seed, after=lambda done: None):
    """Sends so many bodies; returns how often each status came."""
    sender, mutations, statuses = Sender(address), Mutations(seed), {}
    for number in range(count):
        model, body, packed = mutations.next()
        status, answer = sender.post(model, body, packed)
        shown = f"body {number} of seed {seed}: {body[:300]!r} -> {status} {answer[:300]!r}"
        assert status in EXPECTED, shown
        found = json.loads(answer)
        assert found.keys() <= ({"predictions", "outputs"} if status == 200 else {"error"}), shown
        statuses[status] = statuses.get(status, 0) + 1
        after(number + 1)
    return statuses


def test_mutated_bodies(server):
    statuses = fuzz(server, 700, seed=1)
    assert statuses[200] > 70
    assert statuses[400] > 200
    assert statuses[413] > 3


@pytest.mark.slow
def test_ten_thousand_mutated_bodies_and_memory_stays_as_it_is(server):
    port, memory = int(server.split(":")[1]), {}

    def look(done):
        if done % 500 == 0:
            memory[done] = memory_of_the_listener(port)

    statuses = fuzz(server, 10_000, seed=2, after=look)
    print(statuses, {done: round(size / 2**20) for done, size in memory.items()})
    after_warm_up = [size for done, size in memory.items() if done >= 2_000]
    assert max(after_warm_up) < 1.05 * after_warm_up[0]
