"""One step of every cell against numbers worked out by hand: one unit, input 1, state 0.5."""

import numpy as np
import pytest
from keras import ops
from layer_checks import assert_close, numbers, random, randomize

from keras_s2s.layers import Recurrence

SIMPLE_RNN = {"kernel": [[0.3]], "recurrent_kernel": [[0.4]], "bias": [0.1]}
GRU = {"kernel": [[0.4, -0.6, 0.7]],  # update, reset, candidate
       "recurrent_kernel": [[0.2, -0.4, 0.6]],
       "bias": [[0.1, 0.2, 0.3], [0.0, 0.0, 0.1]]}
LSTM = {"kernel": [[0.4, -0.6, 0.7, 0.2]],  # input, forget, candidate, output
        "recurrent_kernel": [[0.2, -0.4, 0.6, -0.8]],
        "bias": [0.1, 0.2, 0.3, 0.4]}


def one_step(cell, weights, state):
    layer = Recurrence(1, cell)
    layer.build((None, None, 1))
    for name, value in weights.items():
        getattr(layer.rnn.cell, name).assign(value)
    state = {name: ops.convert_to_tensor([[value]], "float32") for name, value in state.items()}
    return numbers(layer.step(layer.project(ops.ones((1, 1))), state))


def test_simple_rnn():
    """h = tanh(0.3 + 0.1 + 0.4 * 0.5) = tanh(0.6)."""
    state, _ = one_step("simple_rnn", SIMPLE_RNN, {"hidden": 0.5})
    assert_close(state, {"hidden": np.array([[0.537050]])})


def test_gru():
    """z = sigmoid(0.4 + 0.1 + 0.2 * 0.5) = sigmoid(0.6), r = sigmoid(-0.6 + 0.2 - 0.4 * 0.5) = sigmoid(-0.6),
    g = tanh(0.7 + 0.3 + r * (0.6 * 0.5 + 0.1)) = tanh(1 + 0.4 r), h = 0.5 z + (1 - z) g."""
    state, gates = one_step("gru", GRU, {"hidden": 0.5})
    assert_close(gates, {"update": np.array([[0.645656]]), "reset": np.array([[0.354344]]),
                         "candidate": np.array([[0.814998]])})
    assert_close(state, {"hidden": np.array([[0.611618]])})


def test_lstm():
    """i = sigmoid(0.4 + 0.1 + 0.2 * 0.5) = sigmoid(0.6), f = sigmoid(-0.6 + 0.2 - 0.4 * 0.5) = sigmoid(-0.6),
    g = tanh(0.7 + 0.3 + 0.6 * 0.5) = tanh(1.3), o = sigmoid(0.2 + 0.4 - 0.8 * 0.5) = sigmoid(0.2);
    c = f * -0.3 + i g, h = o tanh(c) = 0.549834 * 0.421960."""
    state, gates = one_step("lstm", LSTM, {"hidden": 0.5, "cell": -0.3})
    assert_close(gates, {"input": np.array([[0.645656]]), "forget": np.array([[0.354344]]),
                         "candidate": np.array([[0.861723]]), "output": np.array([[0.549834]])})
    assert_close(state, {"hidden": np.array([[0.232008]]), "cell": np.array([[0.450074]])})


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def normalized(values, gain):
    return gain * (values - values.mean(-1, keepdims=True)) / np.sqrt(values.var(-1, keepdims=True) + 1e-5)


def step_in_numpy(cell, x, u, state, cell_gain):
    """The cells' equations once more, from products that are already normalised."""
    if cell == "simple_rnn":
        return {"hidden": np.tanh(x + u)}
    x, u = np.split(x, 3 if cell == "gru" else 4, -1), np.split(u, 3 if cell == "gru" else 4, -1)
    if cell == "gru":
        update, reset = sigmoid(x[0] + u[0]), sigmoid(x[1] + u[1])
        return {"hidden": update * state["hidden"] + (1 - update) * np.tanh(x[2] + reset * u[2])}
    memory = sigmoid(x[1] + u[1]) * state["cell"] + sigmoid(x[0] + u[0]) * np.tanh(x[2] + u[2])
    return {"hidden": sigmoid(x[3] + u[3]) * np.tanh(normalized(memory, cell_gain)), "cell": memory}


@pytest.mark.parametrize("cell", ["simple_rnn", "gru", "lstm"])
def test_layer_normalization_in_numpy(cell):
    layer = Recurrence(4, cell, layer_normalization=True)
    layer.build((None, None, 3))
    randomize(layer)
    inputs = random(2, 3)
    state = {name: random(2, 4, seed=index) for index, name in enumerate(layer.state_names)}
    found, _ = layer.step(layer.project(inputs), state)

    inputs, state = numbers(inputs), numbers(state)
    weights, gains = {name: numbers(getattr(layer.rnn.cell, name)) for name in GRU}, numbers(layer.gains)
    input_bias, recurrent_bias = weights["bias"] if cell == "gru" else (weights["bias"], 0)
    x = normalized(inputs @ weights["kernel"], gains["input_gain"]) + input_bias
    u = normalized(state["hidden"] @ weights["recurrent_kernel"], gains["recurrent_gain"]) + recurrent_bias
    assert_close(found, step_in_numpy(cell, x, u, state, gains.get("cell_gain")))
