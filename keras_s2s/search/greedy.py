"""Greedy search."""

from dataclasses import dataclass

import keras
from keras import ops

from keras_s2s.search.best_choices import taken_by_row
from keras_s2s.search.constraints import never_written
from keras_s2s.search.single_path import SinglePath


@dataclass(frozen=True)
class Greedy(SinglePath):
    """Takes the best token at every step; see `SinglePath`."""

    def choose(self, choices, logits, index, draws):
        token = _largest(never_written(choices))
        return token, ops.squeeze(taken_by_row(logits, ops.expand_dims(token, -1)), -1)


def _largest(choices):
    """The place of the largest, the first of equal ones: `(rows, vocabulary)` -> `(rows,)` int32."""
    if keras.backend.backend() != "tensorflow":
        return ops.cast(ops.argmax(choices, axis=-1), "int32")
    import tensorflow as tf  # Keras' argmax uses a bitcast, which TF.js lacks

    return tf.argmax(choices, axis=-1, output_type=tf.int32)
