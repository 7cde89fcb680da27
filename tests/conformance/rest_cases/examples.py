"""`:classify` and `:regress` on signatures that are made for neither."""

from tests.conformance.rest_case import RestCase, as_bytes

FILL = "json_tensor.cc, FillClassifyRegressRequestFromJson"
EXAMPLE = "json_tensor.cc, MakeExampleFromJsonObject"
CLASSIFY = "classifier.cc, GetClassificationSignatureDef and PreProcessClassification"
REGRESS = "regressor.cc, GetRegressionSignatureDef and PreProcessRegression"
NOT_FOUND = "classification_service.cc, ClassifyWithModelSpec"
GOOD = {"examples": [{"x": 1.0}]}


def case(
    name: str, origin: str, verb: str, body: object, status: int = 400, model: str = "$shapes", error: str = ""
) -> RestCase:
    """A request that cannot be answered."""
    return RestCase(name, origin, f"/v1/models/{model}:{verb}", body=as_bytes(body), status=status, error=error)


CASES: list[RestCase] = [
    case("classify with a signature for predict", CLASSIFY, "classify", GOOD),
    case("regress with a signature for predict", REGRESS, "regress", GOOD),
    case("classify with two inputs", CLASSIFY, "classify", {"signature_name": "pair", **GOOD}),
    case("classify with an unknown signature", CLASSIFY, "classify", {"signature_name": "nosuch", **GOOD}),
    case("classify an unknown model", NOT_FOUND, "classify", GOOD, 404, "nosuch", "Servable not found for request"),
    case("regress an unknown version", NOT_FOUND, "regress", GOOD, 404, "$shapes/versions/9", "Specific($shapes, 9)"),
    case("classify without examples", FILL, "classify", {"instances": [1.0]}, error="examples"),
    case("classify with no examples", FILL, "classify", {"examples": []}, error="examples"),
    case("classify with examples that are no list", FILL, "classify", {"examples": {"x": 1}}, error="examples"),
    case(
        "classify with an example that is no object",
        EXAMPLE,
        "classify",
        {"examples": [1.0]},
        error="must be JSON object",
    ),
    case("classify with bad JSON", FILL, "classify", "{", error="JSON Parse error"),
    case("classify bad JSON before an unknown model", FILL, "classify", "{", model="nosuch", error="JSON Parse error"),
    case(
        "verb of classify in capitals",
        "http_rest_api_handler.cc, ProcessRequest",
        "Classify",
        GOOD,
        error="Malformed request",
    ),
]
