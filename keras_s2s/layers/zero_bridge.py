"""No bridge."""

import keras
from keras import ops

from keras_s2s.layers.bridge import Bridge


@keras.saving.register_keras_serializable("keras_s2s")
class ZeroBridge(Bridge):
    """The decoder begins with zeros: s_0 = 0. What it knows of the source comes through the context alone."""

    def call(self, final_state, values, mask):
        zeros = ops.zeros((ops.shape(values)[0], self.units), dtype=values.dtype)
        return {f"layer_{index}": dict.fromkeys(self.state_names, zeros) for index in range(self.layers)}
