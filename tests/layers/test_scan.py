"""The loop over time: several inputs, of known length and unknown."""

import keras
import numpy as np
import pytest
from keras import ops

from keras_s2s.layers.scan import scan

FIRST = np.arange(12, dtype="float32").reshape(3, 2, 2)  # (time, batch, features)
SECOND = np.array([[[1], [0]], [[0], [1]], [[1], [1]]], "float32")


def sums(first, second):
    """Running sums of the first input, in the rows and at the steps that the second says."""
    return scan(lambda state, now: {"sum": state["sum"] + now["parts"]["first"] * now["second"]},
                {"sum": ops.zeros((2, 2))}, {"parts": {"first": first}, "second": second})


def check(last, states):
    expected = np.cumsum(FIRST * SECOND, axis=0)
    np.testing.assert_array_equal(ops.convert_to_numpy(states["sum"]), expected)
    np.testing.assert_array_equal(ops.convert_to_numpy(last["sum"]), expected[-1])


def test_several_inputs():
    check(*sums(FIRST, SECOND))


@pytest.mark.skipif(keras.backend.backend() != "tensorflow", reason="only TensorFlow has shapes that are not known")
def test_unknown_length():
    import tensorflow as tf

    specs = [tf.TensorSpec([None, 2, 2], tf.float32), tf.TensorSpec([None, 2, 1], tf.float32)]
    check(*tf.function(sums, input_signature=specs)(FIRST, SECOND))
