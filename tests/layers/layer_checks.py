"""What tests of layers do under every backend: draw numbers, read them out, compare them, differentiate."""

import keras
import numpy as np
from keras import ops


def random(*shape, seed=0):
    """Normal numbers as a tensor."""
    return ops.convert_to_tensor(np.random.default_rng(seed).normal(size=shape).astype("float32"))


def numbers(nested):
    """The NumPy arrays of a nested structure of tensors."""
    return keras.tree.map_structure(ops.convert_to_numpy, nested)


def assert_close(found, expected, tolerance=1e-5):
    """Compares two nested structures, which must have the same form."""
    keras.tree.assert_same_structure(found, expected)
    for one, other in zip(keras.tree.flatten(numbers(found)), keras.tree.flatten(numbers(expected)), strict=True):
        np.testing.assert_allclose(one, other, rtol=tolerance, atol=tolerance)


def randomize(layer, seed=0, scale=0.5):
    """Gives every weight random numbers, biases and gains, too, so that none can hide."""
    chance = np.random.default_rng(seed)
    for weight in layer.weights:
        if "seed_generator" not in weight.path:
            weight.assign(chance.normal(0, scale, weight.shape))
    return layer


def same_weights(layer, other):
    """Gives a layer the weights of another one."""
    for own, given in zip(layer.weights, other.weights, strict=True):
        own.assign(given)
    return layer


def serialized_copy(layer):
    """A new layer from the saved form of another one."""
    return keras.saving.deserialize_keras_object(keras.saving.serialize_keras_object(layer))


def gradients(loss, variables):
    """The gradient of `loss()` for each variable, `None` where there is none."""
    backend = keras.backend.backend()
    if backend == "tensorflow":
        import tensorflow as tf

        with tf.GradientTape() as tape:
            value = loss()
        found = tape.gradient(value, [variable.value for variable in variables])
        return [None if gradient is None else tf.convert_to_tensor(gradient).numpy() for gradient in found]
    if backend == "torch":
        for variable in variables:
            variable.value.grad = None
        loss().backward()
        return [None if variable.value.grad is None else variable.value.grad.numpy() for variable in variables]
    import jax

    def stateless(values):
        with keras.StatelessScope(state_mapping=list(zip(variables, values, strict=True))):
            return loss()

    found = jax.jit(jax.grad(stateless))([variable.value for variable in variables])
    return [np.asarray(gradient) for gradient in found]
