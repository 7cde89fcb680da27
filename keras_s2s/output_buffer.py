"""Outputs of a loop, a step at a time."""

import contextlib
import contextvars

import keras
from keras import ops

_in_tensors = contextvars.ContextVar("in_tensors", default=False)


@contextlib.contextmanager
def buffers_in_tensors():
    """Graphs that are traced within have plain tensors for buffers: TF.js has no TensorArray."""
    token = _in_tensors.set(True)
    try:
        yield
    finally:
        _in_tensors.reset(token)


def buffers_are_tensors():
    """Whether buffers are plain tensors here: see `buffers_in_tensors`, and in eager mode."""
    if _in_tensors.get() or keras.backend.backend() != "tensorflow":
        return True
    import tensorflow as tf

    return tf.executing_eagerly()


class OutputBuffer:
    """What a loop writes, one step after the other: the fastest that the backend has.

    Under TensorFlow a TensorArray, since writing a step into a tensor copies all the others; where that is not to be
    had (see `buffers_in_tensors`, and other backends) a tensor.

    All three methods take and give what may travel through `keras.ops.while_loop`.
    """

    @staticmethod
    def empty(time, shape, dtype="float32"):
        """A buffer for `time` steps of this shape, all 0."""
        zeros = ops.zeros((time, *shape), dtype=dtype)
        if buffers_are_tensors():
            return zeros
        import tensorflow as tf

        # At least one step: a list of none would not know the shape of its elements.
        zeros = tf.cond(tf.shape(zeros)[0] > 0, lambda: zeros, lambda: tf.zeros((1, *shape), dtype))
        return tf.TensorArray(zeros.dtype, size=tf.shape(zeros)[0]).unstack(zeros)

    @staticmethod
    def write(buffer, index, values):
        """The buffer with `values` (...) at step `index`, a scalar."""
        return buffer.write(index, values) if hasattr(buffer, "write") else write_step(buffer, index, values)

    @staticmethod
    def stacked(buffer, steps):
        """The first `steps` of a buffer, `(steps, ...)`."""
        return (buffer.stack() if hasattr(buffer, "stack") else buffer)[:steps]


def write_step(buffer, index, values):
    """A tensor `(time, ...)` with `values` (...) at step `index`, a scalar; all runtimes have this operation."""
    return ops.scatter_update(buffer, ops.reshape(index, (1, 1)), ops.expand_dims(values, 0))
