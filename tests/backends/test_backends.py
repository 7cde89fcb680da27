"""The tests of the layers, the model and the searches under every backend of Keras but this process's own."""

import re

import pytest

pytestmark = pytest.mark.backends


@pytest.mark.parametrize("backend", ["jax", "torch"])
def test_the_same_tests_pass(run_under, backend):
    printed = run_under(backend, "-m", "pytest", "-q", "-p", "no:cacheprovider",
                        "tests/layers", "tests/test_model.py", "tests/search")
    assert int(re.search(r"(\d+) passed", printed)[1]) > 300
