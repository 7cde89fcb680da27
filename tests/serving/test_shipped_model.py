"""`keras-s2s serve dates`: the command, the shipped model, both sockets, one process."""

import json
import socket
import sys
import urllib.request
from concurrent.futures import ThreadPoolExecutor

import grpc
import numpy as np
import pytest


@pytest.fixture(scope="module")
def grpc_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@pytest.fixture(scope="module")
def url(until_stopped, grpc_port):
    command = [sys.executable, "-m", "keras_s2s", "serve", "dates", "--rest-port", "0", "--grpc-port", str(grpc_port)]
    with until_stopped(command, r"dates \(version \d+\): (http://127\.0\.0\.1:\d+/v1/models/dates)$") as address:
        yield address


def ask(url, body):
    with urllib.request.urlopen(url + ":predict", json.dumps(body).encode(), timeout=60) as answer:
        return json.load(answer)


def test_dates_in_rows(url):
    texts = ["March 3rd, 1999", "2. Februar 2024", "", "2020年5月17日"]
    answers = ask(url, {"instances": texts})["predictions"]
    assert [answer["translation"] for answer in answers] == ["1999-03-03", "2024-02-02", "", "2020-05-17"]
    assert all(-0.5 < answer["score"] <= 0 for answer in answers)


def test_explain_in_columns(url):
    outputs = ask(url, {"signature_name": "explain", "inputs": {"text": ["12/05/2031", "5 mai 2001"]}})[
        "outputs"
    ]
    assert outputs["translation"] == ["2031-05-12", "2001-05-05"]
    assert outputs["target_tokens"][0] == [*"2031-05-12", "</s>"]
    assert outputs["source_tokens"][0] == [*"12/05/2031", "</s>"]
    for row in outputs["attention"][0]:
        assert sum(row) == pytest.approx(1, abs=1e-4)


def test_score(url):
    pairs = [{"source": "5 mai 2001", "target": target} for target in ("2001-05-05", "2001-05-06")]
    right, wrong = ask(url, {"signature_name": "score", "instances": pairs})["predictions"]
    assert right["log_prob"] > -0.5 > wrong["log_prob"]


def test_grpc_answers_as_rest(url, grpc_port):
    import tensorflow as tf
    from tensorflow_serving.apis import predict_pb2, prediction_service_pb2_grpc

    texts = ["March 3rd, 1999", "2. Februar 2024", "", "2020年5月17日"]
    request = predict_pb2.PredictRequest()
    request.model_spec.name, request.model_spec.signature_name = "dates", "explain"
    request.inputs["text"].CopyFrom(tf.make_tensor_proto(texts))
    with grpc.insecure_channel(f"127.0.0.1:{grpc_port}") as channel:
        stub = prediction_service_pb2_grpc.PredictionServiceStub(channel)
        answer = stub.Predict(request, timeout=60, wait_for_ready=True)
    columns = ask(url, {"signature_name": "explain", "inputs": {"text": texts}})["outputs"]
    assert answer.outputs.keys() == columns.keys()
    for name, values in columns.items():
        over_grpc = tf.make_ndarray(answer.outputs[name])
        if over_grpc.dtype == object:
            assert np.char.decode(over_grpc.astype(bytes), "utf-8").tolist() == values
        else:
            np.testing.assert_allclose(over_grpc, values, atol=1e-5)


def test_who_asks_with_many_others_gets_what_he_gets_alone(url):
    texts = [f"{day}. Februar {year}" for day in range(1, 9) for year in range(2001, 2009)]
    texts += ["  x" * 50, "5 mai 2001 " * 9]
    alone = [ask(url, {"instances": [text]})["predictions"][0] for text in texts]
    with ThreadPoolExecutor(16) as pool:
        together = list(pool.map(lambda text: ask(url, {"instances": [text]})["predictions"][0], texts))
    assert [one["translation"] for one in together] == [one["translation"] for one in alone]
    np.testing.assert_allclose([one["score"] for one in together], [one["score"] for one in alone], atol=1e-4)
    whole = ask(url, {"inputs": texts})["outputs"]["translation"]
    assert whole == [one["translation"] for one in alone]
