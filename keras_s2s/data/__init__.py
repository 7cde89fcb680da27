"""Pairs of texts: read, divided, inspected, made into batches."""

_LAZY = {"batches": "keras_s2s.data.batching"}  # needs TensorFlow


def __getattr__(name):
    if name in _LAZY:
        import importlib

        return getattr(importlib.import_module(_LAZY[name]), name)
    raise AttributeError(f"module 'keras_s2s.data' has no attribute {name!r}")
