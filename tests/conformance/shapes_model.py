"""A small SavedModel, written with plain TensorFlow, whose signatures bring out the edges of the protocol."""

from pathlib import Path

import tensorflow as tf

# Signatures that give back what they get, whatever its shape: (type, shape).
ECHOES = {
    "echo_float": ("float32", None),
    "echo_double": ("float64", None),
    "echo_int32": ("int32", None),
    "echo_int64": ("int64", None),
    "echo_uint64": ("uint64", None),
    "echo_bool": ("bool", None),
    "echo_text": ("string", None),
    "echo_rows": ("float32", [None]),
}


class ShapesModel(tf.Module):
    """The functions behind the signatures; every input is called `x` where a signature has only one.

    Args:
        offset: What `serving_default` adds: it tells the versions apart.
    """

    def __init__(self, offset: float):
        super().__init__()
        self.offset = offset

    @tf.function(input_signature=[tf.TensorSpec([None], tf.float32, name="x")])
    def half_plus(self, x):
        """y = x / 2 + offset."""
        return {"y": 0.5 * x + self.offset}

    @tf.function(
        input_signature=[
            tf.TensorSpec([None], tf.int32, name="number"),
            tf.TensorSpec([None], tf.string, name="text"),
        ]
    )
    def pair(self, number, text):
        """Two inputs, two outputs, all by row."""
        return {"longer": number + tf.strings.length(text), "copy": tf.identity(text)}

    @tf.function(
        input_signature=[
            tf.TensorSpec([None, 2], tf.float32, name="decimal"),
            tf.TensorSpec([None], tf.int32, name="whole"),
            tf.TensorSpec([None], tf.int64, name="long"),
            tf.TensorSpec([None], tf.bool, name="flag"),
            tf.TensorSpec([None], tf.string, name="text"),
        ]
    )
    def kinds(self, decimal, whole, long, flag, text):
        """One input and one output of each common type."""
        return {
            "decimal": 2.0 * decimal,
            "whole": -whole,
            "long": -long,
            "flag": tf.logical_not(flag),
            "text": tf.identity(text),
        }

    @tf.function(input_signature=[tf.TensorSpec([None], tf.string, name="x")])
    def raw(self, x):
        """A string output that REST writes in base64, by its name."""
        return {"copy_bytes": tf.identity(x), "length": tf.strings.length(x)}

    @tf.function(input_signature=[tf.TensorSpec([None, 2], tf.float32, name="x")])
    def fixed(self, x):
        """A fixed second axis, which the graph itself insists on: x0 + 10 x1."""
        return {"y": tf.linalg.matmul(x, [[1.0], [10.0]])}

    @tf.function(
        input_signature=[tf.TensorSpec([None], tf.float32, name="x"), tf.TensorSpec([], tf.float32, name="factor")]
    )
    def scaled(self, x, factor):
        """A scalar input: cannot be batched with other requests."""
        return {"y": factor * x}

    @tf.function(input_signature=[tf.TensorSpec([None], tf.float32, name="x")])
    def reciprocal(self, x):
        """1 / x: infinite for zeros, NaN for NaN."""
        return {"y": 1.0 / x}

    @tf.function(input_signature=[tf.TensorSpec([None], tf.string, name="x")])
    def summary(self, x):
        """An output without an axis of rows."""
        return {"rows": tf.size(x), "copy": tf.identity(x)}

    @tf.function(input_signature=[tf.TensorSpec([None], tf.float32, name="x")])
    def uneven(self, x):
        """Outputs with different numbers of rows."""
        return {"once": tf.identity(x), "twice": tf.concat([x, x], axis=0)}

    @tf.function(input_signature=[tf.TensorSpec([None], tf.string, name="x")])
    def parsed(self, x):
        """Raises INVALID_ARGUMENT inside the graph for a text that is no number."""
        return {"y": tf.strings.to_number(x)}

    @tf.function(input_signature=[tf.TensorSpec([None], tf.float16, name="x")])
    def half_in(self, x):
        """A type of input that JSON cannot carry."""
        return {"y": tf.cast(x, tf.float32)}

    @tf.function(input_signature=[tf.TensorSpec([None], tf.float32, name="x")])
    def half_out(self, x):
        """A type of output that JSON cannot carry."""
        return {"y": tf.cast(x, tf.float16)}

    @tf.function(input_signature=[tf.TensorSpec([None], tf.int32, name="x")])
    def slow(self, x):
        """Counts to the largest x, one step after the other: some microseconds each."""
        last = tf.reduce_max(x)
        count = tf.while_loop(lambda i: i < last, lambda i: (i + 1,), (tf.constant(0),), parallel_iterations=1)[0]
        return {"y": tf.fill(tf.shape(x), count)}


def _echo(dtype: str, shape: list[int | None] | None):
    def echo(x):
        return {"y": tf.identity(x)}

    return tf.function(echo, input_signature=[tf.TensorSpec(shape, tf.as_dtype(dtype), name="x")])


def write_shapes_model(folder: Path) -> None:
    """Writes versions 1 and 2 below `folder`; they add 2 and 3."""
    for version, offset in ((1, 2.0), (2, 3.0)):
        model = ShapesModel(offset)
        signatures = {
            "serving_default": model.half_plus,
            **{
                name: getattr(model, name)
                for name in (
                    *("pair", "kinds", "raw", "fixed", "scaled", "reciprocal", "summary", "uneven"),
                    *("parsed", "half_in", "half_out", "slow"),
                )
            },
        }
        for name, (dtype, shape) in ECHOES.items():
            function = _echo(dtype, shape)
            setattr(model, name, function)  # what is saved hangs on the model
            signatures[name] = function
        tf.saved_model.save(model, str(folder / str(version)), signatures=signatures)
