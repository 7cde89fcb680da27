"""`:predict` in row format: `instances`."""

from tests.conformance.rest_case import RestCase, predict, refused

FILL = "json_tensor.cc, FillTensorMapFromInstancesList"
ITEM = "json_tensor.cc, AddInstanceItem"
REQUEST = "json_tensor.cc, FillPredictRequestFromJson"
ERRORS = "json_tensor_test.cc, SingleUnnamedTensorErrors"
HANDLER_TEST = "http_rest_api_handler_test.cc, Predict"
GRAPH = "the graph's own error; TensorFlow Serving checks no shapes (its issue 1436)"
DOCUMENT = "RESTful API, Specifying input tensors in row format"

PAIRS = [{"number": 1, "text": "ab"}, {"number": 10, "text": ""}]
LONGER = {"predictions": [{"copy": "ab", "longer": 3}, {"copy": "", "longer": 10}]}
KINDS = {"decimal": [0.5, -1], "whole": 7, "long": 2**40, "flag": True, "text": "a"}
KINDS_ANSWER = {"decimal": [1.0, -2.0], "whole": -7, "long": -(2**40), "flag": False, "text": "a"}


def pair(instances) -> dict:
    """A request to the signature with two inputs."""
    return {"signature_name": "pair", "instances": instances}


CASES: list[RestCase] = [
    predict("rows of plain values", HANDLER_TEST, {"instances": [1.0, 2.0]}, expect={"predictions": [3.5, 4.0]}),
    predict("rows of objects with one input", FILL, {"instances": [{"x": 2.0}]}, expect={"predictions": [4.0]}),
    predict(
        "rows of lists",
        "json_tensor_test.cc, SingleUnnamedTensor",
        {"signature_name": "echo_int32", "instances": [[1, 2], [3, 4], [5, 6]]},
        expect={"predictions": [[1, 2], [3, 4], [5, 6]]},
    ),
    predict(
        "rows of nested lists",
        DOCUMENT,
        {"signature_name": "echo_int32", "instances": [[[1, 2]], [[3, 4]]]},
        expect={"predictions": [[[1, 2]], [[3, 4]]]},
    ),
    predict("rows with two inputs", DOCUMENT, pair(PAIRS), expect=LONGER),
    predict(
        "rows with inputs of five types",
        "json_tensor_test.cc, MultipleNamedTensor",
        {"signature_name": "kinds", "instances": [KINDS, KINDS]},
        expect={"predictions": [KINDS_ANSWER, KINDS_ANSWER]},
    ),
    predict(
        "rows with the default signature named",
        HANDLER_TEST,
        {"signature_name": "serving_default", "instances": [2.0]},
        expect={"predictions": [4.0]},
    ),
    predict(
        "rows with an empty signature name",
        "http_rest_api_handler.cc, GetInfoMap",
        {"signature_name": "", "instances": [2.0]},
        expect={"predictions": [4.0]},
    ),
    predict(
        "rows to version 1", HANDLER_TEST, {"instances": [2.0]}, "$shapes/versions/1", expect={"predictions": [3.0]}
    ),
    predict(
        "rows to a label", HANDLER_TEST, {"instances": [2.0]}, "$shapes/labels/stable", expect={"predictions": [3.0]}
    ),
    predict(
        "rows to another label",
        HANDLER_TEST,
        {"instances": [2.0]},
        "$shapes/labels/canary",
        expect={"predictions": [4.0]},
    ),
    refused(
        "rows to an unknown label",
        "http_rest_api_handler_test.cc, PredictRequestErrors",
        {"instances": [2.0]},
        "Unrecognized servable version label",
        model="$shapes/labels/none",
    ),
    predict(
        "rows to an unknown model",
        "RESTful API, Example",
        {"instances": [2.0]},
        "nosuch",
        status=404,
        error="Servable not found for request: Latest(nosuch)",
    ),
    predict(
        "rows to an unknown version",
        "http_rest_api_handler_test.cc, PredictModelNameVersionErrors",
        {"instances": [2.0]},
        "$shapes/versions/9",
        status=404,
        error="Servable not found for request: Specific($shapes, 9)",
    ),
    refused(
        "rows to an unknown signature",
        "http_rest_api_handler.cc, GetInfoMap",
        {"signature_name": "nosuch", "instances": [2.0]},
        'Serving signature name: "nosuch" not found in signature def',
    ),
    refused(
        "rows to the initializer",
        REQUEST,
        {"signature_name": "__saved_model_init_op", "instances": [1]},
        "__saved_model_init_op",
    ),
    refused("rows that are an empty list", REQUEST, {"instances": []}, "No values in 'instances' array"),
    refused("rows that are an object", REQUEST, {"instances": {"x": [1]}}, "Expecting 'instances' to be an list/array"),
    refused("rows that are null", REQUEST, {"instances": None}, "Expecting 'instances' to be an list/array"),
    refused("rows that are a number", REQUEST, {"instances": 1}, "Expecting 'instances' to be an list/array"),
    refused("rows plain for two inputs", FILL, pair(["a"]), "instances is a plain list"),
    refused("rows objects, then values", FILL, {"instances": [{"x": 1}, 2]}, "Expecting object but got list at item 1"),
    refused("rows values, then objects", FILL, {"instances": [1, {"x": 2}]}, "got object at item 1"),
    refused("rows with a missing input", FILL, pair([PAIRS[0], {"number": 1}]), "keys must be equal to: number,text"),
    refused("rows with an unknown input", ITEM, pair([{**PAIRS[0], "more": 1}]), "does not have named input: more"),
    refused("rows of an empty object", FILL, pair([{}]), "keys must be equal to: number,text"),
    refused(
        "rows of different length",
        ERRORS,
        {"signature_name": "echo_int32", "instances": [[1, 2], [3, 4], [5, 6, 7]]},
        "",
    ),
    refused(
        "rows of different depth",
        ERRORS,
        {"signature_name": "echo_int32", "instances": [[1, 2], [3, 4], [[5, 6]]]},
        "",
    ),
    refused(
        "rows a value, then a list",
        ERRORS,
        {"signature_name": "echo_int32", "instances": [1, [1]]},
        "",
    ),
    refused(
        "rows ragged inside",
        "json_tensor.cc, FillTensorProto",
        {"signature_name": "echo_int32", "instances": [[[1, 2], [3]]]},
        "",
    ),
    refused("rows too wide for the graph", GRAPH, {"signature_name": "fixed", "instances": [[1, 2, 3]]}, ""),
]
