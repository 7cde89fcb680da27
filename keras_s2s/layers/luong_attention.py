"""Multiplicative attention."""

import keras
from keras import ops

from keras_s2s.layers.attention import Attention


@keras.saving.register_keras_serializable("keras_s2s")
class LuongAttention(Attention):
    """Multiplicative attention (Luong, Pham and Manning 2015, eq. 8):

        "general": score(s, h_j) = s' W h_j          "dot": score(s, h_j) = s' h_j

    For `"general"`, `W h_j` are the keys, computed once.

    Args:
        units: int. Width of the decoder's state, which the keys must have.
        score: `"general"` or `"dot"`; `"dot"` needs encoder outputs of width `units`. Defaults to `"general"`.
    """

    def __init__(self, units, score="general", **kwargs):
        super().__init__(units, **kwargs)
        if score not in ("general", "dot"):
            raise ValueError(f"Unknown score {score!r}. Expected 'general' or 'dot'. Choose one of these.")
        self.score_formula = score
        self.key_projection = None
        if score == "general":
            self.key_projection = keras.layers.Dense(self.units, use_bias=False, name="key_projection")

    def build(self, query_shape, memory_shape):
        values_width = memory_shape["values"][-1]
        if query_shape[-1] != self.units:
            raise ValueError(f"LuongAttention(units={self.units}) got queries of width {query_shape[-1]}. "
                             f"The two must be equal. Use LuongAttention({query_shape[-1]}).")
        if self.score_formula == "dot" and values_width != self.units:
            raise ValueError(f"The 'dot' score got encoder outputs of width {values_width} for a decoder of width "
                             f"{self.units}. The two must be equal. Change the units or use score='general'.")
        if self.key_projection is not None and not self.key_projection.built:
            self.key_projection.build((None, values_width))
        self.built = True

    def project_keys(self, values):
        return values if self.key_projection is None else self.key_projection(values)

    def score(self, query, keys):
        return ops.matmul(query, ops.swapaxes(keys, 1, 2))

    def get_config(self):
        return {**super().get_config(), "score": self.score_formula}
