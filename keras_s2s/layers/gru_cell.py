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

    @staticmethod
    def reaction(projected, recurrent, before, after):
        """How a step's results react to its products and its first state, for all steps at once; see `backpropagation`.

        With dh the gradient by h_new, those by x and u are dh times the following, for the gates z, r, g in turn:

            [(h - g) z (1-z);  (1-z)(1-g^2) u_g r (1-r);  (1-z)(1-g^2)]         for u the last one times r
        """
        x_update, x_reset, x_candidate = ops.split(projected, 3, axis=-1)
        u_update, u_reset, u_candidate = ops.split(recurrent, 3, axis=-1)
        update, reset = ops.sigmoid(x_update + u_update), ops.sigmoid(x_reset + u_reset)
        candidate = ops.tanh(x_candidate + reset * u_candidate)
        of_candidate = (1.0 - update) * (1.0 - candidate * candidate)
        gates = [(before["hidden"] - candidate) * update * (1.0 - update),
                 of_candidate * u_candidate * reset * (1.0 - reset)]
        return {"update": update, "recurrent": ops.concatenate([*gates, of_candidate * reset], axis=-1),
                "candidate": of_candidate}

    @staticmethod
    def through_outputs(d_state, reaction):
        """The gradient by the whole new state, from those by its parts: there is but one."""
        return d_state

    @staticmethod
    def gradient_of_recurrent(d_new, reaction):
        """The gradient by u."""
        return ops.concatenate([d_new["hidden"]] * 3, axis=-1) * reaction["recurrent"]

    @staticmethod
    def gradient_of_kept(d_new, reaction):
        """The gradient by the first state, but for the way through u."""
        return {"hidden": d_new["hidden"] * reaction["update"]}

    @classmethod
    def gradients_of_products(cls, d_new, reaction):
        """The gradients by x and u, for all steps at once."""
        recurrent = cls.gradient_of_recurrent(d_new, reaction)
        units = d_new["hidden"].shape[-1]
        return ops.concatenate([recurrent[..., :2 * units], d_new["hidden"] * reaction["candidate"]], -1), recurrent
