"""How answers are built, and what the graph itself refuses."""

import math

from tests.conformance.rest_case import RestCase, predict, refused

ROWS = "json_tensor.cc, MakeRowFormatJsonFromTensors"
COLUMNS = "json_tensor.cc, MakeColumnarFormatJsonFromTensors"
WRITE = "json_tensor.cc, WriteDecimal"
GRAPH = "predict_util.cc, RunPredict (the session's error); http_server.cc, ToHTTPStatusCode"
DOCUMENT = "RESTful API, Predict API, Response format"
INFINITE = float("inf")

CASES: list[RestCase] = [
    predict("one output stands without its name", DOCUMENT, {"instances": [2.0]}, expect={"predictions": [4.0]}),
    predict(
        "several outputs in rows",
        DOCUMENT,
        {"signature_name": "raw", "instances": ["ab"]},
        expect={"predictions": [{"copy_bytes": {"b64": "YWI="}, "length": 2}]},
    ),
    predict(
        "several outputs in columns",
        DOCUMENT,
        {"signature_name": "summary", "inputs": ["a", "b", "c"]},
        expect={"outputs": {"copy": ["a", "b", "c"], "rows": 3}},
    ),
    predict("whole numbers keep a point", WRITE, {"instances": [2, 4]}, text=r"\[\s*4\.0,\s*5\.0\s*\]"),
    predict(
        "whole numbers of integers have none",
        "json_tensor.cc, AddSingleValueAndAdvance",
        {"signature_name": "echo_int32", "instances": [4]},
        text=r"\[\s*4\s*\]",
    ),
    predict(
        "infinite and undefined numbers",
        WRITE,
        {"signature_name": "reciprocal", "instances": [0.0, -0.0, math.nan, 2.0]},
        expect={"predictions": [INFINITE, -INFINITE, math.nan, 0.5]},
        text=r"\[\s*Infinity,\s*-Infinity,\s*NaN,\s*0\.5\s*\]",
    ),
    predict(
        "outputs with different numbers of rows in columns",
        COLUMNS,
        {"signature_name": "uneven", "inputs": [1.0]},
        expect={"outputs": {"once": [1.0], "twice": [1.0, 1.0]}},
    ),
    refused(
        "outputs with different numbers of rows in rows",
        ROWS,
        {"signature_name": "uneven", "instances": [1.0]},
        "has inconsistent batch size",
    ),
    refused(
        "output without an axis in rows",
        ROWS,
        {"signature_name": "summary", "instances": ["a"]},
        "has no shape information",
    ),
    predict(
        "output of empty lists",
        ROWS,
        {"signature_name": "echo_float", "instances": [[], []]},
        expect={"predictions": [[], []]},
    ),
    refused("the graph refuses a row", GRAPH, {"signature_name": "parsed", "instances": ["1", "three"]}, "three"),
    refused("the graph refuses a column", GRAPH, {"signature_name": "parsed", "inputs": ["three"]}, "three"),
    predict(
        "the graph goes on after that",
        GRAPH,
        {"signature_name": "parsed", "instances": ["1", "2.5"]},
        first=("/v1/models/$shapes:predict", b'{"signature_name": "parsed", "instances": ["three"]}'),
        expect={"predictions": [1.0, 2.5]},
    ),
]
