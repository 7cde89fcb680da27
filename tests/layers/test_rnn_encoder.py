"""The encoder: two ways to run it, masks, features."""

import keras
import numpy as np
import pytest

from keras_s2s.layers import RNNEncoder

SOURCE = np.array([[5, 6, 7, 8, 3], [9, 3, 0, 0, 0], [3, 0, 0, 0, 0]])


def _leaves(nested):
    return [np.asarray(leaf, "float32") for leaf in keras.tree.flatten(nested)]


@pytest.mark.parametrize("cell", ["gru", "lstm"])
@pytest.mark.parametrize("direction", ["forward", "bidirectional"])
def test_fused_equals_loop(cell, direction):
    encoder = RNNEncoder(12, units=4, cell=cell, direction=direction)
    for fused, loop in zip(_leaves(encoder(SOURCE, fused=True)), _leaves(encoder(SOURCE, fused=False)), strict=True):
        np.testing.assert_allclose(fused, loop, atol=1e-5)


@pytest.mark.parametrize("fused", [True, False])
@pytest.mark.parametrize("cell", ["gru", "lstm"])
def test_padding_changes_nothing(cell, fused):
    encoder = RNNEncoder(12, units=4, cell=cell)
    values, final, mask = encoder(SOURCE, fused=fused)
    for row, length in enumerate([5, 2, 1]):
        alone_values, alone_final, _ = encoder(SOURCE[row:row + 1, :length], fused=fused)
        np.testing.assert_allclose(values[row, :length], alone_values[0], atol=1e-6)
        for name in final:
            np.testing.assert_allclose(final[name][row], alone_final[name][0], atol=1e-6)
    assert np.all(np.asarray(values)[~np.asarray(mask)] == 0)


def test_each_direction_ends_where_it_should():
    encoder = RNNEncoder(12, units=4)
    values, final, _ = encoder(SOURCE)
    np.testing.assert_allclose(final["hidden"][1, :4], values[1, 1, :4], atol=1e-6)  # forward: the last real item
    np.testing.assert_allclose(final["hidden"][1, 4:], values[1, 0, 4:], atol=1e-6)  # backward: the first


def test_features_are_sources_too():
    encoder = RNNEncoder(units=4)
    features = np.random.default_rng(0).normal(size=(2, 5, 3)).astype("float32")
    mask = np.array([[True] * 5, [True] * 3 + [False] * 2])
    fused, loop = encoder(features, mask=mask, fused=True), encoder(features, mask=mask)
    np.testing.assert_allclose(fused[0], loop[0], atol=1e-6)
    changed = features.copy()
    changed[1, 3:] = 100.0
    np.testing.assert_allclose(encoder(changed, mask=mask)[0], loop[0], atol=1e-6)


def test_dropout_is_active_in_training_alone():
    encoder = RNNEncoder(12, units=4, dropout=0.5)
    still = [np.asarray(encoder(SOURCE)[0]) for _ in range(2)]
    moving = [np.asarray(encoder(SOURCE, training=True, fused=True)[0]) for _ in range(2)]
    np.testing.assert_array_equal(*still)
    assert np.abs(moving[0] - moving[1]).max() > 0


def test_config_round_trip_and_refusal():
    encoder = RNNEncoder(12, units=4, cell="lstm", direction="forward", dropout=0.1, embedding_units=3)
    assert RNNEncoder.from_config(encoder.get_config()).get_config() == encoder.get_config()
    with pytest.raises(ValueError, match="Expected one of"):
        RNNEncoder(12, direction="backwards")
