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
