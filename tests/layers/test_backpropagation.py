"""The gradient that is written out, against TensorFlow's own of Keras' layers and of a loop of steps."""

import keras
import numpy as np
import pytest
from layer_checks import assert_close, random, randomize

from keras_s2s.layers import Recurrence, recurrence

pytestmark = pytest.mark.skipif(keras.backend.backend() != "tensorflow", reason="for TensorFlow alone")
MASK = np.array([[1, 1, 1, 1, 1], [1, 1, 0, 0, 0], [1, 1, 1, 1, 0]], bool)


def results_and_gradients(layer, mask, training=False):
    import tensorflow as tf

    inputs = tf.constant(random(3, 5, 4, seed=1))
    state = {name: tf.constant(random(3, 6, seed=2)) for name in layer.state_names}

    @tf.function
    def run():
        with tf.GradientTape() as tape:
            tape.watch([inputs, state])
            outputs, final = layer(inputs, state, mask=mask, training=training)
            loss = tf.reduce_sum(outputs * random(3, 5, 6, seed=3))
            loss += sum(tf.reduce_sum(value * random(3, 6, seed=4)) for value in final.values())
        return outputs, final, tape.gradient(loss, [inputs, state, *layer.trainable_weights])

    return run()


@pytest.mark.parametrize("mask", [None, MASK], ids=["whole", "padded"])
@pytest.mark.parametrize("cell", ["simple_rnn", "gru", "lstm"])
def test_as_the_fused_layer(cell, mask, monkeypatch):
    layer = Recurrence(6, cell)
    layer.build((None, None, 4))
    randomize(layer)
    mask = None if mask is None else keras.ops.convert_to_tensor(mask)
    ours = results_and_gradients(layer, mask)
    monkeypatch.setattr(recurrence, "_backpropagation", lambda: None)
    assert_close(results_and_gradients(layer, mask), ours)


@pytest.mark.parametrize("cell", ["simple_rnn", "gru", "lstm"])
def test_recurrent_dropout_as_step_by_step(cell, monkeypatch):
    layer = Recurrence(6, cell, recurrent_dropout=0.5)
    layer.build((None, None, 4))
    randomize(layer)
    drawn = keras.ops.convert_to_tensor(2.0 * (np.asarray(random(3, 6, seed=5)) > 0), "float32")
    monkeypatch.setattr(layer, "draw_recurrent_mask", lambda *_: drawn)
    ours = results_and_gradients(layer, keras.ops.convert_to_tensor(MASK), training=True)
    monkeypatch.setattr(recurrence, "_backpropagation", lambda: None)
    assert_close(results_and_gradients(layer, keras.ops.convert_to_tensor(MASK), training=True), ours)


def test_is_left_to_keras_where_there_is_a_gpu(monkeypatch):
    import tensorflow as tf

    assert recurrence._backpropagation() is not None
    monkeypatch.setattr(tf.config, "list_logical_devices", lambda kind: ["a GPU"])
    assert recurrence._backpropagation() is None
