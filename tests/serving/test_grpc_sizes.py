"""gRPC: tensors that are broken or promise more than they hold, large messages, deadlines, many calls at once."""

import threading
import time

import grpc
import numpy as np
import pytest

from tests.serving.grpc_toy import refused, request


def test_tensors_that_are_none_and_some_that_are(predictions):
    message = request("numbers", factor=np.zeros(1, np.float32), negate=[True])
    broken = message.inputs["ids"]
    broken.dtype = 3
    for size in (16, 2):
        broken.tensor_shape.dim.add().size = size
    broken.int_val.extend(range(40))
    assert "same number of rows" in refused(predictions.Predict, message)[1]
    for wrong in ([-1, 2], [1, -2]):
        for place, size in enumerate(wrong):
            broken.tensor_shape.dim[place].size = size
        assert refused(predictions.Predict, message) == ("INVALID_ARGUMENT", "tensor parsing error: ids")
    for place, size in enumerate([1, 2]):
        broken.tensor_shape.dim[place].size = size
    del broken.int_val[:]
    broken.tensor_content = b"123"
    assert refused(predictions.Predict, message) == ("INVALID_ARGUMENT", "tensor parsing error: ids")
    broken.tensor_content = b""
    broken.int_val.append(7)  # the other value is the same
    assert list(predictions.Predict(message, timeout=20).outputs["product"].float_val) == [0.0, 0.0]
    message = request(text=["a"])
    message.inputs["text"].tensor_shape.dim[0].size = 3
    answer = predictions.Predict(message, timeout=20)
    assert list(answer.outputs["translation"].string_val) == [b"A", b"A", b"A"]
    message.inputs["text"].tensor_shape.dim[0].size = 2**40
    assert "rows in one request" in refused(predictions.Predict, message)[1]


def test_too_large_a_message(predictions):
    code, _ = refused(predictions.Predict, request("raw", text=["a" * 300_000]))
    assert code == "RESOURCE_EXHAUSTED"


def test_a_deadline_and_a_cancelled_call_free_the_queue(running, toy, predictions, monkeypatch):
    held, predict = threading.Event(), toy.predict
    monkeypatch.setattr(toy, "predict", lambda *arguments: held.wait(30) and predict(*arguments))
    try:
        first = predictions.Predict.future(request(text=["a"]), timeout=20)
        while not running.predictor.queue._running:
            time.sleep(0.01)
        cancelled = predictions.Predict.future(request(text=["b"]), timeout=20)
        while not len(running.predictor.queue):
            time.sleep(0.01)
        with pytest.raises(grpc.RpcError) as caught:
            predictions.Predict(request(text=["c"]), timeout=0.2)
        assert caught.value.code() == grpc.StatusCode.DEADLINE_EXCEEDED
        cancelled.cancel()
        until = time.monotonic() + 10
        while len(running.predictor.queue) and time.monotonic() < until:
            time.sleep(0.01)
        assert len(running.predictor.queue) == 0
    finally:
        held.set()
    assert first.result(20).outputs["translation"].string_val[0] == b"A"


def test_many_at_once_do_not_mix(predictions):
    calls = [predictions.Predict.future(request(text=[f"t{index}"]), timeout=20) for index in range(60)]
    answers = [call.result(20).outputs["translation"].string_val[0] for call in calls]
    assert answers == [f"T{index}".encode() for index in range(60)]


@pytest.mark.parametrize("size, rows, message", [(10_001, 1, "a text of 10001 bytes in 'text', at most 10000"),
                                                 (10_001, 16, "a text of 10001 bytes in 'text', at most 10000"),
                                                 (9_000, 4, None), (15, 16, None)])
def test_a_text_that_stands_for_many(predictions, monkeypatch, size, rows, message):
    message_sent = request(text=["a" * size])
    message_sent.inputs["text"].tensor_shape.dim[0].size = rows
    if message is None:
        answer = predictions.Predict(message_sent, timeout=20)
        assert list(answer.outputs["translation"].string_val) == [b"A" * size] * rows
        return
    monkeypatch.setattr("tensorflow.io.parse_tensor", None)  # it is not even read
    assert message in refused(predictions.Predict, message_sent)[1]


def test_many_that_are_too_much_together(monkeypatch):
    from keras_s2s.serving.limits import Limits
    from keras_s2s.serving.predict_proto import arrays_from_request
    from keras_s2s.serving.request_error import RequestError
    from keras_s2s.serving.tensor_spec import TensorSpec

    message = request(text=["short", "a" * 60_000])
    message.inputs["text"].tensor_shape.dim[0].size = 512
    monkeypatch.setattr("tensorflow.io.parse_tensor", None)
    with pytest.raises(RequestError, match="longer than 4194304 bytes"):
        arrays_from_request(message, {"text": TensorSpec("text", "string", (None,))}, Limits())


@pytest.mark.parametrize("size, aside", [(9_000, True), (1_000, False)])
def test_large_messages_are_read_beside_the_event_loop(predictions, monkeypatch, size, aside):
    from keras_s2s.serving import prediction_service

    threads, read = [], prediction_service.arrays_from_request

    def watched(*arguments):
        threads.append(threading.current_thread().name)
        return read(*arguments)

    monkeypatch.setattr(prediction_service, "arrays_from_request", watched)
    answer = predictions.Predict(request("raw", text=["a" * size] * 10), timeout=20)
    assert len(answer.outputs["length"].int_val) == 10
    assert [name.startswith("asyncio_") for name in threads] == [aside]
