"""The long short-term memory."""

import keras
from keras import ops


class LSTMCell:
    """The long short-term memory (Hochreiter and Schmidhuber 1997; forget gate: Gers et al. 2000).

    With x = W input + b and u = U h, each the four gates' vectors side by side:

        input      i = sigmoid(x_i + u_i)
        forget     f = sigmoid(x_f + u_f)
        candidate  g = tanh(x_g + u_g)
        output     o = sigmoid(x_o + u_o)
        cell       c_new = f * c + i * g
        state      h_new = o * tanh(c_new)

    Two vectors go from step to step: the cell c is only scaled and added to, which lets gradients pass; the hidden
    state h is what the rest of the network sees.
    """

    name = "lstm"
    keras_layer = keras.layers.LSTM
    gates = 4
    state_names = ("hidden", "cell")

    @staticmethod
    def biases(bias):
        """Keras' bias as the one added to the input's product and the one added to the state's."""
        return bias, ops.zeros_like(bias)

    @staticmethod
    def step(projected, recurrent, state, normalize_cell=None):
        """x and u, both `(..., batch, 4 * units)`, and the state -> new state, gates by name."""
        first, forget, candidate, output = ops.split(projected + recurrent, 4, axis=-1)
        first, forget, output = ops.sigmoid(first), ops.sigmoid(forget), ops.sigmoid(output)
        candidate = ops.tanh(candidate)
        cell = forget * state["cell"] + first * candidate
        shown = cell if normalize_cell is None else normalize_cell(cell)
        gates = {"input": first, "forget": forget, "candidate": candidate, "output": output}
        return {"hidden": output * ops.tanh(shown), "cell": cell}, gates
