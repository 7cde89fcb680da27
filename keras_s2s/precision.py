"""Decoding in float32, whatever a model was trained in."""

from contextlib import contextmanager


@contextmanager
def in_float32(model):
    """Within it all layers of a model compute in float32, as all runtimes do; its weights are float32 anyway.

    Changes nothing but models that were built under Keras' policy `mixed_bfloat16` or `mixed_float16`.
    """
    if model.compute_dtype == "float32":
        yield
        return
    layers = [layer for layer in model._flatten_layers() if layer.compute_dtype != "float32"]
    policies = [layer.dtype_policy for layer in layers]
    for layer in layers:
        layer.dtype_policy = "float32"
    try:
        yield
    finally:
        for layer, policy in zip(layers, policies, strict=True):
            layer.dtype_policy = policy
