"""Adam, a weight at a time."""

import keras
from keras import ops

from keras_s2s.training.replicas import replica_count, summed_over_replicas


@keras.saving.register_keras_serializable("keras_s2s")
class Adam(keras.optimizers.Adam):
    """Keras' Adam (Kingma and Ba 2015) with the same numbers in half the time, on a processor with TensorFlow.

    Keras goes through weights, gradients and moments a dozen times; TensorFlow has one operation that does so once.
    (A row of embeddings that occurs twice in a batch has the sum for its gradient; Keras squares the two apart.) With
    `amsgrad`, and under other backends, this is Keras' optimizer itself.

    Under a `tf.distribute` strategy gradients are clipped after they were summed over the replicas; Keras would clip
    those of each replica.

    Args: as `keras.optimizers.Adam`.
    """

    def apply(self, grads, trainable_variables=None):
        if replica_count() > 1:
            found = iter(summed_over_replicas([ops.convert_to_tensor(one) for one in grads if one is not None]))
            grads = [None if one is None else next(found) for one in grads]
        return super().apply(grads, trainable_variables)

    def _all_reduce_sum_gradients(self, grads_and_vars):
        return grads_and_vars  # `apply` did it

    def _clip_gradients(self, grads):
        """As Keras', but gradients that need no scaling are left alone, and their norm is taken in one go.

        (Were this hook of Keras' renamed, Keras' own would clip: the same numbers, more slowly.)
        """
        if keras.backend.backend() != "tensorflow" or not self.global_clipnorm:
            return super()._clip_gradients(grads)
        import tensorflow as tf

        grads = [tf.convert_to_tensor(grad) for grad in grads]
        norm = tf.linalg.global_norm(grads)
        # A norm that is not finite makes all weights NaN, so that the next loss shows it.
        scale = self.global_clipnorm / norm + (norm - norm)
        return tf.cond(norm <= self.global_clipnorm, lambda: grads, lambda: [grad * scale for grad in grads])

    def update_step(self, gradient, variable, learning_rate):
        if keras.backend.backend() != "tensorflow" or self.amsgrad or not hasattr(variable, "handle"):
            super().update_step(gradient, variable, learning_rate)
            return
        import tensorflow as tf

        index = self._get_variable_index(variable)
        momentum, velocity = self._momentums[index], self._velocities[index]
        step = ops.cast(self.iterations + 1, variable.dtype)
        tf.raw_ops.ResourceApplyAdam(
            var=variable.handle, m=momentum.value.handle, v=velocity.value.handle,
            beta1_power=ops.power(ops.cast(self.beta_1, variable.dtype), step),
            beta2_power=ops.power(ops.cast(self.beta_2, variable.dtype), step),
            lr=ops.cast(learning_rate, variable.dtype), beta1=self.beta_1, beta2=self.beta_2, epsilon=self.epsilon,
            grad=tf.cast(tf.convert_to_tensor(gradient), variable.dtype))
