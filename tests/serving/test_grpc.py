"""gRPC with the official stubs: predict, metadata, status, health, and the codes of what goes wrong."""

import asyncio
import threading
import time

import grpc
import numpy as np
import pytest
from grpc_health.v1 import health_pb2, health_pb2_grpc


class Running:
    """A gRPC server in a thread, with the toy as version 3 and a label."""

    def __init__(self, registry):
        from keras_s2s.serving.batch_options import BatchOptions
        from keras_s2s.serving.grpc_server import GrpcServer
        from keras_s2s.serving.limits import Limits
        from keras_s2s.serving.metrics import Metrics
        from keras_s2s.serving.predictor import Predictor

        self.metrics = Metrics()
        self.predictor = Predictor(BatchOptions(workers=1), self.metrics)
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()
        limits = Limits(rows=16, text_bytes=10_000, body_bytes=200_000)

        async def start():
            self.server = GrpcServer(registry, self.predictor, limits, self.metrics)
            return await self.server.start("127.0.0.1", 0)

        self.port = self.run(start())

    def run(self, work):
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(30)

    def stop(self):
        self.run(self.server.stop(1))
        self.predictor.close(5)
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(10)


@pytest.fixture(scope="module")
def toy(toy_path):
    from keras_s2s.serving.servable import Servable

    return Servable("toy", 3, toy_path / "3")


@pytest.fixture(scope="module")
def running(toy):
    from keras_s2s.serving.registry import Registry
    from keras_s2s.serving.served_model import ServedModel

    registry = Registry()
    model = ServedModel("toy", labels={"stable": 3})
    model.add(toy)
    registry.add_model(model)
    running = Running(registry)
    yield running
    running.stop()


@pytest.fixture(scope="module")
def channel(running):
    with grpc.insecure_channel(f"127.0.0.1:{running.port}") as channel:
        yield channel


@pytest.fixture(scope="module")
def predictions(channel):
    from tensorflow_serving.apis import prediction_service_pb2_grpc

    return prediction_service_pb2_grpc.PredictionServiceStub(channel)


def request(signature="", outputs=(), model="toy", version=None, label=None, **inputs):
    import tensorflow as tf
    from tensorflow_serving.apis import predict_pb2

    message = predict_pb2.PredictRequest(output_filter=list(outputs))
    message.model_spec.name, message.model_spec.signature_name = model, signature
    if version is not None:
        message.model_spec.version.value = version
    if label is not None:
        message.model_spec.version_label = label
    for name, value in inputs.items():
        message.inputs[name].CopyFrom(tf.make_tensor_proto(value))
    return message


def refused(call, message, **options):
    with pytest.raises(grpc.RpcError) as caught:
        call(message, timeout=20, **options)
    return caught.value.code().name, caught.value.details()


def test_predict(predictions):
    import tensorflow as tf

    answer = predictions.Predict(request(text=["ab", "é ü"]), timeout=20)
    assert list(answer.outputs["translation"].string_val) == [b"AB", "É Ü".encode()]
    np.testing.assert_allclose(answer.outputs["score"].float_val, [-0.2, -0.3], rtol=1e-6)
    assert tf.make_ndarray(answer.outputs["score"]).shape == (2,)
    spec = answer.model_spec
    assert (spec.name, spec.version.value, spec.signature_name) == ("toy", 3, "serving_default")


@pytest.mark.parametrize("choice", [{"version": 3}, {"label": "stable"}])
def test_a_chosen_version(predictions, choice):
    answer = predictions.Predict(request("explain", text=["ab", ""], **choice), timeout=20)
    assert [size.size for size in answer.outputs["attention"].tensor_shape.dim] == [2, 2, 2]
    assert answer.model_spec.version.value == 3


def test_only_the_outputs_asked_for(predictions):
    answer = predictions.Predict(request(outputs=["score"], text=["a"]), timeout=20)
    assert list(answer.outputs) == ["score"]


def test_numbers(predictions):
    inputs = {"ids": np.array([[1, -2]], np.int32), "factor": np.array([0.5], np.float32), "negate": np.array([True])}
    answer = predictions.Predict(request("numbers", **inputs), timeout=20)
    assert list(answer.outputs["product"].float_val) == [-0.5, 1.0]


def test_bytes_travel_as_they_are(predictions):
    answer = predictions.Predict(request("raw", text=[b"\xff\x00"]), timeout=20)
    assert answer.outputs["text_bytes"].string_val[0] == b"\xff\x00"
    assert answer.outputs["length"].int_val[0] == 2


def test_types_that_json_lacks(predictions):
    answer = predictions.Predict(request("half", half=np.array([1.5], np.float16)), timeout=20)
    import tensorflow as tf

    assert list(answer.outputs["same"].half_val) == [0x3E00]
    np.testing.assert_array_equal(tf.make_ndarray(answer.outputs["same"]), np.array([1.5], np.float16))


@pytest.mark.parametrize(
    "message, code, details",
    [
        ({"model": "tyo", "text": ["a"]}, "NOT_FOUND", "Servable not found for request: Latest(tyo)"),
        ({"version": 9, "text": ["a"]}, "NOT_FOUND", "Specific(toy, 9)"),
        ({"label": "canary", "text": ["a"]}, "INVALID_ARGUMENT", "Unrecognized servable version label: canary"),
        ({"model": "", "text": ["a"]}, "INVALID_ARGUMENT", "no name specified"),
        ({"signature": "nbest", "text": ["a"]}, "FAILED_PRECONDITION", 'Serving signature key "nbest" not found.'),
        ({}, "INVALID_ARGUMENT", "Missing but required: {text}"),
        ({"text": ["a"], "more": ["b"]}, "INVALID_ARGUMENT", "Sent extra: {more}"),
        ({"more": ["b"]}, "INVALID_ARGUMENT", "'text' not found in request"),
        ({"text": [1.0]}, "INVALID_ARGUMENT", "type float32, expected string[?]"),
        ({"text": [["a"]]}, "INVALID_ARGUMENT", "shape [1,1]"),
        ({"text": ["a"] * 17}, "INVALID_ARGUMENT", "17 rows in one request, at most 16"),
        ({"text": ["a" * 10_001]}, "INVALID_ARGUMENT", "a text of 10001 bytes"),
        ({"outputs": ["nothing"], "text": ["a"]}, "INVALID_ARGUMENT", "output tensor alias not found"),
        ({"outputs": ["score", "score"], "text": ["a"]}, "INVALID_ARGUMENT", "duplicate output tensor alias"),
        ({"signature": "picky", "text": ["three"]}, "INVALID_ARGUMENT", "three"),
    ],
)
def test_what_is_refused(predictions, message, code, details):
    found, said = refused(predictions.Predict, request(**message))
    assert (found, details in said) == (code, True), said


def test_requests_without_a_model(predictions):
    from tensorflow_serving.apis import classification_pb2, get_model_metadata_pb2, predict_pb2, regression_pb2

    missing = ("INVALID_ARGUMENT", "Missing ModelSpec")
    assert refused(predictions.Predict, predict_pb2.PredictRequest()) == missing
    assert refused(predictions.Classify, classification_pb2.ClassificationRequest()) == missing
    assert refused(predictions.Regress, regression_pb2.RegressionRequest()) == missing
    assert refused(predictions.GetModelMetadata, get_model_metadata_pb2.GetModelMetadataRequest()) == missing


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


def test_metadata(predictions):
    from tensorflow_serving.apis import get_model_metadata_pb2

    message = get_model_metadata_pb2.GetModelMetadataRequest()
    message.model_spec.name = "toy"
    assert "at least one metadata_field" in refused(predictions.GetModelMetadata, message)[1]
    message.metadata_field.append("signature_def")
    answer = predictions.GetModelMetadata(message, timeout=20)
    signatures = get_model_metadata_pb2.SignatureDefMap()
    assert answer.metadata["signature_def"].Unpack(signatures)
    assert signatures.signature_def["serving_default"].inputs["text"].dtype == 7
    assert (answer.model_spec.name, answer.model_spec.version.value) == ("toy", 3)
    message.metadata_field.append("colour")
    assert refused(predictions.GetModelMetadata, message) == (
        "INVALID_ARGUMENT", "Metadata field colour is not supported")


def test_status(channel):
    from tensorflow_serving.apis import get_model_status_pb2, model_management_pb2, model_service_pb2_grpc

    models = model_service_pb2_grpc.ModelServiceStub(channel)
    message = get_model_status_pb2.GetModelStatusRequest()
    assert refused(models.GetModelStatus, message) == ("INVALID_ARGUMENT", "Missing ModelSpec")
    message.model_spec.name = "toy"
    (version,) = models.GetModelStatus(message, timeout=20).model_version_status
    available = get_model_status_pb2.ModelVersionStatus.State.AVAILABLE
    assert (version.version, version.state, version.status.error_code) == (3, available, 0)
    message.model_spec.version.value = 4
    code, said = refused(models.GetModelStatus, message)
    assert (code, "Could not find version 4 of model toy" in said) == ("NOT_FOUND", True)
    reload = model_management_pb2.ReloadConfigRequest()
    assert refused(models.HandleReloadConfigRequest, reload)[0] == "INVALID_ARGUMENT"
    reload.config.model_config_list.config.add().name = "toy"
    assert refused(models.HandleReloadConfigRequest, reload)[0] == "UNIMPLEMENTED"


def test_what_such_models_cannot(predictions):
    from tensorflow_serving.apis import classification_pb2, inference_pb2, regression_pb2

    classify, regress = classification_pb2.ClassificationRequest(), regression_pb2.RegressionRequest()
    for call, message in ((predictions.Classify, classify), (predictions.Regress, regress)):
        message.model_spec.name = "toy"
        code, said = refused(call, message)
        assert (code, "signature method_name" in said) == ("INVALID_ARGUMENT", True)
    several = inference_pb2.MultiInferenceRequest()
    assert refused(predictions.MultiInference, several)[0] == "INVALID_ARGUMENT"
    task = several.tasks.add()
    task.model_spec.name, task.method_name = "toy", "tensorflow/serving/classify"
    assert refused(predictions.MultiInference, several)[0] == "INVALID_ARGUMENT"
    task.method_name = "tensorflow/serving/predict"
    assert refused(predictions.MultiInference, several)[0] == "UNIMPLEMENTED"


def test_health(channel):
    health = health_pb2_grpc.HealthStub(channel)
    for service in ("", "tensorflow.serving.PredictionService"):
        answer = health.Check(health_pb2.HealthCheckRequest(service=service), timeout=20)
        assert answer.status == health_pb2.HealthCheckResponse.SERVING
    assert refused(health.Check, health_pb2.HealthCheckRequest(service="other"))[0] == "NOT_FOUND"


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


def test_calls_are_counted(running, predictions):
    predictions.Predict(request(text=["a"]), timeout=20)
    page = running.metrics.page().decode()
    assert ':tensorflow:serving:request_count{model_name="toy",status="OK"}' in page
    assert ':tensorflow:serving:request_latency_count{API="Predict",entrypoint="GRPC",model_name="toy"}' in page


def test_a_port_in_use(running, toy):
    from keras_s2s.errors import UserError
    from keras_s2s.serving.grpc_server import GrpcServer
    from keras_s2s.serving.limits import Limits
    from keras_s2s.serving.registry import Registry

    async def start():
        server = GrpcServer(Registry(), running.predictor, Limits(), running.metrics)
        await server.start("127.0.0.1", running.port)

    with pytest.raises(UserError, match=r"(?s)cannot listen.*--grpc-port"):
        running.run(start())
