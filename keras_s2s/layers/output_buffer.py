"""Outputs of a loop, kept in plain tensors."""

from keras import ops


def steps_of(time):
    """The numbers of all steps, `(time,)`. To be made before the loop: TF.js' converter loses a range made in it."""
    return ops.arange(time, dtype="int32")


def write_step(buffer, steps, index, values):
    """`buffer` (time, ...) with `values` (...) at step `index`.

    A choice between two tensors, not an update in place: TF.js has no TensorArray, and this is what it runs on all
    backends.
    """
    here = ops.reshape(ops.equal(steps, index), (-1,) + (1,) * len(values.shape))
    return ops.where(here, ops.expand_dims(values, 0), buffer)
