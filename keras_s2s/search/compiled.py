"""Compiles a function for the backend that Keras runs on."""

import keras


def compiled(function):
    """`function` as a graph: `tf.function` under TensorFlow, as it is elsewhere.

    (JAX compiles the loops themselves; PyTorch runs them eagerly.)
    """
    if keras.backend.backend() != "tensorflow":
        return function
    import tensorflow as tf

    return tf.function(function, reduce_retracing=True)
