"""What training changes in a batch, by chance."""

from dataclasses import dataclass
from typing import Any

import tensorflow as tf

from keras_s2s.ids import END_ID, UNKNOWN_ID


@dataclass(frozen=True)
class Augmentation:
    """Makes a batch harder to fit. The same seed and place always give the same result, so a run can go on anywhere.

    Args:
        word_dropout: float. Share of the tokens that become unknown, in the source and in what the decoder reads
            (Bowman et al. 2016; Iyyer et al. 2015).
        sampling_rates: array of floats by batch of the epoch, or `None`. Share of what the decoder reads that
            shall be its own prediction, see `Seq2Seq`: `inputs["sampled"]` says where.
        seed: int, another one for each epoch.
    """

    word_dropout: float = 0.0
    sampling_rates: Any = None
    seed: int = 0

    def __call__(self, inputs, place):
        """Inputs of a batch and its place in the epoch, a scalar -> inputs."""
        inputs = dict(inputs)
        if self.word_dropout:
            for number, side in enumerate(("source", "target_input")):
                ids = inputs[side]
                dropped = (self._chance(ids, place, number) < self.word_dropout) & (ids > END_ID)
                inputs[side] = tf.where(dropped, UNKNOWN_ID, ids)
        if self.sampling_rates is not None:
            ids = inputs["target_input"]
            rate = tf.gather(tf.constant(self.sampling_rates, tf.float32), place)
            # The first token read is the start token: nothing was predicted before it.
            inputs["sampled"] = (self._chance(ids, place, 2) < rate) & (tf.range(tf.shape(ids)[1]) > 0)[None]
        return inputs

    def _chance(self, like, place, number):
        # Drawn for all rows and columns of a batch, so that a worker's share could be cut from it.
        return tf.random.stateless_uniform(tf.shape(like), tf.stack([self.seed * 3 + number, tf.cast(place, tf.int32)]))
