"""Perplexity under teacher forcing."""

import keras
from keras import ops

from keras_s2s.training.token_metric import TokenMetric


@keras.saving.register_keras_serializable("keras_s2s")
class Perplexity(TokenMetric):
    """exp of the mean cross-entropy (natural logarithm) over the real target tokens, without label smoothing."""

    def __init__(self, name="perplexity", **kwargs):
        super().__init__(name=name, **kwargs)

    def values(self, y_true, y_pred):
        return ops.sparse_categorical_crossentropy(y_true, y_pred, from_logits=True)

    def result(self):
        return ops.exp(super().result())
