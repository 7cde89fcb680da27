"""Multiplicative attention and its kin."""

from typing import Any

import keras
from keras import ops

from keras_s2s.layers.attention import Attention, build_dense, product_with_vector

_SCORES = ("general", "dot", "scaled_dot", "concat")


@keras.saving.register_keras_serializable("keras_s2s")
class LuongAttention(Attention):
    """The scores of Luong, Pham and Manning 2015, eq. 8, and the scaled product of Vaswani et al. 2017, eq. 1:

        "dot"         score(s, h_j) = s' h_j
        "scaled_dot"  score(s, h_j) = s' h_j / sqrt(units)
        "general"     score(s, h_j) = s' W h_j                  also called the weighted dot product
        "concat"      score(s, h_j) = v' tanh(W [s; h_j])

    For `"general"`, W h_j are the keys, computed once. `"concat"` is additive attention in other words: W [s; h_j] is
    the sum of a product with s and one with h_j, and the latter are the keys.

    Args:
        units: int. Width of the decoder's state, which the keys must have; for `"concat"`, of v.
        score: see above. `"dot"` and `"scaled_dot"` need encoder outputs of width `units`. Defaults to `"general"`.
    """

    def __init__(self, units, score="general", **kwargs):
        super().__init__(units, **kwargs)
        if score not in _SCORES:
            raise ValueError(f"Unknown score {score!r}. Expected one of {_SCORES}. Choose one of these.")
        self.score_formula = score
        self.key_projection: Any = None
        if score in ("general", "concat"):
            self.key_projection = keras.layers.Dense(self.units, use_bias=False, name="key_projection")
        self.query_projection: Any = None
        self.score_projection: Any = None
        if score == "concat":
            self.query_projection = keras.layers.Dense(self.units, use_bias=False, name="query_projection")
            self.score_projection = keras.layers.Dense(1, use_bias=False, name="score_projection")

    def build(self, query_shape, memory_shape):
        query_width, values_width = query_shape[-1], memory_shape["values"][-1]
        if self.score_formula != "concat" and query_width != self.units:
            raise ValueError(f"{type(self).__name__}(units={self.units}) got queries of width {query_width}. "
                             f"The two must be equal. Use units={query_width}.")
        if self.key_projection is None and values_width != self.units:
            raise ValueError(f"The {self.score_formula!r} score got encoder outputs of width {values_width} for a "
                             f"decoder of width {self.units}. The two must be equal. Change the units or use "
                             "score='general'.")
        if self.key_projection is not None:
            build_dense(self.key_projection, values_width)
        if self.score_formula == "concat":
            build_dense(self.query_projection, query_width)
            build_dense(self.score_projection, self.units)
        self.built = True

    def project_keys(self, values):
        return values if self.key_projection is None else self.key_projection(values)

    def project_query(self, query):
        return query if self.query_projection is None else self.query_projection(query)

    def score(self, query, keys, state):
        if self.score_formula == "concat":
            return product_with_vector(ops.tanh(ops.expand_dims(query, 2) + ops.expand_dims(keys, 1)),
                                       self.score_projection)
        scores = ops.matmul(query, ops.swapaxes(keys, 1, 2))
        return scores * self.units ** -0.5 if self.score_formula == "scaled_dot" else scores

    def get_config(self):
        return {**super().get_config(), "score": self.score_formula}
