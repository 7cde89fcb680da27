"""Attention that knows what it has covered."""

import keras
from keras import ops

from keras_s2s.layers.attention import build_dense
from keras_s2s.layers.bahdanau_attention import BahdanauAttention


@keras.saving.register_keras_serializable("keras_s2s")
class CoverageAttention(BahdanauAttention):
    """Additive attention that sees how much it has looked at each position so far (Tu et al. 2016, eq. 6 and 8):

        coverage_tj = weights_1j + ... + weights_tj
        score(s_t, h_j) = v' tanh(W s_t + U h_j + V coverage_{t-1,j})

    So it can learn to translate every word, and none twice. (The paper divides each position's sum by a learnt
    fertility; here it is 1, as in See et al. 2017, eq. 10 and 11.)

    Args:
        units, normalized: see `BahdanauAttention`.
    """

    remembers = True

    def __init__(self, units, normalized=False, **kwargs):
        super().__init__(units, normalized=normalized, **kwargs)
        self.coverage_projection = keras.layers.Dense(self.units, use_bias=False, name="coverage_projection")

    def build(self, query_shape, memory_shape):
        super().build(query_shape, memory_shape)
        build_dense(self.coverage_projection, 1)

    def initial_state(self, mask):
        return {"coverage": ops.zeros_like(mask, dtype=self.compute_dtype)}

    def remember(self, state, weights):
        return {**state, "coverage": state["coverage"] + weights}

    def score(self, query, keys, state):
        features = self.coverage_projection(ops.expand_dims(state["coverage"], -1))
        features = ops.reshape(features, (*ops.shape(query)[:2], ops.shape(keys)[1], self.units))
        return self.score_of_sum(ops.expand_dims(query, 2) + ops.expand_dims(keys, 1) + features)
