"""One recurrent layer in one direction, usable a whole sequence or a single step at a time."""

import keras
from keras import ops

_CELLS = {"gru": keras.layers.GRU, "lstm": keras.layers.LSTM}


class Recurrence(keras.layers.Layer):
    """A GRU or LSTM whose state is a dict and whose input product can be taken out of the loop.

    The weights are those of `keras.layers.GRU` or `keras.layers.LSTM`. Three ways lead through them, with the
    same numbers: `call` runs Keras' own layer over a whole sequence (training; cuDNN where there is a GPU),
    `project` followed by `step` runs one time step (search, export, browser), and the encoder stacks the weights
    of two directions to step both at once.

    GRU (Cho et al. 2014, in the form of Keras' `reset_after=True`), with x' = W x + b:

        z = sigmoid(x'_z + U_z h + c_z)      r = sigmoid(x'_r + U_r h + c_r)
        g = tanh(x'_g + r * (U_g h + c_g))   h_new = z * h + (1 - z) * g

    LSTM (Hochreiter and Schmidhuber 1997):

        i, f, o = sigmoid(x'_{i,f,o} + U_{i,f,o} h)    g = tanh(x'_g + U_g h)
        c_new = f * c + i * g                          h_new = o * tanh(c_new)

    Args:
        units: int. Width of the hidden state.
        cell: `"gru"` or `"lstm"`. Defaults to `"gru"`.

    State: `{"hidden": (batch, units)}`, and `"cell": (batch, units)` for the LSTM.
    """

    def __init__(self, units, cell="gru", **kwargs):
        super().__init__(**kwargs)
        if cell not in _CELLS:
            raise ValueError(f"Unknown cell {cell!r}. Expected one of {sorted(_CELLS)}. Choose one of these.")
        self.units, self.cell = int(units), cell
        self.rnn = _CELLS[cell](self.units, return_sequences=True, return_state=True, name="rnn")
        self.supports_masking = True
        self.state_names = ("hidden",) if cell == "gru" else ("hidden", "cell")

    def build(self, inputs_shape):
        """Builds the weights for inputs of shape `(..., features)`; only the last axis matters."""
        if not self.rnn.built:
            self.rnn.build((None, None, inputs_shape[-1]))
        self.built = True

    def compute_mask(self, inputs, previous_mask=None):
        """No implicit masks."""

    def call(self, inputs, state=None, mask=None, training=False):
        """Runs over a whole sequence.

        Args:
            inputs: `(batch, time, features)`.
            state: the first state, or `None` for zeros.
            mask: `(batch, time)` bool, right-padded, or `None`. A padded step leaves the state as it is.
            training: bool.

        Returns:
            `(outputs, state)`: `(batch, time, units)` and the state after the last real step.
        """
        initial = None if state is None else [state[name] for name in self.state_names]
        outputs, *final = self.rnn(inputs, initial_state=initial, mask=mask, training=training)
        return outputs, dict(zip(self.state_names, final, strict=True))

    def initial_state(self, batch_size):
        """A state of zeros, `(batch_size, units)` each."""
        return {name: ops.zeros((batch_size, self.units), dtype=self.compute_dtype) for name in self.state_names}

    def project(self, inputs, first_feature=0):
        """The part of a step that does not depend on the state, x' = W x + b, for any number of steps at once.

        Args:
            inputs: `(..., features)`. May be a block of the input's features; then the products of all blocks
                have to be added up.
            first_feature: int. Where the block begins; the bias is added to the block that begins at 0.

        Returns:
            `(..., gates * units)`.
        """
        kernel = self.rnn.cell.kernel[first_feature:first_feature + inputs.shape[-1]]
        projected = ops.matmul(inputs, kernel)
        return projected + self.weights_of_step()["input_bias"] if first_feature == 0 else projected

    def weights_of_step(self):
        """The weights a step needs: `recurrent_kernel` (units, gates * units), `input_bias`, `recurrent_bias`."""
        kernel, bias = self.rnn.cell.recurrent_kernel.value, self.rnn.cell.bias.value
        if self.cell == "gru":
            return {"recurrent_kernel": kernel, "input_bias": bias[0], "recurrent_bias": bias[1]}
        return {"recurrent_kernel": kernel, "input_bias": bias, "recurrent_bias": ops.zeros_like(bias)}

    def step(self, projected, state, weights=None):
        """One time step.

        Args:
            projected: `(..., batch, gates * units)`, from `project`.
            state: dict of `(..., batch, units)`.
            weights: as `weights_of_step`; the encoder passes those of two directions, stacked.

        Returns:
            `(state, gates)`: the new state, and the gates' values by name, `(..., batch, units)` each.
        """
        weights = weights or self.weights_of_step()
        recurrent = ops.matmul(state["hidden"], weights["recurrent_kernel"])
        if self.cell == "gru":
            recurrent = recurrent + weights["recurrent_bias"]
            x_update, x_reset, x_candidate = ops.split(projected, 3, axis=-1)
            h_update, h_reset, h_candidate = ops.split(recurrent, 3, axis=-1)
            update, reset = ops.sigmoid(x_update + h_update), ops.sigmoid(x_reset + h_reset)
            candidate = ops.tanh(x_candidate + reset * h_candidate)
            hidden = update * state["hidden"] + (1.0 - update) * candidate
            return {"hidden": hidden}, {"update": update, "reset": reset, "candidate": candidate}
        first, forget, candidate, output = ops.split(projected + recurrent, 4, axis=-1)
        first, forget, output = ops.sigmoid(first), ops.sigmoid(forget), ops.sigmoid(output)
        candidate = ops.tanh(candidate)
        cell = forget * state["cell"] + first * candidate
        gates = {"input": first, "forget": forget, "candidate": candidate, "output": output}
        return {"hidden": output * ops.tanh(cell), "cell": cell}, gates

    def get_config(self):
        return {**super().get_config(), "units": self.units, "cell": self.cell}
