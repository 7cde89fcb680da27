"""Which pairs make up which batch."""

import numpy as np
import pytest

from keras_s2s.data.batch_plan import plan_batches

CHANCE = np.random.default_rng(0)
SOURCE, TARGET = CHANCE.integers(1, 30, 1000), CHANCE.integers(1, 30, 1000)


def padding(batches):
    width = sum(len(rows) * (1 + TARGET[rows].max()) for rows in batches)
    return 1 - (1 + TARGET).sum() / width


@pytest.mark.parametrize("options", [{"batch_size": 7}, {"batch_size": 5000}, {"batch_tokens": 200},
                                     {"batch_tokens": 1}, {"batch_size": 8, "pool": 1}], ids=str)
@pytest.mark.parametrize("seed", [None, 3])
def test_every_pair_once(options, seed):
    batches = plan_batches(SOURCE, TARGET, **options, seed=seed)
    assert all(len(rows) for rows in batches)
    found = np.concatenate(batches)
    assert np.array_equal(np.sort(found), np.arange(1000))
    assert np.array_equal(found, np.arange(1000)) == (seed is None)


def test_batches_have_so_many_pairs():
    assert sorted(len(rows) for rows in plan_batches(SOURCE, TARGET, 64, seed=1)) == [1000 % 64] + [64] * 15


def test_batches_have_so_many_tokens():
    """On the wider side, so that a few long sources cannot take all memory."""
    def sizes(batches):
        return [len(rows) * (1 + max(SOURCE[rows].max(), TARGET[rows].max())) for rows in batches]

    for seed in (None, 1):
        assert max(sizes(plan_batches(SOURCE, TARGET, batch_tokens=200, seed=seed))) <= 200
    assert np.mean(sizes(plan_batches(SOURCE, TARGET, batch_tokens=200, seed=1))) > 150
    alone = plan_batches(SOURCE, TARGET, batch_tokens=4, seed=1)
    assert all(len(rows) == 1 or size <= 4 for rows, size in zip(alone, sizes(alone), strict=True))


def test_like_lengths_go_together_within_a_pool():
    sorted_all, sorted_some, unsorted = (plan_batches(SOURCE, TARGET, 20, pool=pool, seed=1) for pool in (50, 5, 1))
    assert padding(sorted_all) < 0.03 < padding(sorted_some) < 0.2 < padding(unsorted)


def test_order_follows_the_seed():
    first, again, other = (np.concatenate(plan_batches(SOURCE, TARGET, 10, seed=seed)).tolist()
                           for seed in ((1, 0), (1, 0), (1, 1)))
    assert first == again != other
    widths = [TARGET[rows].max() for rows in plan_batches(SOURCE, TARGET, 10, seed=1)]
    assert np.any(np.diff(widths) < 0)  # short and long batches in turn
