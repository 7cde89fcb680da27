import json

import jsonschema
import pytest

from keras_s2s.trace import SCHEMA_PATH


@pytest.fixture(scope="session")
def validator():
    """Checks dicts against the schema of traces."""
    schema = json.loads(SCHEMA_PATH.read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


@pytest.fixture
def eager(monkeypatch):
    """`eager(translator)`, whose calls decode step by step: for a call or two, that is quicker than a graph."""
    def change(translator):
        monkeypatch.setattr("keras_s2s.graph_functions._traced", lambda function, given: function)
        monkeypatch.setattr(translator._functions, "_traced", {})
        return translator

    return change
