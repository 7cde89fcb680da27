"""The moving average of the weights."""

import keras
import numpy as np
import pytest

from keras_s2s.training.weight_average import WeightAverage


@pytest.fixture
def model():
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1, use_bias=False)])
    model.layers[0].kernel.assign([[0.0]])
    return model


def test_of_every_step_as_if_updated_at_each(model):
    """Updates of ten steps at a time are those of single steps, of a weight that stands still between."""
    average, expected = WeightAverage(model, 0.9), 0.0
    for step in range(1, 201):
        model.layers[0].kernel.assign([[float(-(-step // 10))]])
        average.update(step)
    for step in range(10, 201, 10):
        decay = min(0.9, (1 + step) / (10 + step)) ** 10
        expected = decay * expected + (1 - decay) * step / 10
    assert float(np.asarray(average.variables[0]).item()) == pytest.approx(expected, rel=1e-5)


def test_begins_quickly(model):
    average = WeightAverage(model, 0.9999)
    model.layers[0].kernel.assign([[1.0]])
    for step in range(1, 31):
        average.update(step)
    assert np.asarray(average.variables[0]).item() > 0.99


def test_in_place_for_a_while(model):
    average = WeightAverage(model, 0.9)
    model.layers[0].kernel.assign([[7.0]])
    with pytest.raises(KeyError), average.in_place():
        assert np.asarray(model.layers[0].kernel).item() == 0.0
        raise KeyError
    assert np.asarray(model.layers[0].kernel).item() == 7.0
