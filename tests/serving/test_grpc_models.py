"""gRPC with the official stubs: metadata, status, health, metrics, and what such models cannot."""

import pytest
from grpc_health.v1 import health_pb2, health_pb2_grpc

from tests.serving.grpc_toy import refused, request


def test_requests_without_a_model(predictions):
    from tensorflow_serving.apis import classification_pb2, get_model_metadata_pb2, predict_pb2, regression_pb2

    missing = ("INVALID_ARGUMENT", "Missing ModelSpec")
    assert refused(predictions.Predict, predict_pb2.PredictRequest()) == missing
    assert refused(predictions.Classify, classification_pb2.ClassificationRequest()) == missing
    assert refused(predictions.Regress, regression_pb2.RegressionRequest()) == missing
    assert refused(predictions.GetModelMetadata, get_model_metadata_pb2.GetModelMetadataRequest()) == missing


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
    message.model_spec.name = "n" * 100_000
    code, said = refused(models.GetModelStatus, message)
    assert (code, "version 4 of model nnn" in said) == ("NOT_FOUND", True)
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


def test_calls_are_counted(running, predictions):
    predictions.Predict(request(text=["a"]), timeout=20)
    page = running.metrics.page().decode()
    assert ':tensorflow:serving:request_count{model_name="toy",status="OK"}' in page
    assert ':tensorflow:serving:request_latency_count{API="Predict",entrypoint="GRPC",model_name="toy"}' in page


def test_a_port_in_use(running, toy):
    from keras_s2s.errors import UserError
    from keras_s2s.serving.admission import Admission
    from keras_s2s.serving.grpc_server import GrpcServer
    from keras_s2s.serving.registry import Registry

    async def start():
        server = GrpcServer(Registry(), running.predictor, Admission(Registry()))
        await server.start("127.0.0.1", running.port)

    with pytest.raises(UserError, match=r"(?s)cannot listen.*--grpc-port"):
        running.run(start())
