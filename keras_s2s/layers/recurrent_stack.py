"""The decoder's recurrent layers."""

import keras
from keras import ops

from keras_s2s.layers.recurrence import Recurrence


class RecurrentStack(keras.layers.Layer):
    """Recurrent layers on top of each other, a whole sequence or a step at a time.

        h^l_t = cell_l(h^{l-1}_t, h^l_{t-1})        with h^0_t the input        residual, above the first: + h^{l-1}_t

    Args:
        units: int. Width of every layer.
        cell: `"simple_rnn"`, `"gru"` or `"lstm"`.
        layers: int.
        residual: bool. Whether layers above the first add their input to their output.
        layer_normalization: bool. See `Recurrence`.
        input_dropout: float. On what a layer gives to the one above.
        recurrent_dropout: float. See `Recurrence`.

    State: `{"layer_0": {"hidden": (batch, units), ...}, ...}`.
    """

    def __init__(self, units, cell="gru", layers=1, residual=False, layer_normalization=False, input_dropout=0.0,
                 recurrent_dropout=0.0, **kwargs):
        super().__init__(**kwargs)
        self.units, self.residual = int(units), bool(residual)
        self.recurrences = [Recurrence(units, cell, layer_normalization, recurrent_dropout, name=f"layer_{index}")
                            for index in range(int(layers))]
        self.dropout = keras.layers.Dropout(input_dropout, name="dropout")

    @property
    def state_names(self):
        """Names of the tensors in a layer's state."""
        return self.recurrences[0].state_names

    @property
    def layer_names(self):
        """Names of the layers, from the first to the top."""
        return [recurrence.name for recurrence in self.recurrences]

    def build(self, inputs_shape):
        """Builds the weights for inputs of shape `(..., features)`."""
        width = inputs_shape[-1]
        for recurrence in self.recurrences:
            recurrence.build((None, None, width))
            width = self.units
        self.built = True

    def call(self, inputs, state, training=False):
        """Whole sequences `(batch, time, features)` from a state -> the top layer's outputs `(batch, time, units)`."""
        for index, recurrence in enumerate(self.recurrences):
            below = inputs
            entering = self.dropout(below, training=training) if index else below
            inputs, _ = recurrence(entering, state[recurrence.name], training=training)
            inputs = inputs + below if self.residual and index else inputs
        return inputs

    def project(self, inputs, first_feature=0):
        """The first layer's `Recurrence.project`."""
        return self.recurrences[0].project(inputs, first_feature)

    def draw_masks(self, batch_size, time, training):
        """Dropout for `step`, drawn before a loop over time begins: no random numbers inside of loops.

        Returns:
            `(by_step, recurrent)`: masks by layer name, `(time, batch, units)` of what enters a layer at each step,
            and `(batch, units)` of the state at all steps; without those that drop nothing.
        """
        by_step, recurrent = {}, {}
        if training:
            for index, recurrence in enumerate(self.recurrences):
                if index and self.dropout.rate:
                    ones = ops.ones((time, batch_size, self.units), dtype=self.compute_dtype)
                    by_step[recurrence.name] = self.dropout(ones, training=True)
                if recurrence.recurrent_dropout:
                    recurrent[recurrence.name] = recurrence.draw_recurrent_mask(batch_size, training)
        return by_step, recurrent

    def step(self, projected, state, input_masks=None, recurrent_masks=None):
        """One time step.

        Args:
            projected: `(batch, gates * units)`, from `project`.
            state: see above.
            input_masks, recurrent_masks: dicts of `(batch, units)` by layer name, or `None`.

        Returns:
            `(output, state, gates)`: `(batch, units)` of the top layer, the new state, the gates by layer.
        """
        input_masks, recurrent_masks = input_masks or {}, recurrent_masks or {}
        new, gates, output = {}, {}, None
        for index, recurrence in enumerate(self.recurrences):
            name, below = recurrence.name, output
            if index:
                projected = recurrence.project(below * input_masks[name] if name in input_masks else below)
            new[name], gates[name] = recurrence.step(projected, state[name],
                                                     recurrent_mask=recurrent_masks.get(name))
            output = new[name]["hidden"]
            output = output + below if self.residual and index else output
        return output, new, gates

    def get_config(self):
        first = self.recurrences[0]
        return {**super().get_config(), "units": self.units, "cell": first.cell_name, "layers": len(self.recurrences),
                "residual": self.residual, "layer_normalization": first.layer_normalization,
                "input_dropout": self.dropout.rate, "recurrent_dropout": first.recurrent_dropout}
