"""One recurrent layer in one direction, usable a whole sequence or a single step at a time."""

import keras
from keras import ops

from keras_s2s.layers.gru_cell import GRUCell
from keras_s2s.layers.lstm_cell import LSTMCell
from keras_s2s.layers.scan import scan
from keras_s2s.layers.simple_rnn_cell import SimpleRNNCell

CELLS = {cell.name: cell for cell in (SimpleRNNCell, GRUCell, LSTMCell)}


@keras.saving.register_keras_serializable("keras_s2s")
class Recurrence(keras.layers.Layer):
    """A recurrent cell and its weights: h_t = cell(W x_t + b, U h_{t-1}, state_{t-1}).

    The weights are those of `keras.layers.SimpleRNN`, `GRU` or `LSTM`. Three ways lead through them, with the same
    numbers: `call` runs Keras' own layer over a whole sequence (training; cuDNN where there is a GPU), `project`
    followed by `step` runs one time step (search, export, browser), and the encoder stacks the weights of two
    directions to step both at once.

    Layer normalisation (Ba, Kiros and Hinton 2016, section 3.1 and eq. 20-22) brings both products to mean 0 and
    variance 1 over all gates, and an LSTM's cell before its tanh; n(a) = g * (a - mean(a)) / sqrt(var(a) + 1e-5):

        h_t = cell(n(W x_t) + b, n(U h_{t-1}), state_{t-1})

    Recurrent dropout (Gal and Ghahramani 2016) multiplies h_{t-1} by the same mask at every step of a sequence,
    before the product with U. With either of the two, training runs step by step and is slower.

    Args:
        units: int. Width of the hidden state.
        cell: `"simple_rnn"`, `"gru"` or `"lstm"`. Defaults to `"gru"`.
        layer_normalization: bool. Defaults to `False`.
        recurrent_dropout: float between 0 and 1. Defaults to 0.
        go_backwards: bool. Whether sequences come reversed, their padding on the left. Defaults to `False`.

    State: `{"hidden": (batch, units)}`, and `"cell": (batch, units)` for the LSTM.
    """

    def __init__(self, units, cell="gru", layer_normalization=False, recurrent_dropout=0.0, go_backwards=False,
                 **kwargs):
        super().__init__(**kwargs)
        if cell not in CELLS:
            raise ValueError(f"Unknown cell {cell!r}. Expected one of {sorted(CELLS)}. Choose one of these.")
        self.units, self.cell_name, self.cell = int(units), cell, CELLS[cell]
        self.layer_normalization, self.recurrent_dropout = bool(layer_normalization), recurrent_dropout
        self.go_backwards = bool(go_backwards)
        self.rnn = self.cell.keras_layer(self.units, return_sequences=True, return_state=True,
                                          go_backwards=go_backwards, name="rnn")
        self.dropout = keras.layers.Dropout(recurrent_dropout, name="recurrent_dropout")
        self.gains: dict = {}
        self.supports_masking = True
        self.state_names = self.cell.state_names

    def build(self, inputs_shape):
        """Builds the weights for inputs of shape `(..., features)`; only the last axis matters."""
        if not self.rnn.built:
            self.rnn.build((None, None, inputs_shape[-1]))
        if self.layer_normalization and not self.gains:
            widths = {"input_gain": self.cell.gates * self.units, "recurrent_gain": self.cell.gates * self.units}
            if "cell" in self.state_names:
                widths["cell_gain"] = self.units
            self.gains = {name: self.add_weight(name=name, shape=(width,), initializer="ones")
                          for name, width in widths.items()}
        self.built = True

    def compute_mask(self, inputs, previous_mask=None):
        """No implicit masks."""

    def call(self, inputs, state=None, mask=None, training=False):
        """Runs over a whole sequence.

        Args:
            inputs: `(batch, time, features)`.
            state: the first state, or `None` for zeros.
            mask: `(batch, time)` bool, or `None`. A padded step leaves the state as it is.
            training: bool.

        Returns:
            `(outputs, state)`: `(batch, time, units)` and the state after the last real step.
        """
        written_out = None if self.layer_normalization else _backpropagation()
        if self.layer_normalization or (training and self.recurrent_dropout and not written_out):
            return self._run_by_step(inputs, state, mask, training)
        if written_out:
            return self._run_written_out(written_out.run_recurrence, inputs, state, mask, training)
        initial = None if state is None else [state[name] for name in self.state_names]
        if self.go_backwards:
            # cuDNN wants padding on the right. Keras' layer reverses what it gets, and knows how to before cuDNN.
            inputs, mask = (value if value is None else ops.flip(value, axis=1) for value in (inputs, mask))
        outputs, *final = self.rnn(inputs, initial_state=initial, mask=mask, training=training)
        return outputs, dict(zip(self.state_names, final, strict=True))

    def _run_written_out(self, run_recurrence, inputs, state, mask, training):
        """The quickest way on a processor, see `backpropagation`."""
        shape = ops.shape(inputs)
        by_time = ops.reshape(ops.swapaxes(inputs, 0, 1), (-1, inputs.shape[-1]))
        projected = ops.reshape(self.project(by_time), (shape[1], shape[0], self.cell.gates * self.units))
        keep = mask
        if mask is not None:
            keep = ops.expand_dims(1.0 - ops.cast(ops.transpose(mask), inputs.dtype), -1)
        weights = self.weights_of_step()
        outputs, final = run_recurrence(
            self.cell, projected, state or self.initial_state(shape[0]), weights["recurrent_kernel"],
            weights["recurrent_bias"], keep, self.draw_recurrent_mask(shape[0], training))
        return ops.swapaxes(outputs, 0, 1), final

    def _run_by_step(self, inputs, state, mask, training):
        """What Keras' fused layers cannot do."""
        batch = ops.shape(inputs)[0]
        recurrent_mask = self.draw_recurrent_mask(batch, training)
        steps = {"projected": ops.swapaxes(self.project(inputs), 0, 1)}
        if mask is not None:
            steps["real"] = ops.expand_dims(ops.cast(ops.transpose(mask), inputs.dtype), -1)

        def body(state, now):
            new, _ = self.step(now["projected"], state, recurrent_mask=recurrent_mask)
            if mask is not None:
                new = {name: ops.where(now["real"] > 0, new[name], state[name]) for name in new}
            return new

        final, states = scan(body, state or self.initial_state(batch), steps)
        return ops.swapaxes(states["hidden"], 0, 1), final

    def initial_state(self, batch_size):
        """A state of zeros, `(batch_size, units)` each."""
        return {name: ops.zeros((batch_size, self.units), dtype=self.compute_dtype) for name in self.state_names}

    def draw_recurrent_mask(self, batch_size, training):
        """One mask `(batch_size, units)` for all steps of a sequence, or `None` where nothing is dropped."""
        if not (training and self.recurrent_dropout):
            return None
        return self.dropout(ops.ones((batch_size, self.units), dtype=self.compute_dtype), training=True)

    def project(self, inputs, first_feature=0):
        """The part of a step that does not depend on the state, x' = W x + b, for any number of steps at once.

        Args:
            inputs: `(..., features)`. May be a block of the input's features; then the products of all blocks
                have to be added up.
            first_feature: int. Where the block begins; the bias is added to the block that begins at 0.
                (Layer normalisation needs the whole sum first, so there `step` adds the bias.)

        Returns:
            `(..., gates * units)`.
        """
        projected = ops.matmul(inputs, self.rnn.cell.kernel[first_feature:first_feature + inputs.shape[-1]])
        if first_feature or self.layer_normalization:
            return projected
        return projected + self.cell.biases(self.rnn.cell.bias.value)[0]

    def weights_of_step(self):
        """The weights a step needs: `recurrent_kernel` (units, gates * units), the biases, the gains where used."""
        input_bias, recurrent_bias = self.cell.biases(self.rnn.cell.bias.value)
        weights = {"recurrent_kernel": self.rnn.cell.recurrent_kernel.value, "recurrent_bias": recurrent_bias}
        if self.layer_normalization:
            weights |= {"input_bias": input_bias, **{name: gain.value for name, gain in self.gains.items()}}
        return weights

    def step(self, projected, state, weights=None, recurrent_mask=None):
        """One time step.

        Args:
            projected: `(..., batch, gates * units)`, from `project`.
            state: dict of `(..., batch, units)`.
            weights: as `weights_of_step`; the encoder passes those of two directions, stacked.
            recurrent_mask: `(batch, units)` or `None`, see `draw_recurrent_mask`.

        Returns:
            `(state, gates)`: the new state, and the gates' values by name, `(..., batch, units)` each.
        """
        weights = weights or self.weights_of_step()
        hidden = state["hidden"] if recurrent_mask is None else state["hidden"] * recurrent_mask
        recurrent = ops.matmul(hidden, weights["recurrent_kernel"])
        normalize_cell = None
        if self.layer_normalization:
            projected = _normalized(projected, weights["input_gain"]) + weights["input_bias"]
            recurrent = _normalized(recurrent, weights["recurrent_gain"])
            if "cell_gain" in weights:
                normalize_cell = lambda cell: _normalized(cell, weights["cell_gain"])  # noqa: E731
        return self.cell.step(projected, recurrent + weights["recurrent_bias"], state, normalize_cell)

    def get_config(self):
        return {**super().get_config(), "units": self.units, "cell": self.cell_name,
                "layer_normalization": self.layer_normalization, "recurrent_dropout": self.recurrent_dropout,
                "go_backwards": self.go_backwards}


def _backpropagation():
    """The module of that name where training had better use it, or `None`."""
    if keras.backend.backend() != "tensorflow":
        return None
    from keras_s2s.layers import backpropagation

    return backpropagation if backpropagation.pays() else None


def _normalized(values, gain):
    """`values` with mean 0 and variance 1 over the last axis, times `gain`."""
    centered = values - ops.mean(values, axis=-1, keepdims=True)
    variance = ops.mean(ops.square(centered), axis=-1, keepdims=True)
    return gain * centered * ops.rsqrt(variance + 1e-5)
