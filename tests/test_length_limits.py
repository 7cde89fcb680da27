"""How many tokens a translation may have, and has to have."""

import math

import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given
from hypothesis import strategies as st

from keras_s2s.errors import UserError
from keras_s2s.length_limits import LengthLimits

RULE = {"factor": 1.5, "offset": 3, "maximum": 30}
LENGTHS = [0, 1, 4, 40]  # of sources, without their end tokens


def limits(lengths=LENGTHS, prefixes=None, **options):
    """`(limit, minimum)` of sources of some lengths, as lists."""
    ids = np.array([[7] * length + [3] + [0] * (max(lengths) - length) for length in lengths], "int32")
    if prefixes is not None:
        prefixes = np.array([[5] * length + [0] * (max(prefixes) - length) for length in prefixes], "int32")
    limit, minimum = LengthLimits(**options).of(tf.constant(ids), RULE, prefixes)
    assert limit.dtype == tf.int32
    return limit.numpy().tolist(), None if minimum is None else minimum.numpy().tolist()


@pytest.mark.parametrize("options, expected", [
    ({}, [0, 4, 9, 30]),
    ({"maximum": 6}, [0, 6, 6, 6]),
    ({"maximum": 100}, [0, 100, 100, 100]),
    ({"maximum_ratio": 2.0}, [0, 2, 8, 30]),
    ({"maximum_ratio": 0.1}, [0, 1, 1, 4]),
    ({"maximum_ratio": 1e30}, [0, 4, 9, 30]),
    ({"maximum": 6, "maximum_ratio": 1.25}, [0, 1, 5, 6]),
])
def test_maximum(options, expected):
    assert limits(**options) == (expected, None)


@pytest.mark.parametrize("options, expected", [
    ({"minimum": 5}, [-1, 3, 5, 5]),
    ({"minimum_ratio": 1.0}, [-1, 1, 4, 29]),
    ({"minimum_ratio": 1e30}, [-1, 3, 8, 29]),
    ({"minimum": 2, "minimum_ratio": 0.5}, [-1, 2, 2, 20]),
    ({"minimum": 10_000, "maximum": 10_001}, [-1, 10_000, 10_000, 10_000]),
])
def test_minimum(options, expected):
    """It leaves a place for the end token."""
    assert limits(**options)[1] == expected


def test_behind_a_prefix():
    assert limits(prefixes=[2, 2, 0, 5]) == ([0, 6, 9, 30], None)
    assert limits([1], [29]) == ([30], None)
    assert limits([1], [29], maximum=40) == ([40], None)
    assert limits([1], [4], minimum=6) == ([8], [6])  # the prefix included


@given(st.lists(st.integers(0, 50), min_size=1, max_size=4), st.integers(0, 40), st.integers(1, 60),
       st.floats(0.01, 5), st.floats(0, 3))
def test_minimum_below_maximum(lengths, least, most, ratio, least_ratio):
    try:
        limit, minimum = limits(lengths, minimum=least, minimum_ratio=least_ratio, maximum=most, maximum_ratio=ratio)
    except UserError:
        assert least >= most or least_ratio >= ratio
        return
    for row, length in enumerate(lengths):
        # Where the product is all but whole, it depends on the rounding.
        allowed = {min(most, max(int(ratio * length + error), 1)) if length else 0 for error in (-1e-4, 1e-4)}
        assert limit[row] in allowed
        if minimum is not None:
            assert minimum[row] < limit[row] or not length


@pytest.mark.parametrize("options, message", [
    ({"maximum": 0}, "max_length=0"), ({"maximum": 2.5}, "max_length=2.5"), ({"minimum": -1}, "min_length=-1"),
    ({"minimum_ratio": math.nan}, "min_length_ratio=nan"), ({"maximum_ratio": 0}, "max_length_ratio=0"),
    ({"maximum_ratio": math.inf}, "max_length_ratio=inf"),
    ({"minimum": 3, "maximum": 3}, "min_length=3 with max_length=3"),
    ({"minimum_ratio": 2, "maximum_ratio": 1}, "min_length_ratio=2 with max_length_ratio=1"),
])
def test_refused(options, message):
    with pytest.raises(UserError, match=f"(?i)^{message}") as caught:
        LengthLimits(**options)
    assert caught.value.given and caught.value.expected and caught.value.fix
