"""Traces as files, and the schema that they follow."""

import copy
import json
import os
import subprocess
import sys

import jsonschema
import numpy as np
import pytest

from keras_s2s.errors import UserError
from keras_s2s.trace import Trace
from keras_s2s.trace_json import from_json_types, to_json_types

TEXT = "the cat"


@pytest.fixture(scope="module", params=["tiny", "pieces", "without_attention"])
def trace(request):
    return request.getfixturevalue(request.param).trace("abba the cat", beam_size=3)


@pytest.fixture(scope="module")
def described(tiny):
    """A trace as JSON types."""
    return tiny.trace(TEXT, beam_size=2).to_dict()


def test_a_file_and_back(trace, validator, tmp_path):
    trace.save(tmp_path / "deep" / "trace.json")
    text = (tmp_path / "deep" / "trace.json").read_text("utf-8")
    assert text == trace.to_json() + "\n"
    validator.validate(json.loads(text))
    again = Trace.load(tmp_path / "deep" / "trace.json")
    assert again.to_dict() == trace.to_dict() == json.loads(text)
    assert again.encoder_states["values"].dtype == np.float32
    np.testing.assert_allclose(again.encoder_states["forward"], trace.encoder_states["forward"], rtol=5e-6)
    for one, other in zip(trace.steps, again.steps, strict=True):
        np.testing.assert_allclose(other.attention_vector, one.attention_vector, rtol=5e-6)
        assert (other.token, other.gates is None) == (one.token, one.gates is None)
    assert repr(again) == repr(trace)


def test_the_matrix_of_all_steps(tiny, without_attention, eager):
    trace = tiny.trace(TEXT)
    np.testing.assert_allclose(trace.weights, eager(tiny)(TEXT).attention, atol=1e-5)
    assert trace.weights.dtype == np.float32
    assert tiny.trace("").weights.shape == (0, 1)
    assert without_attention.trace("abba").weights is None


def test_six_digits():
    values = np.array([1 / 3, 123456.789, 1.23456789e-12, -2.0, 0.1], "float32")
    assert to_json_types({"a": [values]}) == {"a": [[0.333333, 123457.0, 1.23457e-12, -2.0, 0.1]]}
    found = from_json_types(to_json_types(values))
    assert found.dtype == np.float32 and to_json_types(found) == to_json_types(values)


@pytest.mark.parametrize("broken", [float("nan"), float("inf")])
def test_broken_weights_are_told(broken):
    with pytest.raises(UserError, match=f"computed {broken}"):
        to_json_types([np.array([1.0, broken])])


def removed(*path):
    def change(trace):
        for name in path[:-1]:
            trace = trace[name]
        del trace[path[-1]]
    return change


def replaced(value, *path):
    def change(trace):
        for name in path[:-1]:
            trace = trace[name]
        trace[path[-1]] = value
    return change


BROKEN = {
    "another version": replaced(2, "schema_version"), "another kind": replaced("smell", "kind"),
    "no model": removed("model"), "a field too many": replaced(1, "more"), "no steps": removed("steps"),
    "null steps": replaced(None, "steps"), "no scores": removed("steps", 0, "scores"),
    "a step's field too many": replaced(1, "steps", 0, "more"), "a bool": replaced(True, "steps", 0, "overridden"),
    "nothing overridden": replaced([], "steps", 0, "overridden"),
    "a strange override": replaced(["mood"], "steps", 0, "overridden"),
    "a negative weight": replaced(-0.1, "steps", 0, "weights", 0),
    "text for a number": replaced("1", "steps", 0, "query", 0), "a gate above 1": replaced(
        1.5, "steps", 0, "gates", 0, "update", 0),
    "an unknown gate": replaced([], "steps", 0, "gates", 0, "swing"), "a gate missing": removed(
        "steps", 0, "gates", 0, "reset"),
    "a probability above 1": replaced(2, "steps", 0, "top_k", 0, "probability"), "no alternatives": replaced(
        [], "steps", 0, "top_k"),
    "no hidden state": removed("initial_state", 0, "hidden"), "no layers": replaced([], "initial_state"),
    "a vector for a matrix": replaced([1.0], "source_embeddings"), "values missing": removed(
        "encoder_states", "values"),
    "a number for a token": replaced(3, "target_tokens", 0), "no source token": replaced([], "source", "tokens"),
    "half a span": replaced([[1.0]], "source", "frames"), "outside of the picture": replaced(
        [[0, 0, 1, 2]], "source", "grid"),
    "a slot below 0": replaced(-1, "beam", 0, "slot"), "a parent of -1": replaced(-1, "beam", 0, "parent"),
    "a node's field too many": replaced(1, "beam", 0, "more"), "an attend order": replaced("during", "attend_order")}


@pytest.mark.parametrize("how", BROKEN)
def test_the_schema_refuses(described, validator, how):
    validator.validate(described)
    broken = copy.deepcopy(described)
    BROKEN[how](broken)
    with pytest.raises(jsonschema.ValidationError):
        validator.validate(broken)


def test_every_field_is_described(validator):
    """Also in the definitions: whoever reads the schema learns the shape of everything."""
    def objects(part):
        if isinstance(part, dict):
            if "properties" in part:
                yield part["properties"]
            for inner in part.values():
                yield from objects(inner)

    found = list(objects(validator.schema))
    assert len(found) > 6
    plain = {"token", "probability"}
    assert not [name for properties in found for name, field in properties.items()
                if "description" not in field and name not in plain]


@pytest.mark.parametrize("content, message", [
    ("", "cannot be read"), ("[]", "cannot be read"), ("{}", "cannot be read"), ('{"schema_version": 7}', "version 7"),
    ('{"schema_version": 1, "model": "m"}', "cannot be read"), ("[" * 100_000, "RecursionError")])
def test_what_is_no_trace(tmp_path, content, message):
    (tmp_path / "trace.json").write_text(content)
    with pytest.raises(UserError, match=message):
        Trace.load(tmp_path / "trace.json")
    with pytest.raises(UserError, match="cannot be read"):
        Trace.load(tmp_path / "missing.json")


@pytest.mark.parametrize("how, message", [
    (replaced({"text": 5}, "source"), "source has a text that is a int"), (replaced(None, "model"), "it has a model"),
    (replaced("x", "steps", 0, "weights"), "step 0 has a weights that is a str"), (replaced({}, "source"), "'text'"),
    (replaced([1, 2], "source", "tokens"), "tokens that is a ndarray"), (removed("steps", 0), "steps"),
    (replaced(3, "target_tokens", 1), "target_tokens are strings"), (replaced("x", "beam"), "it has a beam"),
    (replaced([0.5, 0.5], "steps", 1, "weights"), r"step 1 has weights of the shape \(2,\)"),
    (removed("source", "tokens", 0), "7 source tokens and 8"), (replaced(None, "steps", 0, "weights"), "shape None")])
def test_a_trace_with_other_fields_is_none(described, tmp_path, how, message):
    broken = copy.deepcopy(described)
    how(broken)
    (tmp_path / "trace.json").write_text(json.dumps(broken))
    with pytest.raises(UserError, match=f"(?s)cannot be read.*{message}"):
        Trace.load(tmp_path / "trace.json")


def test_a_trace_that_does_not_tell_what_was_cut(described, tmp_path):
    """As they were written before that was told."""
    older = copy.deepcopy(described)
    del older["source"]["truncated"]
    (tmp_path / "trace.json").write_text(json.dumps(older))
    assert "<seq2seq-mechanics" in Trace.load(tmp_path / "trace.json").to_html()


def test_a_trace_is_read_without_tensorflow(described, tmp_path):
    (tmp_path / "trace.json").write_text(json.dumps(described))
    code = ("import sys; from keras_s2s import Trace; print(Trace.load(sys.argv[1])); "
            "assert not {'tensorflow', 'keras'} & set(sys.modules)")
    ended = subprocess.run([sys.executable, "-c", code, tmp_path / "trace.json"], capture_output=True, text=True,
                           env=os.environ)
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.startswith("Trace('tiny', 8 source positions")
