"""Perplexity under teacher forcing."""

import keras
from keras import ops

from keras_s2s.training.cross_entropy import cross_entropy
from keras_s2s.training.token_metric import TokenMetric


@keras.saving.register_keras_serializable("keras_s2s")
class Perplexity(TokenMetric):
    """exp of the mean cross-entropy (natural logarithm) over the real target tokens, without label smoothing."""

    def __init__(self, name="perplexity", **kwargs):
        super().__init__(name=name, **kwargs)

    def values(self, y_true, y_pred):
        return cross_entropy(y_pred, y_true)

    def result(self):
        return ops.exp(super().result())
