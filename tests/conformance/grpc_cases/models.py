"""`GetModelMetadata`, `ModelService`, health, unknown methods."""

from tests.conformance.grpc_case import GrpcCase, model
from tests.conformance.matchers import Including

METADATA = "get_model_metadata_impl.cc, GetModelMetadata"
VALIDATE = "get_model_metadata_impl.cc, ValidateGetModelMetadataRequest"
SPEC = "server_core.cc, ServableRequestFromModelSpec"
NOT_FOUND = "basic_manager.cc, ServingMap::GetUntypedServableHandle"
STATUS = "get_model_status_impl.cc, GetModelStatusWithModelSpec"
RELOAD = "model_service_impl.cc, HandleReloadConfigRequest"
HEALTH = "gRPC's health checking protocol; keras_s2s's own: TensorFlow Serving has no health service"
FIELD = ' metadata_field: "signature_def"'


def metadata(name: str, origin: str, request: str, **fields) -> GrpcCase:
    """A call of `GetModelMetadata`."""
    return GrpcCase(name, origin, request, "GetModelMetadata", **fields)


def status(name: str, origin: str, request: str, **fields) -> GrpcCase:
    """A call of `GetModelStatus`."""
    return GrpcCase(name, origin, request, "GetModelStatus", **fields)


def available(*versions: int) -> dict:
    """The status of available versions; an error code of 0 and an empty message are left out by proto3's JSON."""
    return {
        "model_version_status": [{"version": str(version), "state": "AVAILABLE", "status": {}} for version in versions]
    }


HALF_PLUS = Including(
    {
        "inputs": {
            "x": Including({"dtype": "DT_FLOAT", "tensor_shape": Including({"dim": [Including({"size": "-1"})]})})
        },
        "outputs": Including({"y": Including({"dtype": "DT_FLOAT"})}),
        "method_name": "tensorflow/serving/predict",
    }
)
SIGNATURES = Including({"signature_def": Including({"serving_default": HALF_PLUS, "pair": Including({})})})

CASES: list[GrpcCase] = [
    metadata(
        "metadata",
        METADATA,
        model() + FIELD,
        expect={"model_spec": {"name": "$shapes", "version": "2"}, "metadata": {"signature_def": SIGNATURES}},
    ),
    metadata(
        "metadata by version",
        METADATA,
        model(more="version { value: 1 }") + FIELD,
        expect=Including({"model_spec": {"name": "$shapes", "version": "1"}}),
    ),
    metadata(
        "metadata by label",
        "server_core.cc, GetModelVersionForLabel",
        model(more='version_label: "stable"') + FIELD,
        expect=Including({"model_spec": {"name": "$shapes", "version": "1"}}),
    ),
    metadata(
        "metadata without a field",
        VALIDATE,
        model(),
        code="INVALID_ARGUMENT",
        message="must specify at least one metadata_field",
    ),
    metadata(
        "metadata of an unknown field",
        VALIDATE,
        model() + ' metadata_field: "author"',
        code="INVALID_ARGUMENT",
        message="Metadata field author is not supported",
    ),
    metadata(
        "metadata of a known and an unknown field",
        VALIDATE,
        model() + FIELD + ' metadata_field: "author"',
        code="INVALID_ARGUMENT",
        message="is not supported",
    ),
    metadata(
        "metadata of an unknown field of an unknown model",
        VALIDATE,
        model("nosuch") + ' metadata_field: "author"',
        code="INVALID_ARGUMENT",
        message="is not supported",
    ),
    metadata("metadata without a model", METADATA, FIELD, code="INVALID_ARGUMENT", message="Missing ModelSpec"),
    metadata(
        "metadata with an empty name",
        SPEC,
        model("") + FIELD,
        code="INVALID_ARGUMENT",
        message="ModelSpec has no name specified",
    ),
    metadata(
        "metadata of an unknown model",
        NOT_FOUND,
        model("nosuch") + FIELD,
        code="NOT_FOUND",
        message="Servable not found for request: Latest(nosuch)",
    ),
    metadata(
        "metadata of an unknown version",
        NOT_FOUND,
        model(more="version { value: 9 }") + FIELD,
        code="NOT_FOUND",
        message="Servable not found for request: Specific($shapes, 9)",
    ),
    metadata(
        "metadata by unknown label",
        "server_core.cc, GetModelVersionForLabel",
        model(more='version_label: "none"') + FIELD,
        code="INVALID_ARGUMENT",
        message="Unrecognized servable version label",
    ),
    status(
        "status of all versions", "tensorflow_model_server_test.py, testGetModelStatus", model(), expect=available(2, 1)
    ),
    status("status of one version", STATUS, model(more="version { value: 1 }"), expect=available(1)),
    status("status by label lists all versions", STATUS, model(more='version_label: "none"'), expect=available(2, 1)),
    status(
        "status of an unknown model",
        STATUS,
        model("nosuch"),
        code="NOT_FOUND",
        message="Could not find any versions of model nosuch",
    ),
    status(
        "status of an unknown version",
        STATUS,
        model(more="version { value: 9 }"),
        code="NOT_FOUND",
        message="Could not find version 9 of model $shapes",
    ),
    status(
        "status with an empty name", STATUS, model(""), code="NOT_FOUND", message="Could not find any versions of model"
    ),
    status(
        "status without a model",
        "get_model_status_impl.cc, GetModelStatus",
        "",
        code="INVALID_ARGUMENT",
        message="Missing ModelSpec",
    ),
    GrpcCase("reload of no configuration", RELOAD, "", "HandleReloadConfigRequest", code="INVALID_ARGUMENT"),
    GrpcCase(
        "method that the service lacks",
        "prediction_service.proto; gRPC's status codes",
        method="/tensorflow.serving.PredictionService/Translate",
        code="UNIMPLEMENTED",
    ),
    GrpcCase(
        "service that the server lacks",
        "server.cc, BuildAndStart (RegisterService); gRPC's status codes",
        method="/tensorflow.serving.TranslationService/Translate",
        code="UNIMPLEMENTED",
    ),
    GrpcCase("health of the server", HEALTH, "", "Check", expect={"status": "SERVING"}, local_only=True),
    GrpcCase(
        "health of the prediction service",
        HEALTH,
        'service: "tensorflow.serving.PredictionService"',
        "Check",
        expect={"status": "SERVING"},
        local_only=True,
    ),
    GrpcCase("health of an unknown service", HEALTH, 'service: "nosuch"', "Check", code="NOT_FOUND", local_only=True),
]
