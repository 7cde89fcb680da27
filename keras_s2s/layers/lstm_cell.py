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

    @staticmethod
    def reaction(projected, recurrent, before, after):
        """How a step's results react to its products and its first state, for all steps at once; see `backpropagation`.

        With dc the gradient by c_new (what comes through h_new included) and dh that by h_new, those by x + u are, for
        the gates i, f, g, o in turn:

            [dc g i (1-i);  dc c f (1-f);  dc i (1-g^2);  dh tanh(c_new) o (1-o)]
        """
        first, forget, candidate, output = ops.split(projected + recurrent, 4, axis=-1)
        first, forget, output = ops.sigmoid(first), ops.sigmoid(forget), ops.sigmoid(output)
        candidate, shown = ops.tanh(candidate), ops.tanh(after["cell"])
        gates = [candidate * first * (1.0 - first), before["cell"] * forget * (1.0 - forget),
                 first * (1.0 - candidate * candidate), shown * output * (1.0 - output)]
        return {"recurrent": ops.concatenate(gates, axis=-1), "shown": output * (1.0 - shown * shown),
                "forget": forget}

    @staticmethod
    def through_outputs(d_state, reaction):
        """The gradient by the whole new state, from those by its parts: h_new is made of c_new."""
        return {"hidden": d_state["hidden"], "cell": d_state["cell"] + d_state["hidden"] * reaction["shown"]}

    @staticmethod
    def gradient_of_recurrent(d_new, reaction):
        """The gradient by u."""
        return ops.concatenate([d_new["cell"]] * 3 + [d_new["hidden"]], axis=-1) * reaction["recurrent"]

    @staticmethod
    def gradient_of_kept(d_new, reaction):
        """The gradient by the first state, but for the way through u."""
        return {"cell": d_new["cell"] * reaction["forget"]}

    @classmethod
    def gradients_of_products(cls, d_new, reaction):
        """The gradients by x and u, for all steps at once."""
        recurrent = cls.gradient_of_recurrent(d_new, reaction)
        return recurrent, recurrent
