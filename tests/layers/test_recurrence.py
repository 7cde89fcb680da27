"""One recurrent layer: Keras' own numbers, and the single step's."""

import numpy as np
import pytest
from keras import ops

from keras_s2s.layers import Recurrence


def _sigmoid(x):
    return 1 / (1 + np.exp(-x))


@pytest.mark.parametrize("cell", ["gru", "lstm"])
def test_steps_equal_the_fused_call(cell):
    layer = Recurrence(5, cell)
    inputs = np.random.default_rng(0).normal(size=(3, 6, 4)).astype("float32")
    outputs, final = layer(inputs)
    state = layer.initial_state(3)
    projected = layer.project(inputs)
    for time in range(6):
        state, _ = layer.step(projected[:, time], state)
        np.testing.assert_allclose(outputs[:, time], state["hidden"], atol=1e-6)
    for name in layer.state_names:
        np.testing.assert_allclose(final[name], state[name], atol=1e-6)


def test_gru_step_by_hand():
    layer = Recurrence(1)
    layer.build((None, None, 1))
    layer.rnn.cell.kernel.assign([[1.0, 2.0, 3.0]])  # update, reset, candidate
    layer.rnn.cell.recurrent_kernel.assign([[0.5, -1.0, 2.0]])
    layer.rnn.cell.bias.assign([[0.1, 0.2, 0.3], [0.0, 0.0, 0.4]])
    state, gates = layer.step(layer.project(np.array([[1.0]], "float32")), {"hidden": ops.convert_to_tensor([[0.5]])})
    update = _sigmoid(1.0 + 0.1 + 0.25)
    reset = _sigmoid(2.0 + 0.2 - 0.5)
    candidate = np.tanh(3.0 + 0.3 + reset * (1.0 + 0.4))
    np.testing.assert_allclose(gates["update"], [[update]], rtol=1e-5)
    np.testing.assert_allclose(gates["reset"], [[reset]], rtol=1e-5)
    np.testing.assert_allclose(state["hidden"], [[update * 0.5 + (1 - update) * candidate]], rtol=1e-5)


def test_lstm_step_by_hand():
    layer = Recurrence(1, "lstm")
    layer.build((None, None, 1))
    layer.rnn.cell.kernel.assign([[1.0, 2.0, 3.0, 4.0]])  # input, forget, candidate, output
    layer.rnn.cell.recurrent_kernel.assign([[0.5, -1.0, 2.0, -2.0]])
    layer.rnn.cell.bias.assign([0.1, 0.2, 0.3, 0.4])
    state = {"hidden": ops.convert_to_tensor([[0.5]]), "cell": ops.convert_to_tensor([[-0.3]])}
    state, _ = layer.step(layer.project(np.array([[1.0]], "float32")), state)
    memory = _sigmoid(2.2 - 0.5) * -0.3 + _sigmoid(1.1 + 0.25) * np.tanh(3.3 + 1.0)
    np.testing.assert_allclose(state["cell"], [[memory]], rtol=1e-5)
    np.testing.assert_allclose(state["hidden"], [[_sigmoid(4.4 - 1.0) * np.tanh(memory)]], rtol=1e-5)


def test_blocks_of_the_input_add_up():
    layer = Recurrence(3)
    inputs = np.random.default_rng(1).normal(size=(2, 7)).astype("float32")
    layer.build((None, None, 7))
    whole = layer.project(inputs)
    parts = layer.project(inputs[:, :4]) + layer.project(inputs[:, 4:], first_feature=4)
    np.testing.assert_allclose(whole, parts, atol=1e-6)


def test_unknown_cell():
    with pytest.raises(ValueError, match="Expected one of"):
        Recurrence(3, "rnn")
