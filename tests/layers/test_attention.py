"""Attention against numbers worked out by hand from the papers' equations."""

import math

import keras
import numpy as np
import pytest
from keras import ops

from keras_s2s.layers import BahdanauAttention, LuongAttention

VALUES = np.array([[[1.0, 0.0], [0.0, 2.0], [7.0, 7.0]]], "float32")
MASK = np.array([[True, True, False]])
QUERY = np.array([[0.5, -0.5]], "float32")


def _attend(layer, query=QUERY, **kwargs):
    memory = {"values": VALUES, "keys": layer.project_keys(VALUES), "mask": MASK}
    return [np.asarray(x) for x in layer(query, memory, **kwargs)[:3]]


def _bahdanau():
    layer = BahdanauAttention(2)
    layer.build((None, 2), {"values": (None, None, 2)})
    layer.query_projection.kernel.assign([[1.0, 0.0], [0.0, 1.0]])
    layer.key_projection.kernel.assign([[0.5, 0.0], [0.0, 0.5]])
    layer.score_projection.kernel.assign([[1.0], [-1.0]])
    return layer


def test_additive_score_by_hand():
    # keys U h: (0.5, 0), (0, 1). tanh(W s + U h_1) = tanh(1, -0.5) = (0.761594, -0.462117): score 1.223711.
    # tanh(W s + U h_2) = tanh(0.5, 0.5): score 0. exp(1.223711) = 3.399779, so weights 3.399779 / 4.399779 ...
    context, weights, scores = _attend(_bahdanau())
    np.testing.assert_allclose(scores[0, :2], [1.223711, 0.0], atol=1e-5)
    np.testing.assert_allclose(weights, [[0.772716, 0.227284, 0.0]], atol=1e-5)
    np.testing.assert_allclose(context, [[0.772716, 0.454568]], atol=1e-5)


def test_general_score_by_hand():
    layer = LuongAttention(2)
    layer.build((None, 2), {"values": (None, None, 2)})
    layer.key_projection.kernel.assign([[1.0, 2.0], [0.0, 1.0]])
    # keys: (1, 2), (0, 2). scores: 0.5 - 1 = -0.5 and -1. weights: 1 / (1 + exp(-0.5)) = 0.622459 and 0.377541.
    context, weights, scores = _attend(layer)
    np.testing.assert_allclose(scores[0, :2], [-0.5, -1.0], atol=1e-6)
    np.testing.assert_allclose(weights, [[0.622459, 0.377541, 0.0]], atol=1e-5)
    np.testing.assert_allclose(context, [[0.622459, 0.755081]], atol=1e-5)


def test_dot_score_by_hand():
    # scores 0.5 and -1: weights 1 / (1 + exp(-1.5)) = 0.817574 and 0.182426.
    _, weights, scores = _attend(LuongAttention(2, score="dot"))
    np.testing.assert_allclose(scores[0, :2], [0.5, -1.0], atol=1e-6)
    np.testing.assert_allclose(weights, [[0.817574, 0.182426, 0.0]], atol=1e-5)


def test_masked_positions_get_exactly_nothing():
    _, weights, _ = _attend(_bahdanau())
    assert weights[0, 2] == 0.0


def test_all_steps_at_once_equal_one_at_a_time():
    layer = _bahdanau()
    queries = np.array([[[0.5, -0.5], [1.0, 2.0]]], "float32")
    context, weights, _ = _attend(layer, queries)
    for index in range(2):
        one_context, one_weights, _ = _attend(layer, queries[:, index])
        np.testing.assert_allclose(context[:, index], one_context, atol=1e-6)
        np.testing.assert_allclose(weights[:, index], one_weights, atol=1e-6)


def test_override_takes_the_place_of_the_weights_where_asked():
    layer = _bahdanau()
    memory = {"values": VALUES.repeat(2, 0), "keys": layer.project_keys(VALUES.repeat(2, 0)), "mask": MASK.repeat(2, 0)}
    override = np.array([[0.0, 1.0, 0.0]] * 2, "float32")
    context, weights, _, _ = layer(QUERY.repeat(2, 0), memory, override=override, use_override=np.array([True, False]))
    np.testing.assert_allclose(ops.convert_to_numpy(context)[0], [0.0, 2.0])
    np.testing.assert_allclose(ops.convert_to_numpy(weights)[1], [0.772716, 0.227284, 0.0], atol=1e-5)


def test_the_mask_constant_fits_float16_and_vanishes():
    from keras_s2s.layers.attention import MASKED_SCORE

    assert np.isfinite(np.float16(MASKED_SCORE))
    assert math.exp(MASKED_SCORE) == 0.0


@pytest.mark.parametrize("layer", [BahdanauAttention(3), LuongAttention(3), LuongAttention(3, score="dot")])
def test_config_round_trip(layer):
    copy = keras.saving.deserialize_keras_object(keras.saving.serialize_keras_object(layer))
    assert type(copy) is type(layer)
    assert copy.get_config() == layer.get_config()


def test_clear_refusals():
    with pytest.raises(ValueError, match="Expected 'general' or 'dot'"):
        LuongAttention(2, score="concat")
    with pytest.raises(ValueError, match="Use LuongAttention\\(2\\)"):
        _attend(LuongAttention(3))
    with pytest.raises(ValueError, match="score='general'"):
        layer = LuongAttention(5, score="dot")
        layer.build((None, 5), {"values": (None, None, 2)})
