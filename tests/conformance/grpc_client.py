"""Makes gRPC calls of cases and says what is wrong with the answers."""

from typing import Any

import grpc
from google.protobuf import json_format, text_format
from grpc_health.v1 import health_pb2, health_pb2_grpc
from tensorflow.core.framework import types_pb2
from tensorflow_serving.apis import (
    classification_pb2,
    get_model_metadata_pb2,
    get_model_status_pb2,
    inference_pb2,
    model_management_pb2,
    model_service_pb2_grpc,
    predict_pb2,
    prediction_service_pb2_grpc,
    regression_pb2,
)

from tests.conformance.grpc_case import GrpcCase
from tests.conformance.matchers import differences
from tests.conformance.target import Target

# The typed field of each type, from which clients read the values.
FIELDS = {
    "DT_FLOAT": "float_val",
    "DT_DOUBLE": "double_val",
    "DT_INT32": "int_val",
    "DT_INT64": "int64_val",
    "DT_UINT64": "uint64_val",
    "DT_BOOL": "bool_val",
    "DT_STRING": "string_val",
}
# Answers may be as large as they like.
OPTIONS = [("grpc.max_receive_message_length", -1), ("grpc.max_send_message_length", -1)]


class GrpcClient:
    """A client with one channel for all calls.

    Args:
        target: The server; its `grpc` is set.
    """

    def __init__(self, target: Target):
        self.target = target
        self._channel = grpc.insecure_channel(target.grpc or "", options=OPTIONS)
        prediction = prediction_service_pb2_grpc.PredictionServiceStub(self._channel)
        models = model_service_pb2_grpc.ModelServiceStub(self._channel)
        health = health_pb2_grpc.HealthStub(self._channel)
        self._methods = {
            "Predict": (prediction.Predict, predict_pb2.PredictRequest),
            "GetModelMetadata": (prediction.GetModelMetadata, get_model_metadata_pb2.GetModelMetadataRequest),
            "Classify": (prediction.Classify, classification_pb2.ClassificationRequest),
            "Regress": (prediction.Regress, regression_pb2.RegressionRequest),
            "MultiInference": (prediction.MultiInference, inference_pb2.MultiInferenceRequest),
            "GetModelStatus": (models.GetModelStatus, get_model_status_pb2.GetModelStatusRequest),
            "HandleReloadConfigRequest": (models.HandleReloadConfigRequest, model_management_pb2.ReloadConfigRequest),
            "Check": (health.Check, health_pb2.HealthCheckRequest),
        }

    def close(self) -> None:
        """Ends the channel."""
        self._channel.close()

    def run(self, case: GrpcCase) -> list[str]:
        """Makes a case's call; what is wrong with the answer, empty where nothing is."""
        code, message, answer = self._call(case)
        differs = case.locally if self.target.local else None
        wanted = differs[0] if differs else case.code
        if code != wanted:
            return [f"expected {wanted}, but got {code}: {message[:300]}"]
        part = "" if differs else self.target.filled(case.message)
        if part not in message:
            return [f"expected a message with {part!r}, but got {message[:300]!r}"]
        if case.expect is None or differs:
            return []
        return differences(self.target.filled(case.expect), as_json(answer))

    def _call(self, case: GrpcCase) -> tuple[str, str, Any]:
        try:
            if case.method.startswith("/"):
                empty = self._channel.unary_unary(case.method)
                return "OK", "", empty(b"", timeout=case.timeout)
            method, request_type = self._methods[case.method]
            # Merge, not Parse: it lets a oneof be set twice, as a message over the wire can.
            request = text_format.Merge(self.target.filled(case.request), request_type())
            return "OK", "", method(request, timeout=case.timeout)
        except grpc.RpcError as error:
            return error.code().name, error.details() or "", None


def as_json(answer: Any) -> Any:
    """A message as proto3's JSON with the fields' own names; a prediction's outputs as nested lists."""
    if not isinstance(answer, predict_pb2.PredictResponse):
        return json_format.MessageToDict(answer, preserving_proto_field_name=True)
    spec = json_format.MessageToDict(answer.model_spec, preserving_proto_field_name=True)
    return {"model_spec": spec, "outputs": {name: values(tensor) for name, tensor in answer.outputs.items()}}


def values(tensor: Any) -> Any:
    """A tensor's values, nested by its shape, from the typed field alone; texts where they are UTF-8."""
    field = FIELDS[types_pb2.DataType.Name(tensor.dtype)]
    flat = [_text(value) for value in getattr(tensor, field)]
    sizes = [size.size for size in tensor.tensor_shape.dim]
    count = 1
    for size in sizes:
        count *= size
    if len(flat) != count:
        return f"{len(flat)} values in {field} for the shape {sizes}"
    for size in reversed(sizes[1:]):
        flat = [flat[start : start + size] for start in range(0, len(flat), size)] if size else []
    return flat if sizes else flat[0]


def _text(value: Any) -> Any:
    if not isinstance(value, bytes):
        return value
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value
