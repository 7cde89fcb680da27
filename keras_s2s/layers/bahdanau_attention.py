"""Additive attention."""

import keras
from keras import ops

from keras_s2s.layers.attention import Attention, build_dense, product_with_vector


@keras.saving.register_keras_serializable("keras_s2s")
class BahdanauAttention(Attention):
    """Additive attention (Bahdanau, Cho and Bengio 2015, appendix A.1.2):

        score(s, h_j) = v' tanh(W s + U h_j)

    `U h_j` are the keys: they do not depend on the query and are computed once. Normalised, v has a length of its own
    (weight normalisation, Salimans and Kingma 2016) and the sum a bias:

        score(s, h_j) = g (v / |v|)' tanh(W s + U h_j + b)

    Args:
        units: int. Width of the hidden layer, that is of v, W s and U h.
        normalized: bool. Defaults to `False`.

    Example:

        attention = BahdanauAttention(8)
        values = keras.random.normal((2, 5, 6))
        memory = {"values": values, "keys": attention.project_keys(values), "mask": ops.ones((2, 5), "bool")}
        context, weights, scores, _ = attention(keras.random.normal((2, 4)), memory)  # (2, 6), (2, 5), (2, 5)
    """

    def __init__(self, units, normalized=False, **kwargs):
        super().__init__(units, **kwargs)
        self.normalized = bool(normalized)
        self.query_projection = keras.layers.Dense(self.units, use_bias=self.normalized, name="query_projection")
        self.key_projection = keras.layers.Dense(self.units, use_bias=False, name="key_projection")
        self.score_projection = keras.layers.Dense(1, use_bias=False, name="score_projection")
        self.gain = None

    def build(self, query_shape, memory_shape):
        build_dense(self.query_projection, query_shape[-1])
        build_dense(self.key_projection, memory_shape["values"][-1])
        build_dense(self.score_projection, self.units)
        if self.normalized and self.gain is None:
            self.gain = self.add_weight(name="gain", shape=(), initializer=keras.initializers.Constant(
                self.units ** -0.5))
        self.built = True

    def project_keys(self, values):
        return self.key_projection(values)

    def project_query(self, query):
        return self.query_projection(query)

    def score(self, query, keys, state):
        return self.score_of_sum(ops.expand_dims(query, 2) + ops.expand_dims(keys, 1))

    def score_of_sum(self, hidden):
        """v' tanh(.) of sums `(batch, target time, source time, units)`."""
        scores = product_with_vector(ops.tanh(hidden), self.score_projection)
        if not self.normalized:
            return scores
        length = ops.sqrt(ops.sum(ops.square(ops.convert_to_tensor(self.score_projection.kernel))))
        return scores * (self.gain / length)

    def get_config(self):
        return {**super().get_config(), "normalized": self.normalized}
