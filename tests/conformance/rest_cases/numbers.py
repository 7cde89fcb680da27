"""Numbers and truth values: which JSON value may stand for which type, and how outputs are written."""

import math
from typing import Any

from tests.conformance.matchers import near
from tests.conformance.rest_case import RestCase, predict, refused

ADD = "json_tensor.cc, AddValueToTensor"
WRITE = "json_tensor.cc, WriteDecimal"
MIXED = "json_tensor_test.cc, MixedInputForFloatTensor"
PRECISION = "json_tensor_test.cc, FloatTensorWithPrecisionLoss"
TOO_LARGE = "json_tensor_test.cc, FloatTensorThatExceedsMaxReturnsInf"
TOO_SMALL = "json_tensor_test.cc, FloatTensorThatExceedsMinReturnsZero"
CONFORMANCE = "RESTful API, JSON conformance"
MAPPING = "RESTful API, JSON mapping"
SYNTAX = "json_tensor.cc, ParseJson (RapidJSON's numbers)"
INFINITE = float("inf")


def echo(name: str, origin: str, kind: str, literal: str, expected: Any) -> RestCase:
    """A number that comes back: written as it stands, and what it must be read as."""
    body = f'{{"signature_name": "echo_{kind}", "instances": [{literal}]}}'
    return predict(f"{kind} {name}", origin, body, expect={"predictions": [expected]})


def not_a(kind: str, name: str, literal: str, origin: str = ADD) -> RestCase:
    """A value of another type."""
    body = f'{{"signature_name": "echo_{kind}", "instances": [{literal}]}}'
    dtype = {"text": "string"}.get(kind, kind)
    return refused(f"{kind} given {name}", origin, body, f"is not of expected type: {dtype}")


def no_number(name: str, literal: str) -> RestCase:
    """A number that JSON does not know."""
    body = f'{{"signature_name": "echo_double", "instances": [{literal}]}}'
    return refused(f"number with {name}", SYNTAX, body, "JSON Parse error")


CASES: list[RestCase] = [
    echo("given a whole number", MIXED, "float", "3", 3.0),
    echo("with an exponent", MAPPING, "float", "25e-1", 2.5),
    echo("with a capital exponent", MAPPING, "float", "1E2", 100.0),
    echo("in its own digits", WRITE, "float", "0.2", 0.2),
    echo("that needs nine digits", WRITE, "float", "16777216", 16777216.0),
    echo("that is negative", MAPPING, "float", "-10.0", -10.0),
    echo("beyond its precision", PRECISION, "float", "16777217", 16777216.0),
    # It may be written with the digits that a float32 needs, which name another double.
    echo("of the document", "RESTful API, Floating Point Precision", "float", "1435774380", near(1435774336.0, 6e-8)),
    echo("beyond its range", TOO_LARGE, "float", "1e39", INFINITE),
    echo("beyond its range below", TOO_LARGE, "float", "-1e39", -INFINITE),
    echo("too small for it", TOO_SMALL, "float", "1e-60", 0.0),
    echo("not a number", CONFORMANCE, "float", "NaN", math.nan),
    echo("infinite", CONFORMANCE, "float", "Infinity", INFINITE),
    echo("infinite below", CONFORMANCE, "float", "-Infinity", -INFINITE),
    echo("infinite in short", "json_tensor.cc, ParseJson (kParseNanAndInfFlag)", "float", "-Inf", -INFINITE),
    echo("given a whole number", "json_tensor_test.cc, MixedInputForDoubleTensor", "double", "2", 2.0),
    echo("in full precision", WRITE, "double", "0.1234567890123456", 0.1234567890123456),
    echo("beyond float32", ADD, "double", "1e300", 1e300),
    echo("at its largest", ADD, "int32", "2147483647", 2147483647),
    echo("at its smallest", ADD, "int32", "-2147483648", -2147483648),
    echo("at its largest", ADD, "int64", "9223372036854775807", 9223372036854775807),
    echo("at its smallest", ADD, "int64", "-9223372036854775808", -9223372036854775808),
    echo("at its largest", ADD, "uint64", "18446744073709551615", 18446744073709551615),
    echo("true", MAPPING, "bool", "true", True),
    echo("false", MAPPING, "bool", "false", False),
    not_a("float", "a text", '"x"', "http_rest_api_handler_test.cc, PredictRequestErrors"),
    not_a("float", "a number in quotes", '"1.0"'),
    not_a("float", "a truth value", "true"),
    not_a("float", "null", "null"),
    not_a("float", "base64", '{"b64": "AAAA"}', "json_tensor.cc, FillTensorProto"),
    not_a("int32", "a fraction", "1.5"),
    not_a("int32", "a whole number with a point", "2.0"),
    not_a("int32", "a whole number with an exponent", "1e2"),
    not_a("int32", "too large a number", "2147483648"),
    not_a("int32", "NaN", "NaN"),
    not_a("int32", "a truth value", "true"),
    not_a("int32", "a text", '["a", "b"]', "json_tensor_test.cc, SingleUnnamedTensorErrors"),
    not_a("int64", "too large a number", "9223372036854775808"),
    not_a("uint64", "a negative number", "-1"),
    not_a("bool", "a number", "1"),
    not_a("bool", "a text", '"true"'),
    not_a("text", "a number", "5"),
    not_a("text", "a truth value", "false"),
    not_a("text", "null", "null"),
    no_number("more than double holds", "1e400"),
    no_number("a leading zero", "01"),
    no_number("a plus", "+1"),
    no_number("nothing after the point", "1."),
    no_number("nothing before the point", ".5"),
    no_number("hexadecimal digits", "0x10"),
    no_number("an underscore", "1_000"),
    refused("number with five thousand digits", SYNTAX, '{"instances": [' + "1" * 5000 + "]}", "JSON Parse error"),
    refused(
        "half precision in, by rows",
        "json_tensor.cc, FillTensorMapFromInstancesList (wraps every error as INVALID_ARGUMENT)",
        {"signature_name": "half_in", "instances": [1.0]},
        "",
    ),
    predict(
        "half precision in, by columns",
        ADD,
        {"signature_name": "half_in", "inputs": [1.0]},
        status=501,
        error="",
    ),
    refused(
        "half precision out",
        "json_tensor.cc, AddSingleValueAndAdvance",
        {"signature_name": "half_out", "instances": [1.0]},
        "Failed to write JSON value for tensor type",
    ),
]
