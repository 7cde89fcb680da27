"""The tests of the layers, the model and the searches under every backend of Keras but this process's own."""

import re

import pytest

pytestmark = pytest.mark.backends

BACKENDS = pytest.mark.parametrize("backend", ["jax", "torch"])
# What every model is made of; whole models are fitted in test_fit_losses.py.
PARTS = [f"tests/layers/test_{name}.py" for name in ("cells", "scores", "recurrence", "bridges", "scan")]


def passed(run_under, backend, *paths):
    """How many tests pass under a backend; none may fail."""
    printed = run_under(backend, "-m", "pytest", "-q", "-p", "no:cacheprovider", *paths)
    return int(re.search(r"(\d+) passed", printed)[1])


@BACKENDS
def test_the_parts(run_under, backend):
    assert passed(run_under, backend, *PARTS) > 40


@pytest.mark.slow
@BACKENDS
def test_everything(run_under, backend):
    assert passed(run_under, backend, "tests/layers", "tests/test_model.py", "tests/search") > 300
