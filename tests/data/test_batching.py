import numpy as np
import pytest

from keras_s2s.data.batching import batches, tokenized_pairs
from keras_s2s.errors import UserError
from keras_s2s.text import CharacterTokenizer

LETTERS = "abcdefghij"
# The n-th pair: n letters to n + 1 of them, so that a pair can be told by its length.
PAIRS = [(LETTERS[:n], LETTERS[:n + 1]) for n in range(1, 9)]


@pytest.fixture(scope="module")
def tokenizer():
    tokenizer = CharacterTokenizer()
    tokenizer.adapt([LETTERS])
    return tokenizer


def rows(dataset):
    """Every pair of a dataset as `(source ids, target input ids, label ids)` without padding, batch by batch."""
    found = []
    for inputs, labels in dataset.as_numpy_iterator():
        assert inputs["source"].dtype == inputs["target_input"].dtype == labels.dtype == np.int32
        assert inputs["target_input"].shape == labels.shape
        found.append([tuple(tuple(int(i) for i in row if i) for row in three)
                      for three in zip(inputs["source"], inputs["target_input"], labels, strict=True)])
    return found


def flat(dataset):
    return [row for batch in rows(dataset) for row in batch]


def test_the_form_that_fit_takes(tokenizer):
    (batch,) = batches([("ab", "c"), ("c", "ab")], tokenizer, tokenizer, shuffle=False).as_numpy_iterator()
    a, b, c = (tokenizer.get_vocabulary().index(letter) for letter in "abc")
    inputs, labels = batch
    assert inputs["source"].tolist() == [[a, b, 3], [c, 3, 0]]
    assert inputs["target_input"].tolist() == [[2, c, 0], [2, a, b]]
    assert labels.tolist() == [[c, 3, 0], [a, b, 3]]


def test_pairs_of_like_length_go_together(tokenizer):
    found = rows(batches([*PAIRS * 3, ("a", "b"), ("b", "a")], tokenizer, tokenizer, batch_size=4, bucket_width=2))
    for batch in found:
        longest = [max(len(row[0]), len(row[2])) for row in batch]
        assert max(longest) - min(longest) < 2
        assert len(batch) <= 4
    assert len(found) == 9  # one batch of the shortest two; 6 pairs in each of 4 buckets, 4 and 2


@pytest.mark.parametrize("batch_size", [1, 3, 64])
def test_every_pair_once_in_every_epoch(tokenizer, batch_size):
    dataset = batches(PAIRS, tokenizer, tokenizer, batch_size=batch_size)
    first, second = flat(dataset), flat(dataset)
    assert sorted(first) == sorted(second)
    assert [len(row[0]) for row in sorted(first, key=lambda row: len(row[0]))] == list(range(2, 10))


def test_order_follows_the_seed(tokenizer):
    def epochs(seed):
        dataset = batches(PAIRS * 5, tokenizer, tokenizer, batch_size=2, bucket_width=100, seed=seed)
        return [flat(dataset) for _ in range(2)]

    assert epochs(1) == epochs(1)
    assert epochs(1) != epochs(2)
    assert epochs(1)[0] != epochs(1)[1]


def test_without_shuffling_the_order_is_kept(tokenizer):
    found = flat(batches(PAIRS, tokenizer, tokenizer, batch_size=3, bucket_width=100, shuffle=False))
    assert [len(row[0]) for row in found] == list(range(2, 10))


def test_pairs_that_are_too_long_or_have_an_empty_side_are_left_out(tokenizer):
    pairs = [*PAIRS, ("", "a"), ("a", " \t"), ("a", "b" * 500)]
    source, target = tokenized_pairs(pairs, tokenizer, tokenizer, max_source_tokens=4, max_target_tokens=100)
    assert source.row_lengths().numpy().tolist() == [1, 2, 3, 4]
    assert target.row_lengths().numpy().tolist() == [2, 3, 4, 5]
    source, _ = tokenized_pairs(pairs, tokenizer, tokenizer, max_target_tokens=3)
    assert source.row_lengths().numpy().tolist() == [1, 2]
    source, _ = tokenized_pairs(pairs, tokenizer, tokenizer)
    assert len(source.row_lengths()) == len(PAIRS) + 1


@pytest.mark.parametrize("pairs, most, message", [
    ([], None, "None of the 0 pairs can be used"),
    ([("", "a"), ("a", "")], None, "None of the 2 pairs can be used"),
    ([("abc", "a")], 2, "Expected pairs with 1 to 2 source tokens"),
])
def test_no_pair_is_left(tokenizer, pairs, most, message):
    with pytest.raises(UserError, match=message):
        batches(pairs, tokenizer, tokenizer, max_source_tokens=most)


def test_more_pairs_than_are_tokenized_at_a_time(tokenizer, monkeypatch):
    monkeypatch.setattr("keras_s2s.data.batching._CHUNK", 3)
    source, _ = tokenized_pairs(PAIRS, tokenizer, tokenizer)
    assert source.row_lengths().numpy().tolist() == list(range(1, 9))
