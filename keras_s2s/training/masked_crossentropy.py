"""The loss: cross-entropy from logits, mean over real tokens."""

import keras
from keras import ops

from keras_s2s.training.cross_entropy import cross_entropy
from keras_s2s.training.replicas import replica_count, summed_over_replicas


@keras.saving.register_keras_serializable("keras_s2s")
class MaskedCrossentropy(keras.losses.Loss):
    """Cross-entropy of target ids from logits, the mean over the tokens that are not padding.

    See `cross_entropy`, also for label smoothing.

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
        own, count = ops.sum(losses * weights), ops.sum(weights)
        if replica_count() == 1:
            return own / ops.maximum(count, 1e-7)
        return _share_of_the_mean(own, count)

    def call(self, y_true, y_pred):
        """Losses `(batch, time)`, padding not yet left out."""
        return cross_entropy(y_pred, y_true, self.label_smoothing)

    def get_config(self):
        return {"name": self.name, "label_smoothing": self.label_smoothing}


def _share_of_the_mean(own, count):
    """The loss of a replica: its gradients sum up to that of the mean over the tokens of all replicas.

    Its value is that mean by the number of replicas, which is what Keras' report takes it for.
    """
    total, count = summed_over_replicas([own, count])
    count = ops.maximum(count, 1e-7)
    share = own / count
    return share + ops.stop_gradient(total / count / replica_count() - share)
