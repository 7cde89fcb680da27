"""`:predict` in column format: `inputs`; and which of the two formats is meant."""

from tests.conformance.rest_case import RestCase, predict, refused

FILL = "json_tensor.cc, FillTensorMapFromInputsMap"
REQUEST = "json_tensor.cc, FillPredictRequestFromJson"
ERRORS = "json_tensor_test.cc, SingleUnnamedTensorErrors"
GRAPH = "the graph's own error; TensorFlow Serving checks no shapes (its issue 1436)"
DOCUMENT = "RESTful API, Specifying input tensors in column format"


def pair(inputs) -> dict:
    """A request to the signature with two inputs."""
    return {"signature_name": "pair", "inputs": inputs}


CASES: list[RestCase] = [
    predict(
        "columns of one unnamed input",
        "http_rest_api_handler_test.cc, Predict",
        {"signature_name": "serving_default", "inputs": [3.0, 4.0]},
        expect={"outputs": [4.5, 5.0]},
    ),
    predict(
        "columns of one named input",
        "json_tensor_test.cc, SingleUnnamedTensorColumnarFormat",
        {"inputs": {"x": [3.0]}},
        expect={"outputs": [4.5]},
    ),
    predict(
        "columns of two inputs",
        DOCUMENT,
        pair({"number": [1, 10], "text": ["ab", ""]}),
        expect={"outputs": {"copy": ["ab", ""], "longer": [3, 10]}},
    ),
    predict(
        "columns with an unknown name, which is ignored",
        FILL,
        {"inputs": {"x": [2.0], "more": "?"}},
        expect={"outputs": [4.0]},
    ),
    predict(
        "columns with a scalar input",
        DOCUMENT,
        {"signature_name": "scaled", "inputs": {"x": [1.0, 2.0], "factor": 3}},
        expect={"outputs": [3.0, 6.0]},
    ),
    predict(
        "columns that are a single value",
        FILL,
        {"signature_name": "echo_float", "inputs": 2.5},
        expect={"outputs": 2.5},
    ),
    predict(
        "columns that are a single text",
        FILL,
        {"signature_name": "echo_text", "inputs": "a"},
        expect={"outputs": "a"},
    ),
    predict(
        "columns that are an empty list",
        "json_tensor.cc, GetDenseTensorShape",
        {"signature_name": "echo_float", "inputs": []},
        expect={"outputs": []},
    ),
    predict(
        "columns of a matrix",
        FILL,
        {"signature_name": "fixed", "inputs": {"x": [[1, 2], [3, 4]]}},
        expect={"outputs": [[21.0], [43.0]]},
    ),
    predict("columns to version 1", DOCUMENT, {"inputs": [2.0]}, "$shapes/versions/1", expect={"outputs": [3.0]}),
    predict(
        "columns of another shape than the signature's",
        GRAPH,
        {"inputs": {"x": [[1.0, 2.0]]}},
        expect={"outputs": [[3.5, 4.0]]},
        locally=(400, "shapes are held against the signature before the graph runs"),
    ),
    refused("columns without an input", FILL, pair({"number": [1]}), "Missing named input: text in 'inputs' object"),
    refused("columns that are an empty object", FILL, {"inputs": {}}, "Missing named input: x"),
    refused("columns plain for two inputs", FILL, pair([1]), "inputs is a plain value/list"),
    refused(
        "columns that are null",
        FILL,
        {"signature_name": "echo_float", "inputs": None},
        "not of expected type: float",
    ),
    refused(
        "columns with null for an input",
        FILL,
        {"signature_name": "echo_float", "inputs": {"x": None}},
        "not of expected type: float",
    ),
    refused(
        "columns ragged",
        "json_tensor.cc, FillTensorProto",
        {"signature_name": "echo_int32", "inputs": [[1, 2], [3]]},
        "",
    ),
    refused(
        "columns with a value beside a list",
        "json_tensor.cc, FillTensorProto",
        {"signature_name": "echo_int32", "inputs": [[1], 2]},
        "",
    ),
    refused(
        "columns with a list beside a value",
        "json_tensor.cc, FillTensorProto",
        {"signature_name": "echo_int32", "inputs": [1, [2]]},
        "",
    ),
    refused("columns too wide for the graph", GRAPH, {"signature_name": "fixed", "inputs": [[1, 2, 3]]}, ""),
    refused(
        "columns of different length",
        GRAPH,
        pair({"number": [1, 2], "text": ["a", "b", "c"]}),
        "",
    ),
    refused("both formats", ERRORS, {"instances": [1], "inputs": [1]}, "Not formatted correctly"),
    refused("both formats with empty lists", REQUEST, {"instances": [], "inputs": []}, "Not formatted correctly"),
    refused("neither format", REQUEST, {"x": [1]}, "Missing 'inputs' or 'instances' key"),
    refused("an empty object", REQUEST, {}, "Missing 'inputs' or 'instances' key"),
    refused("keys are case-sensitive", REQUEST, {"Instances": [1]}, "Missing 'inputs' or 'instances' key"),
]
