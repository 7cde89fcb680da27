"""The encoder."""

import keras
from keras import ops

from keras_s2s.layers.embedding import embedding_layer
from keras_s2s.layers.output_buffer import write_step
from keras_s2s.layers.recurrence import Recurrence

_DIRECTIONS = ("forward", "bidirectional")


@keras.saving.register_keras_serializable("keras_s2s")
class RNNEncoder(keras.layers.Layer):
    """Reads a source sequence and returns a vector for every item and a final state.

    A bidirectional encoder (Schuster and Paliwal 1997; Bahdanau et al. 2015, section 3.2) reads the source twice,
    from the left and from the right, so that each vector knows what stands on both sides of its item.

    Padding stands on the right and is masked: it changes nothing, the final state is the one after the last real
    item, and the outputs at padded positions are 0.

    Args:
        vocabulary_size: int, or `None` where the source is a sequence of feature vectors `(batch, time, D)`.
        units: int. Width of the hidden state **of each direction**; a bidirectional encoder's outputs are twice
            as wide.
        embedding_units: int. Width of the embeddings. Defaults to `units`.
        cell: `"gru"` or `"lstm"`. Defaults to `"gru"`.
        direction: `"forward"` or `"bidirectional"`. Defaults to `"bidirectional"`.
        dropout: float between 0 and 1, on embeddings and outputs in training. Defaults to 0.

    Call arguments:
        source: `(batch, time)` ids, or features `(batch, time, D)`.
        mask: `(batch, time)` bool. Defaults to `source != 0` for ids, to all true for features.
        fused: bool. `True` runs Keras' fused layers over the whole sequence (training); `False` a plain loop that
            every runtime understands (search, export, browser). Both give the same numbers.

    Returns:
        `(values, final_state, mask)`: `(batch, time, output_units)`, a dict of `(batch, output_units)` by state
        name, `(batch, time)` bool.
    """

    def __init__(self, vocabulary_size=None, units=256, embedding_units=None, cell="gru",
                 direction="bidirectional", dropout=0.0, **kwargs):
        super().__init__(**kwargs)
        if direction not in _DIRECTIONS:
            raise ValueError(f"Unknown direction {direction!r}. Expected one of {_DIRECTIONS}. Choose one of these.")
        self.vocabulary_size, self.units = vocabulary_size, int(units)
        self.embedding_units = int(embedding_units or units)
        self.cell, self.direction, self.dropout_rate = cell, direction, dropout
        self.embedding = None
        if vocabulary_size is not None:
            self.embedding = embedding_layer(vocabulary_size, self.embedding_units)
        self.recurrences = [Recurrence(self.units, cell, name=name) for name in
                            (("forward", "backward") if direction == "bidirectional" else ("forward",))]
        self.dropout = keras.layers.Dropout(dropout, name="dropout")
        self.supports_masking = True

    @property
    def output_units(self):
        """Width of the outputs: `units` times the number of directions."""
        return self.units * len(self.recurrences)

    @property
    def state_names(self):
        """Names of the tensors in the final state."""
        return self.recurrences[0].state_names

    def build(self, source_shape):
        width = source_shape[-1]
        if self.embedding is not None:
            width = self.embedding_units
            if not self.embedding.built:
                self.embedding.build((None, None))
        for recurrence in self.recurrences:
            recurrence.build((None, None, width))
        self.built = True

    def compute_mask(self, source, previous_mask=None):
        """No implicit masks: the mask is one of the outputs."""

    def call(self, source, mask=None, training=False, fused=False):
        if mask is None:
            mask = ops.not_equal(source, 0) if self.embedding is not None else ops.ones(ops.shape(source)[:2], "bool")
        inputs = source if self.embedding is None else self.embedding(source)
        inputs = self.dropout(inputs, training=training)
        run = self._run_fused if fused else self._run_loop
        outputs, states = run(inputs, mask, training)
        values = ops.concatenate(outputs, axis=-1)
        values = values * ops.cast(ops.expand_dims(mask, -1), values.dtype)
        final = {name: ops.concatenate([state[name] for state in states], axis=-1) for name in self.state_names}
        return self.dropout(values, training=training), final, mask

    def _run_fused(self, inputs, mask, training):
        """One Keras layer for each direction; the backward one reads the sequence, padding and all, reversed."""
        outputs, states = [], []
        for index, recurrence in enumerate(self.recurrences):
            reverse = (lambda x: ops.flip(x, axis=1)) if index else (lambda x: x)
            output, state = recurrence(reverse(inputs), mask=reverse(mask), training=training)
            outputs.append(reverse(output))
            states.append(state)
        return outputs, states

    def _run_loop(self, inputs, mask, training):
        """All directions in one loop, written in operations that TF.js has (no TensorArray, no reversed mask).

        Directions are stacked on a first axis, and so are their weights, so that one product serves both.
        """
        projected = [ops.swapaxes(recurrence.project(inputs), 0, 1) for recurrence in self.recurrences]
        # Whole numbers, not bools: TF.js' wasm backend reverses bools wrongly and damages its memory.
        masks = [ops.expand_dims(ops.swapaxes(ops.cast(mask, "int32"), 0, 1), -1)] * len(projected)
        projected[1:] = [ops.flip(x, axis=0) for x in projected[1:]]
        masks[1:] = [ops.flip(x, axis=0) for x in masks[1:]]
        projected, masks = ops.stack(projected, axis=1), ops.stack(masks, axis=1)  # (time, direction, batch, .)
        by_direction = [recurrence.weights_of_step() for recurrence in self.recurrences]
        weights = {name: ops.stack([own[name] for own in by_direction]) for name in by_direction[0]}
        weights["recurrent_bias"] = ops.expand_dims(weights["recurrent_bias"], 1)
        directions, time, batch = len(self.recurrences), ops.shape(inputs)[1], ops.shape(inputs)[0]
        cell = self.recurrences[0]

        def body(index, state, buffer):
            new, _ = cell.step(ops.take(projected, index, axis=0), state, weights)
            real = ops.take(masks, index, axis=0) > 0
            new = {name: ops.where(real, new[name], state[name]) for name in new}
            return index + 1, new, write_step(buffer, index, new["hidden"])

        zeros = ops.zeros((directions, batch, self.units), dtype=inputs.dtype)
        _, final, buffer = ops.while_loop(
            lambda index, state, buffer: index < time, body,
            (ops.convert_to_tensor(0, "int32"), dict.fromkeys(self.state_names, zeros),
             ops.zeros((time, directions, batch, self.units), dtype=inputs.dtype)))
        outputs = [ops.swapaxes(buffer[:, 0], 0, 1)]
        if directions == 2:
            outputs.append(ops.swapaxes(ops.flip(buffer[:, 1], axis=0), 0, 1))
        return outputs, [{name: final[name][index] for name in final} for index in range(directions)]

    def get_config(self):
        return {**super().get_config(), "vocabulary_size": self.vocabulary_size, "units": self.units,
                "embedding_units": self.embedding_units, "cell": self.cell, "direction": self.direction,
                "dropout": self.dropout_rate}
