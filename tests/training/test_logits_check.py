import functools

import keras
import pytest

from keras_s2s.training.logits_check import check_takes_logits

LOSSES = keras.losses
METRICS = keras.metrics


@pytest.mark.parametrize("loss", [
    "sparse_categorical_crossentropy", "SparseCategoricalCrossentropy", "categorical_crossentropy",
    "binary_crossentropy", "crossentropy", "ce",
    LOSSES.SparseCategoricalCrossentropy(), LOSSES.SparseCategoricalCrossentropy,
    LOSSES.sparse_categorical_crossentropy, LOSSES.CategoricalCrossentropy(from_logits=False),
    functools.partial(LOSSES.sparse_categorical_crossentropy, from_logits=False),
])
def test_losses_from_probabilities_are_refused(loss):
    with pytest.raises(ValueError, match=r"takes probabilities, but Seq2Seq returns logits[^$]*from_logits=True"):
        check_takes_logits(loss, "loss")


@pytest.mark.parametrize("metric", [
    "sparse_categorical_crossentropy", "crossentropy", "ce", METRICS.SparseCategoricalCrossentropy(),
    METRICS.SparseCategoricalCrossentropy, METRICS.sparse_categorical_crossentropy, METRICS.BinaryCrossentropy()])
def test_metrics_from_probabilities_are_refused(metric):
    for given in (metric, [metric], ["accuracy", metric], {"output": [metric]}):
        with pytest.raises(ValueError, match=r"The metric .* takes probabilities"):
            check_takes_logits(given, "metric")


@pytest.mark.parametrize("loss", [
    None, "mse", "no_such_loss", LOSSES.SparseCategoricalCrossentropy(from_logits=True),
    functools.partial(LOSSES.sparse_categorical_crossentropy, from_logits=True),
    lambda y_true, y_pred: y_pred])
def test_others_pass_as_a_loss(loss):
    check_takes_logits(loss, "loss")


@pytest.mark.parametrize("metric", [
    None, [], "accuracy", ["acc"], METRICS.SparseCategoricalCrossentropy(from_logits=True),
    METRICS.SparseCategoricalAccuracy(), METRICS.MeanMetricWrapper(LOSSES.sparse_categorical_crossentropy,
                                                                   from_logits=True)])
def test_others_pass_as_a_metric(metric):
    check_takes_logits(metric, "metric")


def test_a_wrapped_function_is_looked_into():
    with pytest.raises(ValueError, match="takes probabilities"):
        check_takes_logits(METRICS.MeanMetricWrapper(LOSSES.sparse_categorical_crossentropy), "metric")
