"""What all our metrics have in common: means over real tokens."""

import keras
from keras import ops


class TokenMetric(keras.metrics.Mean):
    """Mean of a value over all target tokens that are not padding, over all batches of an epoch.

    A subclass says the value: `values(y_true, y_pred)`, (batch, time) from ids (batch, time) and logits
    (batch, time, vocabulary).
    """

    def values(self, y_true, y_pred):
        raise NotImplementedError

    def update_state(self, y_true, y_pred, sample_weight=None):
        y_true = ops.cast(ops.convert_to_tensor(y_true), "int32")
        weights = ops.cast(ops.not_equal(y_true, 0), "float32")
        if sample_weight is not None:
            sample_weight = ops.cast(ops.convert_to_tensor(sample_weight), "float32")
            weights = weights * (ops.expand_dims(sample_weight, -1) if len(sample_weight.shape) == 1
                                 else sample_weight)
        values = ops.cast(self.values(y_true, y_pred), "float32")
        # Flat, for Keras takes the mean of each row, padding and all, so that tokens in wide batches would count less.
        # The mask that it hangs on the model's output is not needed: the weights say the same.
        return super().update_state(ops.reshape(values, (-1,)),
                                    sample_weight=ops.reshape(weights * ops.ones_like(values), (-1,)))
