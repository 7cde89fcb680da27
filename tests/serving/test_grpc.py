"""gRPC with the official stubs: predictions, and the codes of what is refused."""

import numpy as np
import pytest

from tests.serving.grpc_toy import refused, request


def test_predict(predictions):
    import tensorflow as tf

    answer = predictions.Predict(request(text=["ab", "é ü"]), timeout=20)
    assert list(answer.outputs["translation"].string_val) == [b"AB", "É Ü".encode()]
    np.testing.assert_allclose(answer.outputs["score"].float_val, [-0.2, -0.3], rtol=1e-6)
    assert tf.make_ndarray(answer.outputs["score"]).shape == (2,)
    spec = answer.model_spec
    assert (spec.name, spec.version.value, spec.signature_name) == ("toy", 3, "serving_default")


@pytest.mark.parametrize("choice", [{"version": 3}, {"label": "stable"}])
def test_a_chosen_version(predictions, choice):
    answer = predictions.Predict(request("explain", text=["ab", ""], **choice), timeout=20)
    assert [size.size for size in answer.outputs["attention"].tensor_shape.dim] == [2, 2, 2]
    assert answer.model_spec.version.value == 3


def test_only_the_outputs_asked_for(predictions):
    answer = predictions.Predict(request(outputs=["score"], text=["a"]), timeout=20)
    assert list(answer.outputs) == ["score"]


def test_numbers(predictions):
    inputs = {"ids": np.array([[1, -2]], np.int32), "factor": np.array([0.5], np.float32), "negate": np.array([True])}
    answer = predictions.Predict(request("numbers", **inputs), timeout=20)
    assert list(answer.outputs["product"].float_val) == [-0.5, 1.0]


def test_bytes_travel_as_they_are(predictions):
    answer = predictions.Predict(request("raw", text=[b"\xff\x00"]), timeout=20)
    assert answer.outputs["text_bytes"].string_val[0] == b"\xff\x00"
    assert answer.outputs["length"].int_val[0] == 2


def test_types_that_json_lacks(predictions):
    answer = predictions.Predict(request("half", half=np.array([1.5], np.float16)), timeout=20)
    import tensorflow as tf

    assert list(answer.outputs["same"].half_val) == [0x3E00]
    np.testing.assert_array_equal(tf.make_ndarray(answer.outputs["same"]), np.array([1.5], np.float16))


@pytest.mark.parametrize(
    "message, code, details",
    [
        ({"model": "tyo", "text": ["a"]}, "NOT_FOUND", "Servable not found for request: Latest(tyo)"),
        ({"version": 9, "text": ["a"]}, "NOT_FOUND", "Specific(toy, 9)"),
        ({"label": "canary", "text": ["a"]}, "INVALID_ARGUMENT", "Unrecognized servable version label: canary"),
        ({"model": "n" * 100_000, "text": ["a"]}, "NOT_FOUND", f"Latest({'n' * 77}...)"),
        ({"label": "l" * 100_000, "text": ["a"]}, "INVALID_ARGUMENT", f"version label: {'l' * 77}..."),
        ({"model": "n" * 60_000, "label": "l" * 60_000, "text": ["a"]}, "INVALID_ARGUMENT", "version label: lll"),
        ({"model": "", "text": ["a"]}, "INVALID_ARGUMENT", "no name specified"),
        ({"signature": "nbest", "text": ["a"]}, "FAILED_PRECONDITION", 'Serving signature key "nbest" not found.'),
        ({}, "INVALID_ARGUMENT", "Missing but required: {text}"),
        ({"text": ["a"], "more": ["b"]}, "INVALID_ARGUMENT", "Sent extra: {more}"),
        ({"more": ["b"]}, "INVALID_ARGUMENT", "'text' not found in request"),
        ({"text": [1.0]}, "INVALID_ARGUMENT", "type float32, expected string[?]"),
        ({"text": [["a"]]}, "INVALID_ARGUMENT", "shape [1,1]"),
        ({"text": ["a"] * 17}, "INVALID_ARGUMENT", "17 rows in one request, at most 16"),
        ({"text": ["a" * 10_001]}, "INVALID_ARGUMENT", "a text of 10001 bytes"),
        ({"outputs": ["nothing"], "text": ["a"]}, "INVALID_ARGUMENT", "output tensor alias not found"),
        ({"outputs": ["score", "score"], "text": ["a"]}, "INVALID_ARGUMENT", "duplicate output tensor alias"),
        ({"signature": "picky", "text": ["three"]}, "INVALID_ARGUMENT", "three"),
    ],
)
def test_what_is_refused(predictions, message, code, details):
    found, said = refused(predictions.Predict, request(**message))
    assert (found, details in said) == (code, True), said
