"""`PredictionService.Predict`: which model, which signature, which outputs."""

from tests.conformance.grpc_case import GrpcCase, floats, integers, model, texts
from tests.conformance.matchers import Including

SPEC = "server_core.cc, ServableRequestFromModelSpec"
LABEL = "server_core.cc, GetModelVersionForLabel"
NOT_FOUND = "basic_manager.cc, ServingMap::GetUntypedServableHandle"
PREDICTOR = "predict_impl.cc, TensorflowPredictor::Predict"
RUN = "predict_util.cc, RunPredict"
PREPARE = "predict_util.cc, PreProcessPrediction"
SIZES = "predict_util.cc, VerifyRequestInputsSize"
VALUES = "saved_model/util.cc of TensorFlow, GetInputValues"
MODEL_SPEC = "servables/tensorflow/util.cc, MakeModelSpec"
GRAPH = "grpc_status_util.cc, ToGRPCStatus (the session's error)"

PAIR = model(more='signature_name: "pair"')
PAIR_INPUTS = integers(1, 10, name="number") + texts("ab", "", name="text")


def predict(name: str, origin: str, request: str, outputs: dict, **fields) -> GrpcCase:
    """A call that is answered."""
    return GrpcCase(name, origin, request, expect=Including({"outputs": outputs}), **fields)


def refused(name: str, origin: str, request: str, message: str, code: str = "INVALID_ARGUMENT") -> GrpcCase:
    """A call that is not."""
    return GrpcCase(name, origin, request, code=code, message=message)


CASES: list[GrpcCase] = [
    predict("predict", RUN, model() + floats(1, 2), {"y": [3.5, 4.0]}),
    predict("predict by version", SPEC, model(more="version { value: 1 }") + floats(2), {"y": [3.0]}),
    predict("predict by label", LABEL, model(more='version_label: "stable"') + floats(2), {"y": [3.0]}),
    predict("predict by another label", LABEL, model(more='version_label: "canary"') + floats(2), {"y": [4.0]}),
    predict("predict with a signature", RUN, PAIR + PAIR_INPUTS, {"copy": ["ab", ""], "longer": [3, 10]}),
    predict(
        "predict with the default signature named",
        RUN,
        model(more='signature_name: "serving_default"') + floats(2),
        {"y": [4.0]},
    ),
    # version and version_label are a oneof: the one that comes last over the wire counts.
    predict(
        "predict by version, then label",
        "model.proto, ModelSpec.version_choice",
        model() + 'model_spec { version { value: 9 } } model_spec { version_label: "stable" }' + floats(2),
        {"y": [3.0]},
    ),
    GrpcCase(
        "predict says which model answered",
        MODEL_SPEC,
        model() + floats(2),
        expect=Including({"model_spec": {"name": "$shapes", "version": "2", "signature_name": "serving_default"}}),
    ),
    GrpcCase(
        "predict by label says which version answered",
        MODEL_SPEC,
        model(more='version_label: "stable" signature_name: "echo_rows"') + floats(2),
        expect=Including({"model_spec": {"name": "$shapes", "version": "1", "signature_name": "echo_rows"}}),
    ),
    predict("predict one output of two", PREPARE, PAIR + PAIR_INPUTS + ' output_filter: "copy"', {"copy": ["ab", ""]}),
    predict(
        "predict both outputs by name",
        PREPARE,
        PAIR + PAIR_INPUTS + ' output_filter: ["longer", "copy"]',
        {"copy": ["ab", ""], "longer": [3, 10]},
    ),
    refused(
        "predict an unknown output",
        PREPARE,
        PAIR + PAIR_INPUTS + ' output_filter: "nosuch"',
        "output tensor alias not found in signature: nosuch",
    ),
    refused(
        "predict one output twice",
        PREPARE,
        PAIR + PAIR_INPUTS + ' output_filter: ["copy", "copy"]',
        "duplicate output tensor alias: copy",
    ),
    refused("predict without a model", PREDICTOR, floats(2), "Missing ModelSpec"),
    refused("predict with an empty request", PREDICTOR, "", "Missing ModelSpec"),
    refused("predict with an empty name", SPEC, model("") + floats(2), "ModelSpec has no name specified"),
    refused(
        "predict an unknown model",
        NOT_FOUND,
        model("nosuch") + floats(2),
        "Servable not found for request: Latest(nosuch)",
        "NOT_FOUND",
    ),
    refused(
        "predict an unknown version",
        NOT_FOUND,
        model(more="version { value: 9 }") + floats(2),
        "Servable not found for request: Specific($shapes, 9)",
        "NOT_FOUND",
    ),
    refused(
        "predict version 0",
        NOT_FOUND,
        model(more="version {}") + floats(2),
        "Servable not found for request: Specific($shapes, 0)",
        "NOT_FOUND",
    ),
    refused(
        "predict an unknown label",
        LABEL,
        model(more='version_label: "none"') + floats(2),
        "Unrecognized servable version label: none",
    ),
    refused(
        "predict an unknown signature",
        "tensorflow_model_server_test.py, testPredictSavedModel; predict_util.cc, RunPredict",
        model(more='signature_name: "nosuch"') + floats(2),
        'Serving signature key "nosuch" not found',
        "FAILED_PRECONDITION",
    ),
    refused("predict without inputs", SIZES, model(), "input size does not match signature: 0!=1"),
    refused("predict without one input", SIZES, PAIR + integers(1, name="number"), "Missing but required: {text}"),
    refused("predict with one input more", SIZES, model() + floats(2) + floats(2, name="z"), "Sent extra: {z}"),
    refused("predict with another input", VALUES, model() + floats(2, name="z"), "not found in request"),
    refused(
        "predict what the graph refuses",
        GRAPH,
        model(more='signature_name: "parsed"') + texts("1", "three"),
        "three",
    ),
    GrpcCase(
        "predict beyond the deadline",
        "prediction_service_impl.cc, Predict; gRPC's deadlines",
        model(more='signature_name: "slow"') + integers(100_000),
        code="DEADLINE_EXCEEDED",
        timeout=0.05,
    ),
    predict(
        "predict within the deadline",
        "prediction_service_impl.cc, Predict; gRPC's deadlines",
        model(more='signature_name: "slow"') + integers(10, 3),
        {"y": [10, 10]},
        timeout=20.0,
    ),
    predict(
        "predict with a text model",
        RUN,
        model("$dates") + texts("March 3rd, 1999", "5 mai 2001", name="text") + ' output_filter: "translation"',
        {"translation": ["1999-03-03", "2001-05-05"]},
    ),
]
