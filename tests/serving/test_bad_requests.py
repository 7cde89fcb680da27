"""Whatever a client sends, the answer is a clear error with TensorFlow Serving's status, never a 500."""

import json
import string

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

TEXT, FLOAT, INT, BOOL = '"x"', "1.5", "1", "true"


def numbers(ids="[1, 2]", factor="1.0", negate="false"):
    row = f'{{"ids": {ids}, "factor": {factor}, "negate": {negate}}}'
    return f'{{"signature_name": "numbers", "instances": [{row}]}}'


BAD = {
    "no body": (b"", "JSON Parse error"),
    "no JSON": ("{instances: [1]}", "JSON Parse error"),
    "cut off": ('{"instances": ["a"', "JSON Parse error"),
    "nested too deeply": ("[" * 9000, "JSON Parse error"),
    "values nested too deeply": ('{"instances": ' + "[" * 900 + "]" * 900 + "}", "nested too deeply"),
    "a list": ('["a"]', "Is not object"),
    "null": ("null", "Is not object"),
    "neither key": ('{"text": ["a"]}', "Missing 'inputs' or 'instances' key"),
    "both keys": ('{"instances": ["a"], "inputs": ["a"]}', "only one of 'inputs' or 'instances'"),
    "instances is text": ('{"instances": "a"}', "Expecting 'instances' to be an list/array"),
    "instances is null": ('{"instances": null}', "Expecting 'instances' to be an list/array"),
    "no rows": ('{"instances": []}', "No values in 'instances' array"),
    "inputs is null": ('{"inputs": null}', "shape []"),
    "inputs is one text": ('{"inputs": {"text": "a"}}', "has shape [], expected string[?]"),
    "inputs is an empty object": ('{"inputs": {}}', "Missing named input: text in 'inputs' object"),
    "signature is a number": (
        '{"signature_name": 3, "instances": ["a"]}',
        "'signature_name' key must be a string value",
    ),
    "unknown signature": (
        '{"signature_name": "nbest", "instances": ["a"]}',
        'Serving signature name: "nbest" not found in signature def',
    ),
    "a number for a text": ('{"instances": [3]}', "is not of expected type: string"),
    "a number after a text": ('{"instances": ["a", 3]}', "is not of expected type: string"),
    "null for a text": ('{"instances": [null]}', "is not of expected type: string"),
    "a list for a text": ('{"instances": [["a"], ["b"]]}', "has shape [2,1]"),
    "ragged: list after value": ('{"instances": ["a", ["b"]]}', "a list stands where a single string"),
    "objects and values": (
        '{"instances": [{"text": "a"}, "b"]}',
        "Expecting object but got list at item 1",
    ),
    "values and objects": (
        '{"instances": ["b", {"text": "a"}]}',
        "Expecting value/list but got object at item 1",
    ),
    "wrong key": (
        '{"instances": [{"txt": "a"}]}',
        "does not have named input: txt (row 0)",
    ),
    "extra key": ('{"instances": [{"text": "a", "more": 1}]}', "does not have named input: more"),
    "missing key in a later row": (
        '{"signature_name": "score", "instances": [{"source": "a", "target": "b"}, {"source": "a"}]}',
        "(row 1): keys must be equal to: source,target",
    ),
    "plain values for two inputs": (
        '{"signature_name": "score", "instances": ["a"]}',
        "expecting list of objects as multiple input tensors required: the signature takes source, target",
    ),
    "plain column for two inputs": (
        '{"signature_name": "score", "inputs": ["a"]}',
        "expecting an object as multiple input tensors required",
    ),
    "columns of different length": (
        '{"signature_name": "score", "inputs": {"source": ["a"], "target": ["b", "c"]}}',
        "source 1, target 2",
    ),
    "base64 that is none": ('{"instances": [{"b64": "!!!"}]}', "Unable to base64 decode"),
    "base64 of a wrong length": ('{"instances": [{"b64": "A"}]}', "Unable to base64 decode"),
    "base64 that is a number": ('{"instances": [{"b64": 3}]}', "does not have named input: b64"),
    "half a surrogate pair": ('{"instances": ["\\ud83d"]}', "half a surrogate pair"),
    "too many rows": (json.dumps({"instances": ["a"] * 17}), "17 rows in one request, at most 16"),
    "too many rows of objects": (json.dumps({"instances": [{"text": "a"}] * 17}), "17 rows"),
    "too many rows in a column": (json.dumps({"inputs": ["a"] * 17}), "17 rows"),
    "text for a number": (numbers(factor=TEXT), "is not of expected type: float"),
    "truth value for a number": (numbers(factor=BOOL), "is not of expected type: float"),
    "object for a number": (numbers(factor='{"b64": "AA=="}'), "is not of expected type: float"),
    "fraction for a whole number": (numbers(ids="[1, 2.0]"), "is not of expected type: int32"),
    "too large for int32": (numbers(ids="[1, 2147483648]"), "is not of expected type: int32"),
    "too large for any number": (numbers(factor="1e400"), "Number too big to be stored in double"),
    "too long a text": (json.dumps({"instances": ["a" * 10_001]}), "a text of 10001 bytes in 'text', at most 10000"),
    "base64 in the alphabet for URLs": ('{"instances": [{"b64": "-_8="}]}', "Unable to base64 decode"),
    "a number of 5000 digits": (numbers(factor="1" * 5000), "JSON Parse error"),
    "number for a truth value": (numbers(negate=INT), "is not of expected type: bool"),
    "too long a list": (numbers(ids="[1, 2, 3]"), "has shape [1,3], expected int32[?,2]"),
    "too flat a list": (numbers(ids="1"), "has shape [1], expected int32[?,2]"),
    "values the graph refuses": ('{"signature_name": "picky", "instances": ["three"]}', "three"),
    "a signature that takes nothing": (
        '{"signature_name": "__saved_model_init_op", "inputs": {}}',
        "not found",
    ),
}


@pytest.mark.parametrize("body, message", BAD.values(), ids=BAD.keys())
def test_bad_body(predict, body, message):
    status, answer = predict(body)
    assert status == 400
    assert list(answer) == ["error"]
    assert message in answer["error"]
    assert len(answer["error"]) < 600


def test_ragged_rows_say_so(predict):
    body = {
        "signature_name": "numbers",
        "instances": [{"ids": ids, "factor": 1, "negate": True} for ids in ([1, 2], [3])],
    }
    status, answer = predict(body)
    assert (status, "a list of 1 stands where a list of 2" in answer["error"]) == (400, True)


def test_unknown_model(predict, client):
    status, answer = predict({"instances": ["a"]}, model="tyo")
    assert status == 404
    assert "Servable not found for request: Latest(tyo)" in answer["error"]
    assert "toy" in answer["error"]
    response = client.post("/v1/models/toy/versions/4:predict", json={"instances": ["a"]})
    assert response.status_code == 404
    assert "Specific(toy, 4)" in response.json()["error"]


def test_too_large_a_body(client, predict):
    text = json.dumps({"instances": ["a" * 30_000]})
    response = client.post("/v1/models/toy:predict", content=text)
    assert (response.status_code, "larger than 20000 bytes" in response.json()["error"]) == (413, True)
    pieces = (text[i : i + 500].encode() for i in range(0, len(text), 500))  # no Content-Length
    assert client.post("/v1/models/toy:predict", content=pieces).status_code == 413
    assert predict({"instances": ["a" * 9_000, "b" * 10_000]})[0] == 200


@pytest.mark.parametrize(
    "method, path, status",
    [
        ("GET", "/v1/models/toy:predict", 400),
        ("POST", "/v1/models/toy", 400),
        ("POST", "/v1/models/toy:translate", 400),
        ("PUT", "/v1/models/toy:predict", 400),
        ("DELETE", "/v1/models/toy", 400),
        ("GET", "/v1/models", 400),
        ("GET", "/v1/models/toy/versions/x", 400),
        ("GET", "/v1/models/toy/versions/" + "9" * 30, 400),
        ("GET", "/v1/models/toy/metadata/more", 400),
        ("POST", "/v1/models/toy:classify", 400),
        ("GET", "/", 404),
        ("GET", "/favicon.ico", 404),
        ("GET", "/v1/models/%FF%00:predict", 400),
    ],
)
def test_other_paths_and_methods(client, method, path, status):
    response = client.request(method, path)
    assert response.status_code == status
    assert "error" in response.json()


def test_what_the_server_did_wrong_is_500_without_a_traceback(app, client, monkeypatch):
    monkeypatch.setattr(app.app.predictor, "predict", lambda *_: 1 / 0)
    response = client.post("/v1/models/toy:predict", json={"instances": ["a"]})
    assert response.status_code == 500
    assert "division" not in response.text


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.floats()
    | st.integers()
    | st.text(string.printable, max_size=4)
    | st.sampled_from([{"b64": "YQ=="}, "instances", "inputs"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["text", "source", "target", "ids", "factor", "negate", "b64"]), inner, max_size=3
        )
    ),
    max_leaves=8,
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    signature=st.sampled_from(["serving_default", "explain", "score", "numbers", "raw"]),
    key=st.sampled_from(["instances", "inputs"]),
    content=json_values,
)
def test_no_json_value_makes_the_server_fail(predict, signature, key, content):
    status, answer = predict(json.dumps({"signature_name": signature, key: content}))
    assert status in (200, 400)
    assert len(answer) == 1
