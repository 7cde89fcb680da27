"""Location-sensitive attention."""

import keras
from keras import ops

from keras_s2s.layers.attention import build_dense
from keras_s2s.layers.bahdanau_attention import BahdanauAttention


@keras.saving.register_keras_serializable("keras_s2s")
class LocationAttention(BahdanauAttention):
    """Additive attention that sees where it looked last (Chorowski et al. 2015, eq. 8 and 9), made for speech:

        f_t = F * weights_{t-1}                        a convolution along the source: `filters` numbers a position
        score(s_t, h_j) = v' tanh(W s_t + U h_j + V f_tj)

    So it can learn to move on from the last place, where many frames look alike. Before the first step the weights
    are 0 everywhere.

    Args:
        units, normalized: see `BahdanauAttention`.
        filters: int. Defaults to 10.
        kernel_size: int, odd. Positions that a filter sees. Defaults to 15; the paper has 201 for 100 frames a second.
    """

    remembers = True

    def __init__(self, units, normalized=False, filters=10, kernel_size=15, **kwargs):
        super().__init__(units, normalized=normalized, **kwargs)
        if int(kernel_size) % 2 == 0:
            raise ValueError(f"Got kernel_size={kernel_size}. Expected an odd number, so that a filter has a middle. "
                             f"Use {int(kernel_size) + 1}.")
        self.filters, self.kernel_size = int(filters), int(kernel_size)
        self.convolution = keras.layers.Conv1D(self.filters, self.kernel_size, padding="same", use_bias=False,
                                               name="convolution")
        self.location_projection = keras.layers.Dense(self.units, use_bias=False, name="location_projection")

    def build(self, query_shape, memory_shape):
        super().build(query_shape, memory_shape)
        if not self.convolution.built:
            self.convolution.build((None, None, 1))
        build_dense(self.location_projection, self.filters)

    def initial_state(self, mask):
        return {"weights": ops.zeros_like(mask, dtype=self.compute_dtype)}

    def remember(self, state, weights):
        return {**state, "weights": weights}

    def score(self, query, keys, state):
        features = self.location_projection(self.convolution(ops.expand_dims(state["weights"], -1)))
        features = ops.reshape(features, (*ops.shape(query)[:2], ops.shape(keys)[1], self.units))
        return self.score_of_sum(ops.expand_dims(query, 2) + ops.expand_dims(keys, 1) + features)

    def get_config(self):
        return {**super().get_config(), "filters": self.filters, "kernel_size": self.kernel_size}
