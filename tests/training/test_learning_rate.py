"""The learning rate of every step, and the share of sampled tokens, against numbers worked out by hand."""

import math

import keras
import numpy as np
import pytest

from keras_s2s.training.learning_rate import LearningRate
from keras_s2s.training.sampling_rates import sampling_rates


def rates(*steps, **options):
    schedule = LearningRate(0.5, **options)
    return pytest.approx([float(schedule(step)) for step in steps], rel=1e-5, abs=1e-7)


@pytest.mark.parametrize("schedule", ["constant", "plateau"])
def test_constant(schedule):
    assert rates(0, 7, 10**6, schedule=schedule) == [0.5, 0.5, 0.5]


def test_warmup_of_any_schedule():
    assert rates(0, 1, 3, 4, schedule="constant", warmup_steps=4) == [0.125, 0.25, 0.5, 0.5]
    assert rates(0, 3, 4, 15, schedule="inverse_square_root", warmup_steps=4) == [
        0.125, 0.5, 0.5 * math.sqrt(4 / 5), 0.25]


def test_cosine_from_the_end_of_the_warmup_to_zero():
    assert rates(2, 7, 12, 22, 40, schedule="cosine", warmup_steps=2, total_steps=22) == [
        0.5, 0.25 * (1 + math.cos(math.pi / 4)), 0.25, 0.0, 0.0]


def test_exponential_halves_once_an_epoch_from_the_middle_on():
    """Luong et al. 2015: ten epochs, halving each epoch after the fifth."""
    found = rates(*range(5, 100, 10), schedule="exponential", total_steps=100, epoch_steps=10)
    assert found == [0.5] * 5 + [0.25, 0.125, 0.0625, 0.03125, 0.015625]
    assert rates(79, 80, 99, schedule="exponential", total_steps=100, epoch_steps=10, decay=0.1, decay_start=0.8) == [
        0.5, 0.05, 0.005]


def test_slowed_down():
    schedule = LearningRate(0.5)
    schedule.slow_down(0.5)
    schedule.slow_down(0.1)
    assert float(schedule(3)) == pytest.approx(0.025)


def test_an_optimizer_takes_and_saves_it():
    optimizer = keras.optimizers.Adam(LearningRate(0.5, "cosine", total_steps=100))
    weight = keras.Variable(np.ones(2, "float32"))
    optimizer.build([weight])
    for _ in range(50):
        optimizer.apply([np.ones(2, "float32")], [weight])
    assert float(optimizer.learning_rate) == pytest.approx(0.25)
    again = keras.optimizers.deserialize(keras.optimizers.serialize(optimizer))
    assert again.get_config()["learning_rate"]["config"]["schedule"] == "cosine"


def test_sampling_rates():
    assert sampling_rates("none", 0.4, 0, 5, 10) is None
    assert sampling_rates("linear", 0.4, 5, 3, 10) == pytest.approx([0.2, 0.24, 0.28])
    assert sampling_rates("exponential", 0.75, 0, 3, 2) == pytest.approx([0.0, 0.5, 0.75])
    s_shaped = sampling_rates("inverse_sigmoid", 0.4, 0, 101, 100)
    assert s_shaped[[0, 50, 100]] == pytest.approx([0.0, 0.2, 0.4])
    assert np.all(np.diff(s_shaped) > 0)
    assert s_shaped[10] < 0.01
    assert sampling_rates("linear", 0.4, 20, 2, 10) == pytest.approx([0.4, 0.4])  # longer than was planned
