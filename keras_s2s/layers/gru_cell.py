"""The gated recurrent unit."""

import keras
from keras import ops


class GRUCell:
    """The gated recurrent unit (Cho et al. 2014), in the form that GPUs compute (Keras' `reset_after=True`).

    With x = W input + b and u = U h + c, each the three gates' vectors side by side:

        update     z = sigmoid(x_z + u_z)
        reset      r = sigmoid(x_r + u_r)
        candidate  g = tanh(x_g + r * u_g)
        state      h_new = z * h + (1 - z) * g

    An update gate near 1 keeps the old state as it is, so that gradients pass many steps. (Cho et al. let the reset
    gate act before the product with U; here it acts after it.)
    """

    name = "gru"
    keras_layer = keras.layers.GRU
    gates = 3
    state_names = ("hidden",)

    @staticmethod
    def biases(bias):
        """Keras' bias as the one added to the input's product and the one added to the state's."""
        return bias[0], bias[1]

    @staticmethod
    def step(projected, recurrent, state, normalize_cell=None):
        """x and u, both `(..., batch, 3 * units)`, and the state -> new state, gates by name."""
        x_update, x_reset, x_candidate = ops.split(projected, 3, axis=-1)
        u_update, u_reset, u_candidate = ops.split(recurrent, 3, axis=-1)
        update, reset = ops.sigmoid(x_update + u_update), ops.sigmoid(x_reset + u_reset)
        candidate = ops.tanh(x_candidate + reset * u_candidate)
        hidden = update * state["hidden"] + (1.0 - update) * candidate
        return {"hidden": hidden}, {"update": update, "reset": reset, "candidate": candidate}
