"""The best few of many, against the plain top-k of NumPy."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from keras import ops
from keras.config import backend

from keras_s2s.search.backend import largest
from keras_s2s.search.best_choices import best_choices
from keras_s2s.search.constraints import BLOCKED


def expected(choices, number):
    """By falling value, equal ones in order, without padding and start."""
    allowed = np.delete(np.arange(choices.shape[1]), [0, 2])
    return np.stack([allowed[np.argsort(-row[allowed], kind="stable")][:number] for row in choices])


def assert_best(choices, number):
    values, ids = map(ops.convert_to_numpy, best_choices(ops.convert_to_tensor(choices), number))
    np.testing.assert_array_equal(ids, expected(choices, number))
    np.testing.assert_array_equal(values, np.take_along_axis(choices, ids.astype("int64"), 1))


@pytest.mark.parametrize("number", [1, 5, 7, 30])
@pytest.mark.parametrize("vocabulary", [30 + 3, 1000, 1024, 5921])
def test_equals_a_sort(vocabulary, number):
    chance = np.random.default_rng(vocabulary)
    assert_best(chance.normal(0, 3, (5, vocabulary)).astype("float32"), number)
    # Many equal values, and all equal.
    assert_best(chance.integers(0, 6, (5, vocabulary)).astype("float32"), number)
    assert_best(np.full((2, vocabulary), -7.0, "float32"), number)


@settings(deadline=None, max_examples=60)
@given(vocabulary=st.integers(900, 1100), number=st.integers(1, 6), seed=st.integers(0, 999), most=st.integers(1, 300))
def test_equals_a_sort_for_every_width(vocabulary, number, seed, most):
    """Widths that 32 divides or not, and fewer equal values or more."""
    assert_best(np.random.default_rng(seed).integers(0, most, (2, vocabulary)).astype("float32"), number)


@pytest.mark.parametrize("vocabulary", [8, 1000, 5921])
def test_padding_and_start_are_never_among_them(vocabulary):
    choices = np.zeros((2, vocabulary), "float32")
    choices[:, [0, 2]] = 90.0
    choices[1, vocabulary - 1] = 5.0
    assert_best(choices, 4)
    assert ops.convert_to_numpy(best_choices(ops.convert_to_tensor(choices), 1)[1]).tolist() == [[1], [vocabulary - 1]]


def test_the_last_and_the_first_token_of_a_wide_vocabulary():
    for vocabulary in (993, 1000, 5921):
        choices = np.full((2, vocabulary), BLOCKED, "float32")
        choices[:, [1, -1]] = [[1.0, 2.0], [2.0, 1.0]]
        ids = ops.convert_to_numpy(best_choices(ops.convert_to_tensor(choices), 2)[1])
        assert ids.tolist() == [[vocabulary - 1, 1], [1, vocabulary - 1]]


def test_of_a_small_vocabulary_all():
    """Padding and start come last, with values that say that they may not be written."""
    choices = np.array([[9.0, 1.0, 8.0, 2.0, 3.0]], "float32")
    values, ids = map(ops.convert_to_numpy, best_choices(ops.convert_to_tensor(choices), 8))
    assert ids.tolist() == [[4, 3, 1, 0, 2]]
    assert values[0, :3].tolist() == [3.0, 2.0, 1.0]
    assert np.all(values[0, 3:] < BLOCKED / 2)


@pytest.mark.skipif(backend() != "tensorflow", reason="elsewhere sizes are known when a search begins")
@pytest.mark.parametrize("vocabulary", [8, 1000])
def test_a_number_that_only_the_graph_knows(vocabulary):
    import tensorflow as tf

    choices = np.random.default_rng(0).integers(0, 9, (3, vocabulary)).astype("float32")
    signature = [tf.TensorSpec([None, vocabulary]), tf.TensorSpec([], tf.int32)]
    function = tf.function(best_choices, input_signature=signature)
    for number in (1, 5):
        np.testing.assert_array_equal(function(choices, number)[1], expected(choices, number))
    assert function(choices, 20)[1].shape == (3, min(20, vocabulary))


def test_the_largest_with_equal_ones_in_order():
    values = np.random.default_rng(0).integers(0, 4, (6, 300)).astype("float32")
    found, places = map(ops.convert_to_numpy, largest(ops.convert_to_tensor(values), 40))
    np.testing.assert_array_equal(places, np.argsort(-values, axis=1, kind="stable")[:, :40])
    np.testing.assert_array_equal(found, np.take_along_axis(values, places.astype("int64"), 1))
