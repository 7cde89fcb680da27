"""Stopping the real process: within the time that it has, whatever its clients do, without a traceback."""

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time

import pytest

grpc = pytest.importorskip("grpc")

START = """
import sys, time
from keras_s2s.serving import server
from keras_s2s.serving.servable import Servable

predict, path, seconds = Servable.predict, sys.argv[1], float(sys.argv[2])

def slowly(self, signature, inputs):
    for text in inputs["text"].tolist():
        time.sleep(float(text) if text != b"1" else 0)  # the warm-up asks for 1
    return predict(self, signature, inputs)

Servable.predict = slowly
server.serve([path], rest_port=0, grpc_port=0, poll_seconds=0, shutdown_seconds=seconds)
"""
HEAD = b"POST /v1/models/toy:predict HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n"


@pytest.fixture
def start(toy_path):
    """`start(seconds)`: a server that sleeps as long as its texts say; its process and both ports."""
    processes = []

    def run(seconds):
        process = subprocess.Popen([sys.executable, "-c", START, str(toy_path), str(seconds)],
                                   stderr=subprocess.PIPE, text=True)
        processes.append(process)
        printed = ""
        for line in process.stderr:
            printed += line
            if "Ctrl-C" in line:
                return process, *(int(re.search(rf"{before}127\.0\.0\.1:(\d+)", printed)[1])
                                  for before in ("http://", "gRPC: "))
        pytest.fail(printed)

    yield run
    for process in processes:
        process.kill()
        process.communicate()


def seconds_to_stop(process, said=""):
    """Sends the signal; how long the process then takes. It must end in order, and may say something."""
    started = time.monotonic()
    process.send_signal(signal.SIGTERM)
    _, printed = process.communicate(timeout=60)
    assert (process.returncode, "Traceback" in printed, said in printed) == (0, False, True), printed
    assert said or "given up" not in printed
    return time.monotonic() - started


def request(text):
    import tensorflow as tf
    from tensorflow_serving.apis import predict_pb2

    message = predict_pb2.PredictRequest()
    message.model_spec.name = "toy"
    message.inputs["text"].CopyFrom(tf.make_tensor_proto([text]))
    return message


def predictions(channel):
    from tensorflow_serving.apis import prediction_service_pb2_grpc

    return prediction_service_pb2_grpc.PredictionServiceStub(channel)


def test_a_body_that_never_ends(start):
    process, rest, _ = start(2)
    with socket.create_connection(("127.0.0.1", rest), timeout=20) as connection:
        connection.sendall(HEAD % 1000 + b"{")

        def trickle():
            try:
                while True:
                    connection.sendall(b" ")
                    time.sleep(0.1)
            except OSError:
                pass

        talker = threading.Thread(target=trickle)
        talker.start()
        time.sleep(0.3)
        assert 1.5 < seconds_to_stop(process) < 4.5
        talker.join(10)


def test_predictions_that_outlast_the_time(start):
    process, rest, port = start(1)
    body = b'{"instances": ["30"]}'
    with socket.create_connection(("127.0.0.1", rest), timeout=20) as connection, \
            grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
        connection.sendall(HEAD % len(body) + body)
        call = predictions(channel).Predict.future(request("30"), timeout=40)
        time.sleep(0.7)
        assert 0.7 < seconds_to_stop(process, "given up") < 4
        assert connection.recv(1000) == b""
        assert call.exception(10).code() in (grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.CANCELLED)


def test_somebody_watches_the_health(start):
    from grpc_health.v1 import health_pb2, health_pb2_grpc

    process, _, port = start(20)
    with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
        watched = health_pb2_grpc.HealthStub(channel).Watch(health_pb2.HealthCheckRequest(service=""))
        assert next(watched).status == health_pb2.HealthCheckResponse.SERVING
        call = predictions(channel).Predict.future(request("2"), timeout=40)
        time.sleep(0.5)
        assert 0.5 < seconds_to_stop(process) < 7
        assert call.result(10).outputs["translation"].string_val[0] == b"2"  # it was answered all the same
        assert next(watched).status == health_pb2.HealthCheckResponse.NOT_SERVING


def test_a_signal_while_models_are_loaded(toy_path, tmp_path):
    code = """
import sys, time
from pathlib import Path
from keras_s2s.serving import server

def load(models, scratch, *others):
    (scratch / "exported").mkdir()
    print(reserved[0].getsockname()[1], flush=True)
    time.sleep(60)

reserved, reserve = [], server.reserve_address
server.reserve_address = lambda *given: reserved.append(reserve(*given)) or reserved[0]
server.load_models = load
server.serve([], rest_port=0)
"""
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                               env={**os.environ, "TMPDIR": str(tmp_path)})
    try:
        port = int(process.stdout.readline())
        assert len(list(tmp_path.iterdir())) == 1
        with pytest.raises(ConnectionRefusedError):  # who would hang here knows better than to wait
            socket.create_connection(("127.0.0.1", port), timeout=5)
        assert seconds_to_stop(process) < 20  # Python takes its time to leave
        assert list(tmp_path.iterdir()) == []
    finally:
        process.kill()
