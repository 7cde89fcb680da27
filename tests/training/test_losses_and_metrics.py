"""Loss and metrics against numbers worked out by hand."""

import math

import keras
import numpy as np
import pytest

from keras_s2s.training.cross_entropy import cross_entropy
from keras_s2s.training.masked_crossentropy import MaskedCrossentropy
from keras_s2s.training.perplexity import Perplexity
from keras_s2s.training.token_accuracy import TokenAccuracy

# Logits log(1), log(2), log(5), so probabilities 1/8, 2/8, 5/8; the last position of the first row is padding.
LOGITS = np.log(np.tile([[[1.0, 2.0, 5.0]]], (2, 2, 1))).astype("float32")
LABELS = np.array([[2, 0], [1, 2]])
RIGHT, WRONG = math.log(8 / 5), math.log(4)  # cross-entropies of tokens 2 and 1


def loss(labels=LABELS, logits=LOGITS, sample_weight=None, **arguments):
    return float(MaskedCrossentropy(**arguments)(labels, logits, sample_weight))


def test_mean_over_real_tokens():
    assert loss() == pytest.approx((RIGHT + WRONG + RIGHT) / 3, rel=1e-6)


def test_padding_changes_nothing():
    wide = np.pad(LABELS, ((0, 0), (0, 3)))
    noise = np.concatenate([LOGITS, 7.0 * np.ones((2, 3, 3), "float32")], axis=1)
    assert loss(wide, noise) == pytest.approx(loss(), rel=1e-6)
    assert loss(np.zeros((2, 2), int)) == 0.0


def test_label_smoothing():
    # 0.7 of the right token's cross-entropy and 0.3 of the mean over the vocabulary, ln(8 / 1), ln(8 / 2), ln(8 / 5).
    uniform = (math.log(8) + math.log(4) + math.log(8 / 5)) / 3
    expected = 0.7 * (RIGHT + WRONG + RIGHT) / 3 + 0.3 * uniform
    assert loss(label_smoothing=0.3) == pytest.approx(expected, rel=1e-6)


def test_sample_weights_of_rows_and_of_tokens():
    assert loss(sample_weight=[3.0, 1.0]) == pytest.approx((3 * RIGHT + WRONG + RIGHT) / 5, rel=1e-6)
    by_token = [[1.0, 9.0], [0.0, 3.0]]
    assert loss(sample_weight=by_token) == pytest.approx((RIGHT + 3 * RIGHT) / 4, rel=1e-6)


def test_the_gradient_pulls_to_the_right_token():
    import tensorflow as tf

    logits = tf.Variable(LOGITS)
    with tf.GradientTape() as tape:
        value = MaskedCrossentropy()(LABELS, logits)
    gradient = tape.gradient(value, logits).numpy()
    np.testing.assert_allclose(gradient[0], [[1 / 24, 2 / 24, 5 / 24 - 1 / 3], [0, 0, 0]], atol=1e-6)
    np.testing.assert_allclose(gradient[1, 0], [1 / 24, 2 / 24 - 1 / 3, 5 / 24], atol=1e-6)


@pytest.mark.parametrize("smoothing", [0.0, 0.2])
def test_losses_and_gradient_as_keras(smoothing):
    import tensorflow as tf

    chance = np.random.default_rng(5)
    logits, labels = tf.Variable(chance.normal(size=(3, 4, 7)).astype("float32") * 5), chance.integers(0, 7, (3, 4))
    upstream = chance.normal(size=(3, 4)).astype("float32")
    ways = {"ours": lambda: cross_entropy(logits, tf.constant(labels, tf.int32), smoothing),
            "keras": lambda: keras.losses.categorical_crossentropy(
                keras.ops.one_hot(labels, 7), logits, from_logits=True, label_smoothing=smoothing)}
    found = {}
    for name, way in ways.items():
        with tf.GradientTape() as tape:
            losses = way()
            total = tf.reduce_sum(losses * upstream)
        found[name] = losses, tape.gradient(total, logits)
    for own, other in zip(*found.values(), strict=True):
        np.testing.assert_allclose(own, other, rtol=1e-5, atol=1e-5)


def test_logits_of_any_size():
    assert loss([[1]], np.array([[[0.0, -2e4, 2e4]]], "float32")) == pytest.approx(4e4)


def test_loss_is_saved_with_its_options():
    again = keras.losses.deserialize(keras.losses.serialize(MaskedCrossentropy(0.25)))
    assert isinstance(again, MaskedCrossentropy)
    assert again.label_smoothing == 0.25


def fed(metric, *batches):
    for batch in batches:
        metric.update_state(*batch)
    return float(metric.result())


def test_token_accuracy():
    assert fed(TokenAccuracy(), (LABELS, LOGITS)) == pytest.approx(2 / 3)


def test_perplexity():
    assert fed(Perplexity(), (LABELS, LOGITS)) == pytest.approx(math.exp((RIGHT + WRONG + RIGHT) / 3), rel=1e-6)
    # Of a model that knows nothing: the size of the vocabulary.
    assert fed(Perplexity(), ([[1, 2]], np.zeros((1, 2, 3)))) == pytest.approx(3.0)


def test_every_token_counts_alike_whatever_its_batch():
    first, second = (LABELS, LOGITS), (np.array([[1]]), LOGITS[:1, :1])  # 3 tokens and 1
    assert fed(TokenAccuracy(), first, second) == pytest.approx(2 / 4)
    expected = math.exp((RIGHT + WRONG + RIGHT + WRONG) / 4)
    assert fed(Perplexity(), first, second) == pytest.approx(expected, rel=1e-6)
    assert fed(Perplexity(), second, first) == pytest.approx(expected, rel=1e-6)


def test_sample_weights_in_metrics():
    assert fed(TokenAccuracy(), (LABELS, LOGITS, [1.0, 0.0])) == 1.0
    assert fed(TokenAccuracy(), (LABELS, LOGITS, [[1.0, 1.0], [2.0, 0.0]])) == pytest.approx(1 / 3)


@pytest.mark.parametrize("metric", [TokenAccuracy(), Perplexity()])
def test_metrics_begin_anew(metric):
    before = fed(metric, (LABELS, LOGITS))
    metric.reset_state()
    assert fed(metric, (LABELS, LOGITS)) == before
    assert keras.metrics.deserialize(keras.metrics.serialize(metric)).name == metric.name
