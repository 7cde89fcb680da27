"""A bridge from all of the encoder's states."""

import keras
from keras import ops

from keras_s2s.layers.dense_bridge import DenseBridge


@keras.saving.register_keras_serializable("keras_s2s")
class MeanBridge(DenseBridge):
    """A learnt transformation of the mean of the encoder's outputs (Sennrich et al. 2017, section 2):

        s_0 = tanh(W mean_j h_j + b)

    Else as `DenseBridge`. The last state, which knows most about one end of the source, has no privilege here.
    """

    def build(self, final_state_shape, values_shape):
        for index in range(self.layers):
            self.build_layer(f"layer_{index}", values_shape[-1])
        self.built = True

    def call(self, final_state, values, mask):
        number = ops.maximum(ops.sum(ops.cast(mask, values.dtype), axis=1, keepdims=True), 1.0)
        mean = ops.sum(values, axis=1) / number  # values are 0 at padding
        return {f"layer_{index}": self.transformed(f"layer_{index}", mean) for index in range(self.layers)}
