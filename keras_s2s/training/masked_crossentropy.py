"""The loss: cross-entropy from logits, mean over real tokens."""

import keras
from keras import ops


@keras.saving.register_keras_serializable("keras_s2s")
class MaskedCrossentropy(keras.losses.Loss):
    """Cross-entropy of target ids from logits, the mean over the tokens that are not padding.

    With label smoothing e (Szegedy et al. 2016, section 7) the true distribution gives 1 - e to the right token
    and spreads e evenly over the vocabulary.

    Args:
        label_smoothing: float in [0, 1). Defaults to 0.

    Call arguments: `y_true` (batch, time) ids with 0 for padding, `y_pred` (batch, time, vocabulary) logits.
    """

    def __init__(self, label_smoothing=0.0, name="masked_crossentropy", **kwargs):
        super().__init__(name=name, reduction=None, **kwargs)
        self.label_smoothing = label_smoothing

    def __call__(self, y_true, y_pred, sample_weight=None):
        # In place of Keras' own reduction, which would count padding unless the model sets a mask.
        y_true = ops.cast(ops.convert_to_tensor(y_true), "int32")
        losses = self.call(y_true, ops.convert_to_tensor(y_pred))
        weights = ops.cast(ops.not_equal(y_true, 0), losses.dtype)
        if sample_weight is not None:
            sample_weight = ops.cast(ops.convert_to_tensor(sample_weight), losses.dtype)
            weights = weights * (ops.expand_dims(sample_weight, -1) if len(sample_weight.shape) == 1
                                 else sample_weight)
        return ops.sum(losses * weights) / ops.maximum(ops.sum(weights), 1e-7)

    def call(self, y_true, y_pred):
        """Losses `(batch, time)`, padding not yet left out."""
        losses = ops.sparse_categorical_crossentropy(y_true, y_pred, from_logits=True)
        if not self.label_smoothing:
            return losses
        # (1 - e) ce + e mean(-log softmax), with -log softmax_y = ce: no second softmax over the vocabulary.
        chosen = ops.squeeze(ops.take_along_axis(y_pred, ops.expand_dims(y_true, -1), axis=-1), -1)
        return losses + self.label_smoothing * (chosen - ops.mean(y_pred, axis=-1))

    def get_config(self):
        return {"name": self.name, "label_smoothing": self.label_smoothing}
