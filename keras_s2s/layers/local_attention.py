"""Local attention with a predicted position."""

import keras
from keras import ops

from keras_s2s.layers.attention import MASKED_SCORE, build_dense
from keras_s2s.layers.luong_attention import LuongAttention


@keras.saving.register_keras_serializable("keras_s2s")
class LocalAttention(LuongAttention):
    """Looks at a few positions around one that it predicts: local-p (Luong, Pham and Manning 2015, eq. 9 and 10).

    With S the source's length and D the window:

        p_t = S * sigmoid(v_p' tanh(W_p s_t))
        weights_tj = softmax_j(score(s_t, h_j)) * exp(-(j - p_t)^2 / (2 (D / 2)^2))        for |j - p_t| <= D, else 0

    The first item is position 0. The weights of a step add up to less than 1: so the paper has it.

    Args:
        units, score: see `LuongAttention`.
        window: int, at least 1. D, positions on either side. Defaults to 10.
    """

    def __init__(self, units, score="general", window=10, **kwargs):
        super().__init__(units, score=score, **kwargs)
        if int(window) < 1:
            raise ValueError(f"Got window={window}. Expected at least 1. Use window=10.")
        self.window = int(window)
        self.position_projection = keras.layers.Dense(self.units, activation="tanh", use_bias=False,
                                                      name="position_projection")
        self.position = keras.layers.Dense(1, activation="sigmoid", use_bias=False, name="position")

    def build(self, query_shape, memory_shape):
        super().build(query_shape, memory_shape)
        build_dense(self.position_projection, query_shape[-1])
        build_dense(self.position, self.units)

    def align(self, query, scores, mask):
        real = ops.expand_dims(ops.cast(mask, scores.dtype), 1)
        length = ops.sum(real, axis=-1, keepdims=True)
        places = ops.cumsum(ops.ones_like(real), axis=2) - 1.0  # TF.js takes no axis of -1 here: wasm crashes
        distance = places - length * self.position(self.position_projection(query))
        near = ops.abs(distance) <= self.window
        weights = ops.softmax(ops.where(near, scores, ops.cast(MASKED_SCORE, scores.dtype)), axis=-1)
        return weights * ops.exp(-2.0 * ops.square(distance / self.window))

    def get_config(self):
        return {**super().get_config(), "window": self.window}
