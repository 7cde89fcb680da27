"""The same random weights in every run."""

import keras
import pytest


@pytest.fixture(autouse=True)
def seed():
    keras.utils.set_random_seed(1)


@pytest.fixture(autouse=True, scope="module")
def compiled_functions_are_forgotten():
    """JAX keeps all that it has compiled: gigabytes after some hundred tests."""
    yield
    if keras.backend.backend() == "jax":
        import jax

        jax.clear_caches()
