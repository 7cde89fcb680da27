"""Nested arrays as JSON types, and back."""

import math

import numpy as np

from keras_s2s.errors import UserError


def to_json_types(value):
    """The same with lists in the place of arrays, numbers with six significant digits.

    Float32 numbers with so many digits are read again as what has the same digits.

    >>> to_json_types({"a": np.array([[1 / 3, 2.0]], "float32")})
    {'a': [[0.333333, 2.0]]}
    """
    if isinstance(value, dict):
        return {name: to_json_types(one) for name, one in value.items()}
    if isinstance(value, np.ndarray):
        return to_json_types(value.tolist())
    if isinstance(value, list):
        return [to_json_types(one) for one in value]
    if isinstance(value, float):
        if not math.isfinite(value):
            raise UserError(f"the model computed {value}", "expected finite numbers", "its weights are broken: train "
                            "anew, with a smaller learning rate")
        return float(f"{value:.6g}")
    return value


def from_json_types(value):
    """The same with float32 arrays in the place of (nested) lists of numbers.

    >>> from_json_types({"a": [[1, 2.5]], "b": ["c"], "d": 1})
    {'a': array([[1. , 2.5]], dtype=float32), 'b': ['c'], 'd': 1}
    """
    if isinstance(value, dict):
        return {name: from_json_types(one) for name, one in value.items()}
    if not isinstance(value, list):
        return value
    leaf = value
    while isinstance(leaf, list) and leaf:
        leaf = leaf[0]
    if isinstance(leaf, int | float) and not isinstance(leaf, bool):
        return np.asarray(value, "float32")
    return [from_json_types(one) for one in value]
