"""The moving average of a model's weights."""

from contextlib import contextmanager

import keras
import numpy as np

from keras_s2s.search.backend import compiled


class WeightAverage:
    """An exponential moving average of the trainable weights (Polyak and Juditsky 1992), cheap and quick to begin.

        average <- d * average + (1 - d) * weights        d = min(decay, (1 + step) / (10 + step)) at every step

    It is brought up to date every few steps, with d to that power: Keras' optimizers do so at each, which takes a tenth
    of the time of a training step here, and begin with the untrained weights.

    Args:
        model: a built model.
        decay: float, for example 0.999: the average is that of the last 1,000 steps or so.
        every: int. Steps from one update to the next. Defaults to 10.
    """

    def __init__(self, model, decay, every=10):
        self.decay, self.every = decay, every
        self.weights = list(model.trainable_variables)
        self.variables = [keras.Variable(np.asarray(weight), trainable=False, name="average", dtype=weight.dtype)
                          for weight in self.weights]
        self._move = compiled(self._move_all)

    def update(self, step):
        """After step number `step`, counted from 1."""
        if step % self.every == 0:
            decay = min(self.decay, (1 + step) / (10 + step)) ** self.every
            self._move(keras.ops.convert_to_tensor(1.0 - decay, "float32"))

    def _move_all(self, share):
        for average, weight in zip(self.variables, self.weights, strict=True):
            average.assign(average + share * (weight - average))

    @contextmanager
    def in_place(self):
        """Within it the model has the averages for its weights."""
        own = [np.array(weight) for weight in self.weights]
        for weight, average in zip(self.weights, self.variables, strict=True):
            weight.assign(average)
        try:
            yield
        finally:
            for weight, value in zip(self.weights, own, strict=True):
                weight.assign(value)
