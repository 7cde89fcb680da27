"""Additive attention."""

import keras
from keras import ops

from keras_s2s.layers.attention import Attention


@keras.saving.register_keras_serializable("keras_s2s")
class BahdanauAttention(Attention):
    """Additive attention (Bahdanau, Cho and Bengio 2015, appendix A.1.2):

        score(s, h_j) = v' tanh(W s + U h_j)

    `U h_j` are the keys: they do not depend on the query and are computed once.

    Args:
        units: int. Width of the hidden layer, that is of v, W s and U h.

    Example:

        attention = BahdanauAttention(8)
        values = keras.random.normal((2, 5, 6))
        memory = {"values": values, "keys": attention.project_keys(values), "mask": ops.ones((2, 5), "bool")}
        context, weights, scores, _ = attention(keras.random.normal((2, 4)), memory)  # (2, 6), (2, 5), (2, 5)
    """

    def __init__(self, units, **kwargs):
        super().__init__(units, **kwargs)
        self.query_projection = keras.layers.Dense(self.units, use_bias=False, name="query_projection")
        self.key_projection = keras.layers.Dense(self.units, use_bias=False, name="key_projection")
        self.score_projection = keras.layers.Dense(1, use_bias=False, name="score_projection")

    def build(self, query_shape, memory_shape):
        for layer, width in ((self.query_projection, query_shape[-1]),
                             (self.key_projection, memory_shape["values"][-1]),
                             (self.score_projection, self.units)):
            if not layer.built:
                layer.build((None, width))
        self.built = True

    def project_keys(self, values):
        return self.key_projection(values)

    def score(self, query, keys):
        hidden = ops.tanh(ops.expand_dims(self.query_projection(query), 2) + ops.expand_dims(keys, 1))
        return ops.squeeze(self.score_projection(hidden), -1)
