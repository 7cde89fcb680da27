"""The simple recurrent cell."""

import keras
from keras import ops


class SimpleRNNCell:
    """The simplest recurrent cell (Elman 1990): the new state is a squashed sum of input and old state.

        h_new = tanh(x + U h)          with x = W input + b

    `x` and `U h` are the products of all cells in this package; the cell says what becomes of them. Its gradient
    goes through one product with U a step, and so fades or explodes over long sequences (Bengio et al. 1994): that is
    what GRU and LSTM are for.
    """

    name = "simple_rnn"
    keras_layer = keras.layers.SimpleRNN
    gates = 1
    state_names = ("hidden",)

    @staticmethod
    def biases(bias):
        """Keras' bias as the one added to the input's product and the one added to the state's."""
        return bias, ops.zeros_like(bias)

    @staticmethod
    def step(projected, recurrent, state, normalize_cell=None):
        """`x` and `U h`, both `(..., batch, units)` -> new state, gates by name."""
        hidden = ops.tanh(projected + recurrent)
        return {"hidden": hidden}, {"candidate": hidden}

    @staticmethod
    def reaction(projected, recurrent, before, after):
        """How a step's results react to its products, for all steps at once; see `backpropagation`.

        With dh the gradient by h_new, that by x and by u is dh (1 - h_new^2).
        """
        return {"recurrent": 1.0 - after["hidden"] * after["hidden"]}

    @staticmethod
    def through_outputs(d_state, reaction):
        """The gradient by the whole new state, from those by its parts: there is but one."""
        return d_state

    @staticmethod
    def gradient_of_recurrent(d_new, reaction):
        """The gradient by u."""
        return d_new["hidden"] * reaction["recurrent"]

    @staticmethod
    def gradient_of_kept(d_new, reaction):
        """The gradient by the first state, but for the way through u: there is no other."""
        return {}

    @classmethod
    def gradients_of_products(cls, d_new, reaction):
        """The gradients by x and u, for all steps at once."""
        recurrent = cls.gradient_of_recurrent(d_new, reaction)
        return recurrent, recurrent
