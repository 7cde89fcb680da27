"""Tensors in requests and answers: types, shapes, the fields that hold the values."""

import math

from tests.conformance.grpc_case import GrpcCase, floats, model, tensor, texts
from tests.conformance.matchers import Including

FROM = "TensorFlow's tensor.cc, Tensor::FromProto; saved_model/util.cc, GetInputValues"
TO = "predict_util.cc, PostProcessPredictionResult (kAsProtoField)"
SESSION = "TensorFlow's session: the type of a fed tensor is checked; no shapes are (TensorFlow Serving's issue 1436)"
SIZE = "server.cc, BuildAndStart (SetMaxMessageSize)"


def echo(kind: str) -> str:
    """The model_spec of a signature that gives back its input."""
    return model(more=f'signature_name: "echo_{kind}"')


def case(name: str, request: str, values: object, origin: str = FROM) -> GrpcCase:
    """A tensor that comes back."""
    return GrpcCase(name, origin, request, expect=Including({"outputs": {"y": values}}))


def unreadable(name: str, value: str) -> GrpcCase:
    """A tensor that is none."""
    return GrpcCase(name, FROM, echo("float") + value, code="INVALID_ARGUMENT", message="tensor parsing error: x")


KINDS = (
    tensor("decimal", "DT_FLOAT", [1, 2], "float_val: [0.5, -1]")
    + tensor("whole", "DT_INT32", [1], "int_val: 7")
    + tensor("long", "DT_INT64", [1], "int64_val: 1099511627776")
    + tensor("flag", "DT_BOOL", [1], "bool_val: true")
    + texts("a", name="text")
)
KINDS_ANSWER = {"decimal": [[1.0, -2.0]], "whole": [-7], "long": [-(2**40)], "flag": [False], "text": ["a"]}

CASES: list[GrpcCase] = [
    case("float32 in float_val", echo("float") + floats(0.5, -2), [0.5, -2.0]),
    case(
        "float32 in tensor_content",
        echo("float") + tensor("x", "DT_FLOAT", [2], r'tensor_content: "\000\000\000\077\000\000\000\300"'),
        [0.5, -2.0],
    ),
    case("float64", echo("double") + tensor("x", "DT_DOUBLE", [1], "double_val: 0.1"), [0.1]),
    case("int32", echo("int32") + tensor("x", "DT_INT32", [2], "int_val: [1, -2]"), [1, -2]),
    case("int64", echo("int64") + tensor("x", "DT_INT64", [1], "int64_val: -9223372036854775808"), [-(2**63)]),
    case("uint64", echo("uint64") + tensor("x", "DT_UINT64", [1], "uint64_val: 18446744073709551615"), [2**64 - 1]),
    case("bool", echo("bool") + tensor("x", "DT_BOOL", [2], "bool_val: [true, false]"), [True, False]),
    case("strings", echo("text") + texts("é", ""), ["é", ""]),
    case(
        "strings in tensor_content",
        echo("text") + tensor("x", "DT_STRING", [2], r'tensor_content: "\001\002abb"'),
        ["a", "bb"],
    ),
    case(
        "strings with an empty tensor_content",
        echo("text") + tensor("x", "DT_STRING", [1], 'tensor_content: "" string_val: "a"'),
        ["a"],
    ),
    case(
        "bytes that are no UTF-8",
        echo("text") + tensor("x", "DT_STRING", [1], r'string_val: "a\377"'),
        [b"a\xff"],
    ),
    case(
        "not a number and infinite",
        echo("float") + floats(math.nan, math.inf, -math.inf),
        [math.nan, math.inf, -math.inf],
    ),
    case("scalar", echo("float") + tensor("x", "DT_FLOAT", [], "float_val: 2.5"), 2.5),
    case("matrix", echo("int32") + tensor("x", "DT_INT32", [2, 2], "int_val: [1, 2, 3, 4]"), [[1, 2], [3, 4]]),
    case("no rows", echo("float") + tensor("x", "DT_FLOAT", [0], ""), []),
    case("one value for all elements", echo("float") + tensor("x", "DT_FLOAT", [3], "float_val: 7"), [7.0, 7.0, 7.0]),
    case("the last value for the rest", echo("int32") + tensor("x", "DT_INT32", [4], "int_val: [1, 2]"), [1, 2, 2, 2]),
    case("no values are zeros", echo("float") + tensor("x", "DT_FLOAT", [2], ""), [0.0, 0.0]),
    case("no values are empty strings", echo("text") + tensor("x", "DT_STRING", [2], ""), ["", ""]),
    case(
        "unknown rank is a scalar",
        echo("float") + 'inputs { key: "x" value { dtype: DT_FLOAT tensor_shape { unknown_rank: true } } }',
        0.0,
    ),
    case("equal values are written one by one", echo("float") + floats(1, 1, 1), [1.0, 1.0, 1.0], TO),
    GrpcCase(
        "inputs of five types",
        FROM,
        model(more='signature_name: "kinds"') + KINDS,
        expect=Including({"outputs": KINDS_ANSWER}),
    ),
    GrpcCase(
        "a scalar beside a vector",
        FROM,
        model(more='signature_name: "scaled"') + floats(1, 2) + tensor("factor", "DT_FLOAT", [], "float_val: 3"),
        expect=Including({"outputs": {"y": [3.0, 6.0]}}),
    ),
    GrpcCase(
        "outputs with and without rows",
        TO,
        model(more='signature_name: "summary"') + texts("a", "b"),
        expect=Including({"outputs": {"rows": 2, "copy": ["a", "b"]}}),
    ),
    GrpcCase(
        "tensor without a type",
        FROM,
        model() + 'inputs { key: "x" value { tensor_shape { dim { size: 1 } } float_val: 1 } }',
        code="INVALID_ARGUMENT",
    ),
    unreadable("tensor with a negative size", tensor("x", "DT_FLOAT", [-1], "float_val: 1")),
    unreadable("tensor with too short a tensor_content", tensor("x", "DT_FLOAT", [2], r'tensor_content: "\000\000"')),
    GrpcCase("wrong type", SESSION, model() + texts("a"), code="INVALID_ARGUMENT"),
    GrpcCase(
        "integers for decimals", SESSION, model() + tensor("x", "DT_INT32", [1], "int_val: 1"), code="INVALID_ARGUMENT"
    ),
    GrpcCase(
        "another shape than the signature's",
        SESSION,
        model() + tensor("x", "DT_FLOAT", [1, 2], "float_val: [1, 2]"),
        expect=Including({"outputs": {"y": [[3.5, 4.0]]}}),
        locally=("INVALID_ARGUMENT", "shapes are held against the signature before the graph runs"),
    ),
    GrpcCase(
        "shape that the graph refuses",
        SESSION,
        model(more='signature_name: "fixed"') + tensor("x", "DT_FLOAT", [1, 3], "float_val: [1, 2, 3]"),
        code="INVALID_ARGUMENT",
    ),
    GrpcCase(
        "inputs of different length",
        SESSION,
        model(more='signature_name: "pair"')
        + tensor("number", "DT_INT32", [2], "int_val: [1, 2]")
        + texts("a", "b", "c", name="text"),
        code="INVALID_ARGUMENT",
    ),
    GrpcCase(
        "request and answer larger than gRPC's default of 4 MiB",
        SIZE,
        echo("text") + texts("a" * 4_700_000),
        expect=Including({"outputs": {"y": ["a" * 4_700_000]}}),
        locally=("RESOURCE_EXHAUSTED", "a request may have 4 MiB"),
    ),
]
