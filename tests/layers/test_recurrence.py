"""One recurrent layer: the ways through its weights have the same numbers; dropout of the state."""

import numpy as np
import pytest
from keras import ops
from layer_checks import assert_close, numbers, random, randomize

from keras_s2s.layers import Recurrence


@pytest.mark.parametrize("layer_normalization", [False, True])
@pytest.mark.parametrize("cell", ["simple_rnn", "gru", "lstm"])
def test_steps_equal_the_whole_sequence(cell, layer_normalization):
    layer = Recurrence(5, cell, layer_normalization)
    layer.build((None, None, 4))
    randomize(layer)
    inputs, state = random(3, 6, 4), {name: random(3, 5, seed=7) for name in layer.state_names}
    outputs, final = layer(inputs, state)
    projected = layer.project(inputs)
    for time in range(6):
        state, _ = layer.step(projected[:, time], state)
        assert_close(outputs[:, time], state["hidden"])
    assert_close(final, state)


@pytest.mark.parametrize("layer_normalization", [False, True])
def test_blocks_of_the_input_add_up(layer_normalization):
    layer = Recurrence(3, layer_normalization=layer_normalization)
    layer.build((None, None, 7))
    randomize(layer)
    inputs = random(2, 7)
    assert_close(layer.project(inputs), layer.project(inputs[:, :4]) + layer.project(inputs[:, 4:], first_feature=4))


def counting(rate):
    """h_t = tanh(mask * h_{t-1} + 0.5): a unit that is dropped stays at tanh(0.5), all others rise."""
    layer = Recurrence(20, "simple_rnn", recurrent_dropout=rate)
    layer.build((None, None, 1))
    layer.rnn.cell.kernel.assign(np.zeros((1, 20)))
    layer.rnn.cell.recurrent_kernel.assign(np.eye(20))
    layer.rnn.cell.bias.assign(np.full(20, 0.5))
    return layer


def test_recurrent_dropout_drops_the_same_units_at_all_steps():
    outputs = numbers(counting(0.5)(ops.zeros((3, 6, 1)), training=True)[0])
    dropped = np.isclose(outputs, np.tanh(0.5))[:, 1:]  # the first state is 0: there is nothing to drop
    assert np.all(dropped == dropped[:, :1])
    assert 10 < dropped[:, 0].sum() < 50
    assert np.any(dropped[0, 0] != dropped[1, 0])  # each sequence has a mask of its own
    np.testing.assert_allclose(outputs[:, 1][~dropped[:, 0]], np.tanh(2 * np.tanh(0.5) + 0.5), rtol=1e-5)


def test_recurrent_dropout_in_training_alone():
    inputs = ops.zeros((3, 6, 1))
    layer = counting(0.5)
    assert_close(layer(inputs), counting(0.0)(inputs))
    first, second = (numbers(layer(inputs, training=True)[0]) for _ in range(2))
    assert np.any(first != second)


def test_padded_steps_leave_the_state_as_it_is():
    layer = randomize(counting(0.0))
    inputs, mask = random(1, 4, 1), ops.convert_to_tensor([[True, True, False, False]])
    for training, dropout in ((False, 0.0), (True, 1e-9)):  # Keras' own layer, and step by step
        layer.recurrent_dropout = dropout
        assert_close(layer(inputs, mask=mask, training=training)[1], layer(inputs[:, :2])[1])
