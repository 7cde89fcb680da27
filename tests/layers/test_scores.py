"""Every score against numbers worked out by hand from the papers' equations.

Two units. The source h_1 = (1, 0), h_2 = (0, 2) and one position of padding; the query s = (0.5, -0.5). Of two scores
a and b, the first weight is 1 / (1 + exp(b - a)).
"""

import numpy as np
import pytest
from keras import ops
from layer_checks import numbers

from keras_s2s.layers import (
    BahdanauAttention,
    CoverageAttention,
    LocalAttention,
    LocationAttention,
    LuongAttention,
)

SOURCE = [[1.0, 0.0], [0.0, 2.0], [7.0, 7.0]]
REAL = [True, True, False]
QUERY = [0.5, -0.5]
HALF = [[0.5, 0.0], [0.0, 0.5]]
ONE = [[1.0, 0.0], [0.0, 1.0]]


def attend(layer, weights, state=None, source=SOURCE, real=REAL):
    """`(context, weights, scores, state)` of the one row, with these weights of the attention."""
    layer.build((None, 2), {"values": (None, None, 2)})
    for name, value in weights.items():
        target = getattr(layer, name)
        (target.kernel if hasattr(target, "kernel") else target).assign(value)
    values = ops.convert_to_tensor([source])
    memory = {"values": values, "keys": layer.project_keys(values), "mask": ops.convert_to_tensor([real])}
    state = None if state is None else {name: ops.convert_to_tensor([value]) for name, value in state.items()}
    context, found, scores, state = numbers(layer(ops.convert_to_tensor([QUERY]), memory, state))
    return context[0], found[0], scores[0], state


def check(found, scores, weights, context=None):
    np.testing.assert_allclose(found[2][:len(scores)], scores, atol=1e-5)
    np.testing.assert_allclose(found[1], weights, atol=1e-5)
    if context is not None:
        np.testing.assert_allclose(found[0], context, atol=1e-5)


ADDITIVE = {"query_projection": ONE, "key_projection": HALF, "score_projection": [[1.0], [-1.0]]}


def test_additive():
    """Keys U h: (0.5, 0), (0, 1). v' tanh(W s + U h_1) = tanh(1) - tanh(-0.5) = 0.761594 + 0.462117; for h_2 it is
    tanh(0.5) - tanh(0.5) = 0. The context is 0.772716 (1, 0) + 0.227284 (0, 2)."""
    found = attend(BahdanauAttention(2), ADDITIVE)
    check(found, [1.223711, 0.0], [0.772716, 0.227284, 0.0], [0.772716, 0.454568])


def test_normalized_additive():
    """With b = (0.5, 0) the sums are (1.5, -0.5) and (1, 0.5): 0.905148 + 0.462117 and 0.761594 - 0.462117. |v| is
    sqrt(2), so that g = 2 makes both 1.414214 times as large."""
    layer = BahdanauAttention(2, normalized=True)
    layer.build((None, 2), {"values": (None, None, 2)})
    np.testing.assert_allclose(numbers(layer.gain), 2 ** -0.5, rtol=1e-6)  # where the paper begins, with 2 units
    layer.query_projection.bias.assign([0.5, 0.0])
    found = attend(layer, {**ADDITIVE, "gain": 2.0})
    check(found, [1.933605, 0.423524], [0.819073, 0.180927, 0.0])


def test_dot():
    """s' h: 0.5 * 1 and -0.5 * 2."""
    check(attend(LuongAttention(2, "dot"), {}), [0.5, -1.0], [0.817574, 0.182426, 0.0], [0.817574, 0.364851])


def test_scaled_dot():
    """The same, divided by sqrt(2)."""
    check(attend(LuongAttention(2, "scaled_dot"), {}), [0.353553, -0.707107], [0.742817, 0.257183, 0.0])


def test_general():
    """Keys W h: (1, 2), (0, 2). Scores: 0.5 - 1 and -1."""
    found = attend(LuongAttention(2, "general"), {"key_projection": [[1.0, 2.0], [0.0, 1.0]]})
    check(found, [-0.5, -1.0], [0.622459, 0.377541, 0.0], [0.622459, 0.755081])


def test_concat():
    """s' W = (0.5, 0), keys (1, 0) and (0, -1). tanh(1.5) + 2 tanh(0) = 0.905148; tanh(0.5) + 2 tanh(-1) =
    0.462117 - 1.523188."""
    found = attend(LuongAttention(2, "concat"), {
        "query_projection": [[1.0, 1.0], [0.0, 1.0]], "key_projection": [[1.0, 0.0], [0.0, -0.5]],
        "score_projection": [[1.0], [2.0]]})
    check(found, [0.905148, -1.061071], [0.877204, 0.122796, 0.0])


def test_local():
    """Four items and padding, window 1. W_p s = s and v_p = (1, 1): tanh(0.5) + tanh(-0.5) = 0, so p = 4 * 0.5 = 2.
    Near are the positions 1, 2, 3 with the scores s' h of 0.5, -1, 0 (the first, 9, lies outside of the window):
    softmax 0.546549, 0.121952, 0.331499; times exp(-2), 1, exp(-2)."""
    found = attend(
        LocalAttention(2, "dot", window=1), {"position_projection": ONE, "position": [[1.0], [1.0]]},
        source=[[9.0, -9.0], [1.0, 0.0], [0.0, 2.0], [2.0, 2.0], [8.0, -8.0]], real=[True] * 4 + [False])
    check(found, [9.0, 0.5, -1.0, 0.0], [0.0, 0.073967, 0.121952, 0.044864, 0.0], [0.163694, 0.333630])


@pytest.mark.parametrize("length, place", [(2, 1.431808), (5, 3.579520)])
def test_local_position_depends_on_the_query_and_the_length(length, place):
    """v_p = (1, -1): S sigmoid(2 tanh(0.5)) = 0.715904 S. With all items alike and a window that holds them all, the
    weights are the Gaussian of deviation 5 around p, divided by S."""
    found = attend(
        LocalAttention(2, "dot", window=10), {"position_projection": ONE, "position": [[1.0], [-1.0]]},
        source=[[1.0, 1.0]] * 6, real=[index < length for index in range(6)])
    expected = np.exp(-(np.arange(length) - place) ** 2 / 50) / length
    check(found, [0.0] * length, [*expected, *[0.0] * (6 - length)])


def test_location_sensitive():
    """Looked at last: (0.2, 0.8). The filter (1, 0, -1), left neighbour minus right: f = (-0.8, 0.2). V f with
    V = (1, 0.5): (-0.8, -0.4), (0.2, 0.1). Added to the sums of the additive score, (1, -0.5) and (0.5, 0.5):
    tanh(0.2) - tanh(-0.9) = 0.197375 + 0.716298; tanh(0.7) - tanh(0.6) = 0.604368 - 0.537050."""
    layer = LocationAttention(2, filters=1, kernel_size=3)
    found = attend(layer, {**ADDITIVE, "convolution": [[[1.0]], [[0.0]], [[-1.0]]],
                           "location_projection": [[1.0, 0.5]]}, {"weights": [0.2, 0.8, 0.0]})
    check(found, [0.913673, 0.067318], [0.699802, 0.300198, 0.0])
    np.testing.assert_allclose(found[3]["weights"], [[0.699802, 0.300198, 0.0]], atol=1e-5)


def test_coverage():
    """Covered so far: (0.2, 0.8). V = (1, -1) makes (0.2, -0.2), (0.8, -0.8) of it; the sums are (1.2, -0.7) and
    (1.3, -0.3): tanh(1.2) - tanh(-0.7) = 0.833655 + 0.604368; tanh(1.3) - tanh(-0.3) = 0.861723 + 0.291313. Covered
    afterwards: (0.2 + 0.570768, 0.8 + 0.429232)."""
    found = attend(CoverageAttention(2), {**ADDITIVE, "coverage_projection": [[1.0, -1.0]]},
                   {"coverage": [0.2, 0.8, 0.0]})
    check(found, [1.438022, 1.153036], [0.570768, 0.429232, 0.0])
    np.testing.assert_allclose(found[3]["coverage"], [[0.770768, 1.229232, 0.0]], atol=1e-5)


@pytest.mark.parametrize("layer", [CoverageAttention(2, normalized=True), LocationAttention(2, normalized=True)])
def test_without_a_past_they_are_additive(layer):
    name, = layer.initial_state(ops.convert_to_tensor([REAL]))
    found = attend(layer, ADDITIVE, {name: [0.0, 0.0, 0.0]})
    expected = attend(BahdanauAttention(2, normalized=True), ADDITIVE)
    check(found, expected[2], expected[1], expected[0])
