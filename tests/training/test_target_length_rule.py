import pytest

from keras_s2s.training.build import target_length_rule


def limit(rule, source_length):
    return min(rule["maximum"], rule["offset"] + int(rule["factor"] * source_length))


def test_as_long_as_the_source():
    assert target_length_rule([5, 10, 20], [5, 10, 20], 256) == {"factor": 2.0, "offset": 10, "maximum": 256}


def test_longer_than_the_source():
    # 41 tokens (with the end) less 10 for 10 source tokens are 3.1 for each; twice that is left as room.
    assert target_length_rule([10], [40], 100) == {"factor": 6.2, "offset": 10, "maximum": 100}


@pytest.mark.parametrize("sources, targets", [([1] * 9, [9] * 9), ([7, 8, 9], [30, 31, 32]), ([50], [200])])
def test_every_training_target_fits(sources, targets):
    rule = target_length_rule(sources, targets, 10_000)
    for source, target in zip(sources, targets, strict=True):
        assert limit(rule, source) >= target + 1


def test_one_odd_pair_in_ten_thousand_does_not_set_the_rule():
    assert target_length_rule([10] * 10_000, [10] * 9_999 + [5_000], 256)["factor"] == 2.0


def test_never_without_measure():
    assert target_length_rule([1], [5_000], 256) == {"factor": 20.0, "offset": 10, "maximum": 256}
    assert target_length_rule([0, 3], [4, 4], 256)["factor"] == 2.0  # an empty source divides nothing by zero
