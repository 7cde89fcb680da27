"""Calls of the browser's graphs in Python."""

import tensorflow as tf


def call(function, **tensors):
    """Calls a graph with the names of the bundle, `memory.keys` for `memory__keys`."""
    return {name: value.numpy() for name, value in function(
        **{name.replace(".", "__"): tf.constant(value) for name, value in tensors.items()}).items()}


def without_trace(tensors):
    """What `encode` gives to `step`."""
    return {name: value for name, value in tensors.items() if not name.startswith("trace.")}
