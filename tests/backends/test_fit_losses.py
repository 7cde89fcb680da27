"""The same weights and data give the same losses and the same answers under every backend."""

import json
import math
from pathlib import Path

import numpy as np
import pytest

pytestmark = pytest.mark.backends

SCRIPT = Path(__file__).with_name("fit_losses.py")
BACKENDS = ["tensorflow", "jax", "torch"]


@pytest.fixture(scope="module")
def results(run_under, tmp_path_factory):
    """`results(backend)`: what the script wrote under it. TensorFlow comes first and writes the weights."""
    directory = tmp_path_factory.mktemp("fits")

    def read(backend):
        file = directory / f"{backend}.json"
        if backend != "tensorflow":
            read("tensorflow")
        if not file.exists():
            run_under(backend, SCRIPT, directory)
        return json.loads(file.read_text())

    return read


@pytest.mark.parametrize("backend", BACKENDS[1:])
def test_losses_equal_those_of_tensorflow(results, backend):
    expected, found = results("tensorflow")["losses"], results(backend)["losses"]
    for name in expected:
        assert len(expected[name]) == 5
        np.testing.assert_allclose(found[name], expected[name], atol=1e-4, rtol=0, err_msg=name)


@pytest.mark.parametrize("backend", BACKENDS[1:])
def test_generated_ids_equal_those_of_tensorflow(results, backend):
    assert results(backend)["ids"] == results("tensorflow")["ids"]


@pytest.mark.parametrize("backend", BACKENDS)
def test_dropout_everywhere(results, backend):
    for name, losses in results(backend)["dropout"].items():
        assert len(losses) == 5, name
        assert all(map(math.isfinite, losses)), name
