"""Adam, a weight at a time."""

import keras
from keras import ops


@keras.saving.register_keras_serializable("keras_s2s")
class Adam(keras.optimizers.Adam):
    """Keras' Adam (Kingma and Ba 2015) with the same numbers in half the time, on a processor with TensorFlow.

    Keras goes through weights, gradients and moments a dozen times; TensorFlow has one operation that does so once.
    With `amsgrad`, and under other backends, this is Keras' optimizer itself.

    Args: as `keras.optimizers.Adam`.
    """

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
            grad=ops.cast(gradient, variable.dtype))
