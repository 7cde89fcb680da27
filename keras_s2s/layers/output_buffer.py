"""Outputs of a loop, kept in plain tensors."""

from keras import ops


def write_step(buffer, index, values):
    """`buffer` (time, ...) with `values` (...) at step `index`, a scalar.

    TF.js has no TensorArray; this is one operation that it has on all backends.
    """
    return ops.scatter_update(buffer, ops.reshape(index, (1, 1)), ops.expand_dims(values, 0))
