"""Where the backends that Keras runs on differ."""

import contextlib

import keras
from keras import ops

from keras_s2s.output_buffer import buffers_are_tensors


def compiled(function, jit_compile=False):
    """`function` as a graph: `tf.function` under TensorFlow, as it is elsewhere.

    (JAX compiles the loops themselves; PyTorch runs them eagerly.)

    Args:
        function: of tensors.
        jit_compile: bool. Whether XLA compiles it (TensorFlow).
    """
    if not is_tensorflow():
        return function
    import tensorflow as tf

    return tf.function(function, reduce_retracing=True, jit_compile=jit_compile or None)


def weights_read_once(variables, values=None):
    """Within it a graph reads its weights outside of the loops; otherwise it does so in every step.

    Args:
        variables: Keras variables.
        values: what they are, tensors or `tf.Variable`. Defaults to their own values.
    """
    if not is_tensorflow():
        return contextlib.nullcontext()
    import tensorflow as tf

    values = [variable.value for variable in variables] if values is None else values
    return keras.StatelessScope(state_mapping=[
        (variable, tf.cast(tf.convert_to_tensor(value), variable.dtype))
        for variable, value in zip(variables, values, strict=True)])


def is_tensorflow():
    """Whether Keras runs on TensorFlow."""
    return keras.backend.backend() == "tensorflow"


def place_of_largest(values):
    """The place of the largest, the first of equal ones: `(rows, n)` -> `(rows,)` int32."""
    if not is_tensorflow():
        return ops.cast(ops.argmax(values, axis=-1), "int32")
    import tensorflow as tf  # Keras' argmax uses a bitcast, which TF.js lacks

    return tf.argmax(values, axis=-1, output_type=tf.int32)


def largest(values, number):
    """As `ops.top_k`, equal ones in order on every backend: PyTorch's own promises none."""
    if keras.backend.backend() != "torch":
        return ops.top_k(values, number)
    places = ops.argsort(-values, axis=-1)[:, :number]
    return select(values, places), places


def select(values, places):
    """`values` (rows, n, ...) at `places` (rows, k): `(rows, k, ...)`."""
    if is_tensorflow() and not buffers_are_tensors():
        import tensorflow as tf  # one operation in the place of many, which damages the memory of TF.js' wasm backend

        return tf.gather(values, places, axis=1, batch_dims=1)
    rows, width, *rest = ops.shape(values)
    firsts = ops.expand_dims(ops.arange(rows, dtype="int32"), 1) * width
    found = ops.take(ops.reshape(values, (rows * width, *rest)), ops.reshape(firsts + places, (-1,)), axis=0)
    return ops.reshape(found, (*ops.shape(places), *rest))


def taken(values, places):
    """`values`, counted through from the first row to the last, at `places`."""
    found = ops.take(ops.reshape(values, (-1,)), places)
    # Of no values JAX makes something of another form.
    return found if is_tensorflow() else ops.reshape(found, ops.shape(places))


def scalar(value):
    """A number where it is known already, so that shapes can be made of it on every backend."""
    return value if is_tensorflow() else int(value)
