"""One layer of the encoder: one direction or two."""

import keras
from keras import ops

from keras_s2s.layers.recurrence import Recurrence
from keras_s2s.output_buffer import OutputBuffer

DIRECTIONS = {"forward": ("forward",), "backward": ("backward",), "bidirectional": ("forward", "backward")}
MERGES = ("concatenate", "sum")


@keras.saving.register_keras_serializable("keras_s2s")
class EncoderLayer(keras.layers.Layer):
    """Reads a sequence from the left, from the right, or both (Schuster and Paliwal 1997).

        forward   f_j = cell(x_j, f_{j-1})        from j = 1 to T
        backward  b_j = cell(x_j, b_{j+1})        from j = T to 1
        bidirectional, concatenated  h_j = [f_j; b_j]          summed  h_j = f_j + b_j

    The final state is the one after the last item read: f_T, b_1, or both, joined like the outputs.

    Args:
        units: int. Width of each direction's hidden state.
        cell: `"simple_rnn"`, `"gru"` or `"lstm"`.
        direction: `"forward"`, `"backward"` or `"bidirectional"`.
        merge: `"concatenate"` or `"sum"`, for two directions.
        layer_normalization, recurrent_dropout: see `Recurrence`.
    """

    def __init__(self, units, cell="gru", direction="bidirectional", merge="concatenate", layer_normalization=False,
                 recurrent_dropout=0.0, **kwargs):
        super().__init__(**kwargs)
        if direction not in DIRECTIONS:
            raise ValueError(f"Unknown direction {direction!r}. Expected one of {tuple(DIRECTIONS)}. "
                             "Choose one of these.")
        if merge not in MERGES:
            raise ValueError(f"Unknown merge {merge!r}. Expected one of {MERGES}. Choose one of these.")
        self.units, self.direction, self.merge = int(units), direction, merge
        self.recurrences = [Recurrence(units, cell, layer_normalization, recurrent_dropout,
                                       go_backwards=name == "backward", name=name)
                            for name in DIRECTIONS[direction]]
        self.supports_masking = True

    @property
    def output_units(self):
        """Width of the outputs and of each tensor of the final state."""
        return self.units * (len(self.recurrences) if self.merge == "concatenate" else 1)

    @property
    def state_names(self):
        """Names of the tensors in the final state."""
        return self.recurrences[0].state_names

    def build(self, inputs_shape):
        """Builds the weights for inputs `(batch, time, features)`."""
        for recurrence in self.recurrences:
            recurrence.build(inputs_shape)
        self.built = True

    def compute_mask(self, inputs, previous_mask=None):
        """No implicit masks."""

    def call(self, inputs, mask, training=False, fused=False, intermediates=False):
        """`(batch, time, features)`, `(batch, time)` bool -> outputs `(batch, time, output_units)`, final state.

        With `intermediates` also the hidden states by direction, `{"forward": (batch, time, units), ...}`.
        """
        run = self._run_fused if fused else self._run_loop
        outputs, states = run(inputs, mask, training)
        by_direction = dict(zip(DIRECTIONS[self.direction], outputs, strict=True))
        join = _add if self.merge == "sum" else (lambda parts: ops.concatenate(parts, axis=-1))
        outputs = join(outputs) * ops.cast(ops.expand_dims(mask, -1), inputs.dtype)
        final = {name: join([state[name] for state in states]) for name in self.state_names}
        return (outputs, final, by_direction) if intermediates else (outputs, final)

    def _run_fused(self, inputs, mask, training):
        """One Keras layer for each direction; the backward one reads the sequence, padding and all, reversed."""
        outputs, states = [], []
        for recurrence, turn in zip(self.recurrences, self._turns(axis=1), strict=True):
            output, state = recurrence(turn(inputs), mask=turn(mask), training=training)
            outputs.append(turn(output))
            states.append(state)
        return outputs, states

    def _run_loop(self, inputs, mask, training):
        """All directions in one loop, written in operations that TF.js has (no TensorArray, no reversed bools).

        Directions are stacked on a first axis, and so are their weights, so that one product serves both.
        """
        turns = self._turns(axis=0)
        # Whole numbers, not bools: TF.js' wasm backend reverses bools wrongly and damages its memory.
        by_time = ops.expand_dims(ops.transpose(ops.cast(mask, "int32")), -1)
        masks = ops.stack([turn(by_time) for turn in turns], axis=1)  # (time, direction, batch, 1)
        projected = ops.stack([turn(ops.swapaxes(recurrence.project(inputs), 0, 1))
                               for recurrence, turn in zip(self.recurrences, turns, strict=True)], axis=1)
        weights = _stacked([recurrence.weights_of_step() for recurrence in self.recurrences])
        directions, time, batch = len(turns), ops.shape(inputs)[1], ops.shape(inputs)[0]

        def body(index, state, buffer):
            new, _ = self.recurrences[0].step(ops.take(projected, index, axis=0), state, weights)
            real = ops.take(masks, index, axis=0) > 0
            new = {name: ops.where(real, new[name], state[name]) for name in new}
            return index + 1, new, OutputBuffer.write(buffer, index, new["hidden"])

        zeros = ops.zeros((directions, batch, self.units), dtype=inputs.dtype)
        _, final, buffer = ops.while_loop(
            lambda index, state, buffer: index < time, body,
            (ops.convert_to_tensor(0, "int32"), dict.fromkeys(self.state_names, zeros),
             OutputBuffer.empty(time, (directions, batch, self.units), inputs.dtype)))
        buffer = OutputBuffer.stacked(buffer, time)
        outputs = [ops.swapaxes(turn(buffer[:, index]), 0, 1) for index, turn in enumerate(turns)]
        return outputs, [{name: final[name][index] for name in final} for index in range(directions)]

    def _turns(self, axis):
        """For each direction, what brings the time axis into its order; done twice, it changes nothing."""
        return [(lambda x: ops.flip(x, axis=axis)) if name == "backward" else (lambda x: x)
                for name in DIRECTIONS[self.direction]]

    def get_config(self):
        first = self.recurrences[0]
        return {**super().get_config(), "units": self.units, "cell": first.cell_name, "direction": self.direction,
                "merge": self.merge, "layer_normalization": first.layer_normalization,
                "recurrent_dropout": first.recurrent_dropout}


def _add(parts):
    return parts[0] if len(parts) == 1 else parts[0] + parts[1]


def _stacked(by_direction):
    """The directions' weights on a first axis; vectors get an axis for the batch."""
    stacked = {name: ops.stack([own[name] for own in by_direction]) for name in by_direction[0]}
    return {name: ops.expand_dims(weight, 1) if len(weight.shape) == 2 else weight
            for name, weight in stacked.items()}
