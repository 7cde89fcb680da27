"""`Classify`, `Regress` and `MultiInference` on signatures that are made for none of them."""

from tests.conformance.grpc_case import GrpcCase, model

CLASSIFY = "classifier.cc, GetClassificationSignatureDef and PreProcessClassification"
REGRESS = "regressor.cc, GetRegressionSignatureDef and PreProcessRegression"
MULTI = "multi_inference.cc, TensorFlowMultiInferenceRunner::Infer"
MULTI_SPEC = "multi_inference_helper.cc, GetModelSpecFromRequest"
NOT_FOUND = "basic_manager.cc, ServingMap::GetUntypedServableHandle"
FEATURE = 'features { feature { key: "x" value { float_list { value: 1 } } } }'
INPUT = f" input {{ example_list {{ examples {{ {FEATURE} }} }} }}"
CLASSIFY_METHOD, REGRESS_METHOD = "tensorflow/serving/classify", "tensorflow/serving/regress"


def refused(
    name: str, origin: str, method: str, request: str, code: str = "INVALID_ARGUMENT", message: str = ""
) -> GrpcCase:
    """A call that cannot be answered."""
    return GrpcCase(name, origin, request + INPUT, method, code=code, message=message)


def tasks(*specs: tuple[str, str]) -> str:
    """The tasks of a `MultiInference`: a model_spec and a method's name each."""
    return " ".join(f'tasks {{ {spec} method_name: "{method}" }}' for spec, method in specs)


CASES: list[GrpcCase] = [
    refused("classify with a signature for predict", CLASSIFY, "Classify", model()),
    refused("classify with two inputs", CLASSIFY, "Classify", model(more='signature_name: "pair"')),
    refused("classify with an unknown signature", CLASSIFY, "Classify", model(more='signature_name: "nosuch"')),
    refused(
        "classify an unknown model",
        NOT_FOUND,
        "Classify",
        model("nosuch"),
        "NOT_FOUND",
        "Servable not found for request: Latest(nosuch)",
    ),
    refused(
        "classify without a model",
        "classification_service.cc, Classify",
        "Classify",
        "",
        message="Missing ModelSpec",
    ),
    refused("regress with a signature for predict", REGRESS, "Regress", model()),
    refused("regress with an unknown signature", REGRESS, "Regress", model(more='signature_name: "nosuch"')),
    refused(
        "regress an unknown version",
        NOT_FOUND,
        "Regress",
        model(more="version { value: 9 }"),
        "NOT_FOUND",
        "Servable not found for request: Specific($shapes, 9)",
    ),
    refused("regress without a model", "regression_service.cc, Regress", "Regress", "", message="Missing ModelSpec"),
    refused(
        "multi-inference without tasks", MULTI_SPEC, "MultiInference", "", message="ModelSpec has no name specified"
    ),
    refused(
        "multi-inference on an unknown model",
        NOT_FOUND,
        "MultiInference",
        tasks((model("nosuch"), CLASSIFY_METHOD)),
        "NOT_FOUND",
        "Servable not found for request: Latest(nosuch)",
    ),
    refused(
        "multi-inference with an unknown signature",
        MULTI,
        "MultiInference",
        tasks((model(more='signature_name: "nosuch"'), CLASSIFY_METHOD)),
        message="Requested signature not found in model graph: nosuch",
    ),
    refused(
        "multi-inference with an unknown method",
        MULTI,
        "MultiInference",
        tasks((model(), "tensorflow/serving/predict")),
        "UNIMPLEMENTED",
        "Unsupported signature method_name",
    ),
    refused("multi-inference with a signature for predict", MULTI, "MultiInference", tasks((model(), CLASSIFY_METHOD))),
    refused("multi-inference that regresses likewise", MULTI, "MultiInference", tasks((model(), REGRESS_METHOD))),
]
