"""Strings: Unicode, bytes, base64."""

import base64
from typing import Any

from tests.conformance.rest_case import RestCase, predict, refused

ADD = "json_tensor.cc, AddValueToTensor"
PARSE = "json_tensor.cc, ParseJson (RapidJSON without encoding validation)"
DECODE = "json_tensor.cc, JsonDecodeBase64Object"
IS_OBJECT = "json_tensor.cc, IsValBase64Object"
WRITE = "json_tensor.cc, AddSingleValueAndAdvance and IsNamedTensorBytes"
SCALARS = "json_tensor_test.cc, SingleUnnamedTensorBase64Scalars"
LISTS = "json_tensor_test.cc, SingleUnnamedTensorBase64Lists"
DOCUMENT = "RESTful API, Encoding binary values"


def b64(data: bytes) -> dict[str, str]:
    """Bytes as REST writes them."""
    return {"b64": base64.b64encode(data).decode()}


def echo(instances: Any) -> dict:
    """A request for the same texts."""
    return {"signature_name": "echo_text", "instances": instances}


def same_bytes(name: str, origin: str, literal: str | bytes, data: bytes) -> RestCase:
    """A string whose bytes come back in base64."""
    literal = literal.encode() if isinstance(literal, str) else literal
    body = b'{"signature_name": "raw", "instances": [' + literal + b"]}"
    return predict(name, origin, body, expect={"predictions": [{"copy_bytes": b64(data), "length": len(data)}]})


CASES: list[RestCase] = [
    predict("text", ADD, echo(["a", ""]), expect={"predictions": ["a", ""]}),
    predict("text of several scripts", ADD, echo(["é 中 🎉"]), expect={"predictions": ["é 中 🎉"]}),
    predict(
        "text is answered in UTF-8, not escaped",
        "json_tensor.cc, AddSingleValueAndAdvance (RapidJSON's writer)",
        echo(["é 中 🎉"]),
        text="é 中 🎉",
    ),
    predict(
        "text with quotes, slashes, line ends", ADD, echo(['"\\/\n\t\x01']), expect={"predictions": ['"\\/\n\t\x01']}
    ),
    same_bytes("text in UTF-8 arrives byte by byte", ADD, '"é"', b"\xc3\xa9"),
    same_bytes("escaped letter", ADD, '"\\u00e9"', b"\xc3\xa9"),
    same_bytes("escaped surrogate pair", ADD, '"\\ud83c\\udf89"', "🎉".encode()),
    same_bytes("escaped zero in a text", "json_tensor.cc, AddValueToTensor (GetStringLength)", '"a\\u0000b"', b"a\0b"),
    same_bytes("bytes that are no UTF-8", PARSE, b'"a\xff\xfeb"', b"a\xff\xfeb"),
    same_bytes("UTF-8 that is cut off", PARSE, b'"\xe4\xb8"', b"\xe4\xb8"),
    same_bytes("base64", DOCUMENT, '{"b64": "aGVsbG8="}', b"hello"),
    same_bytes("base64 of nothing", DECODE, '{"b64": ""}', b""),
    same_bytes("base64 of any bytes", DECODE, '{"b64": "AP+Af/8="}', b"\x00\xff\x80\x7f\xff"),
    same_bytes(
        "base64 without padding",
        "json_tensor.cc, JsonDecodeBase64Object (absl::Base64Unescape)",
        '{"b64": "aGVsbG8"}',
        b"hello",
    ),
    same_bytes("base64 in a named input", DECODE, '{"x": {"b64": "aGVsbG8="}}', b"hello"),
    predict("base64 rows", SCALARS, echo([b64(b"hello"), b64(b"world")]), expect={"predictions": ["hello", "world"]}),
    predict(
        "base64 in lists",
        LISTS,
        echo([[b64(b"hello")], [b64(b"world")]]),
        expect={"predictions": [["hello"], ["world"]]},
    ),
    predict("base64 beside text", SCALARS, echo(["hello", b64(b"world")]), expect={"predictions": ["hello", "world"]}),
    predict(
        "base64 as a column",
        "json_tensor_test.cc, MultipleNamedTensorColumnarFormat",
        {"signature_name": "echo_text", "inputs": {"x": b64(b"hello")}},
        expect={"outputs": "hello"},
    ),
    predict(
        "base64 as an unnamed column",
        "json_tensor.cc, FillTensorMapFromInputsMap",
        {"signature_name": "echo_text", "inputs": b64(b"hello")},
        expect={"outputs": "hello"},
    ),
    predict(
        "bytes in columns",
        WRITE,
        {"signature_name": "raw", "inputs": ["a", b64(b"\xff")]},
        expect={"outputs": {"copy_bytes": [b64(b"a"), b64(b"\xff")], "length": [1, 1]}},
    ),
    refused("base64 with other letters", DECODE, echo([{"b64": "!!!!"}]), "Unable to base64 decode"),
    refused("base64 with one letter too many", DECODE, echo([{"b64": "aGVsb"}]), "Unable to base64 decode"),
    refused("base64 with wrong padding", DECODE, echo([{"b64": "aGVsbG8=="}]), "Unable to base64 decode"),
    refused("base64 with the letters for URLs", DECODE, echo([{"b64": "AP-Af_8="}]), "Unable to base64 decode"),
    refused("base64 that is a number", IS_OBJECT, echo([{"b64": 3}]), "does not have named input: b64"),
    refused("base64 with a second key", IS_OBJECT, echo([{"b64": "YQ==", "x": "a"}]), "does not have named input: b64"),
    refused(
        "base64 with a second key inside",
        DECODE,
        echo([{"x": {"b64": "YQ==", "y": 1}}]),
        "not formatted correctly for base64 data",
    ),
    refused(
        "base64 under another key", DECODE, echo([{"x": {"base64": "YQ=="}}]), "not formatted correctly for base64 data"
    ),
]
