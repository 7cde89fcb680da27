"""Warm-up: the requests that an export brings with it, as TensorFlow Serving runs them."""

import shutil

import pytest

from keras_s2s.errors import UserError
from keras_s2s.serving.servable import Servable
from keras_s2s.serving.warm_up import WARM_UP_FILE, load_servable, warm_up


@pytest.fixture
def path(toy_path, tmp_path):
    shutil.copytree(toy_path / "3", tmp_path / "toy" / "3")
    return tmp_path / "toy" / "3"


def record(signature, **inputs):
    import tensorflow as tf
    from tensorflow_serving.apis import prediction_log_pb2

    log = prediction_log_pb2.PredictionLog()
    request = log.predict_log.request
    request.model_spec.name, request.model_spec.signature_name = "another name", signature
    for name, value in inputs.items():
        request.inputs[name].CopyFrom(tf.make_tensor_proto(value))
    return log.SerializeToString()


def write(path, *records):
    import tensorflow as tf

    (path / WARM_UP_FILE).parent.mkdir(exist_ok=True)
    with tf.io.TFRecordWriter(str(path / WARM_UP_FILE)) as writer:
        for one in records:
            writer.write(one)


def test_the_recorded_requests_run(path, monkeypatch):
    from tensorflow_serving.apis import prediction_log_pb2

    other = prediction_log_pb2.PredictionLog()
    other.classify_log.request.model_spec.name = "toy"  # not for such models
    write(path, record("", text=["a", "b"]), other.SerializeToString(), record("score", source=["a"], target=["b"]))
    servable = Servable("toy", 3, path)
    ran, predict = [], servable.predict

    def noted(signature, inputs):
        ran.append((signature, {name: array.tolist() for name, array in inputs.items()}))
        return predict(signature, inputs)

    monkeypatch.setattr(servable, "predict", noted)
    assert warm_up(servable) == 2
    assert ran == [("serving_default", {"text": [b"a", b"b"]}), ("score", {"source": [b"a"], "target": [b"b"]})]


def test_without_recorded_requests_the_default_signature_runs(path):
    assert warm_up(Servable("toy", 3, path)) == 1


@pytest.mark.parametrize("wrong", ["signature", "input", "record", "file"])
def test_a_model_that_fails_on_its_own_requests_does_not_load(path, wrong):
    if wrong == "file":
        write(path, record("", text=["a"]))
        file = path / WARM_UP_FILE
        file.write_bytes(file.read_bytes()[:-3])
    else:
        write(path, {"signature": record("nothing", text=["a"]), "input": record("", txt=["a"]),
                     "record": b"\x0a\xff\xff"}[wrong])
    with pytest.raises(UserError, match="fails on its own warm-up requests"):
        load_servable("toy", 3, path)
