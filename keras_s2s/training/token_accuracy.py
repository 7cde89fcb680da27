"""Accuracy of the next token under teacher forcing."""

import keras
from keras import ops

from keras_s2s.training.token_metric import TokenMetric


@keras.saving.register_keras_serializable("keras_s2s")
class TokenAccuracy(TokenMetric):
    """Share of the real target tokens whose logit is the largest, given the true tokens before."""

    def __init__(self, name="token_accuracy", **kwargs):
        super().__init__(name=name, **kwargs)

    def values(self, y_true, y_pred):
        return ops.equal(ops.cast(ops.argmax(y_pred, axis=-1), "int32"), y_true)
