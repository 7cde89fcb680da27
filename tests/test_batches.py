"""Many texts: which go together, and that each is translated as if it were alone."""

import itertools
import threading

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from keras_s2s.batches import in_parallel, length_batches
from keras_s2s.errors import UserError

# More than the 8 sentences that stay together until all have ended, of many lengths.
TEXTS = ["the cat", "", "3 dogs sat", "a", "the mat " * 30, "\U0001f600 ?!", "dog", "Ä\tr", "cat on mat", "the cat",
         "o", "the dogs", "3 3 3", " "]
CONSTRAINTS = {"no_repeat_ngram": 2, "repetition_penalty": 1.5, "min_length_ratio": 0.5, "forbid": ("3", "c")}
SEVERAL = {"beam_size": 4, "n_best": 4}
MODES = {
    "greedy": {},
    "n-best": SEVERAL,
    "beam, minimum Bayes risk": {**SEVERAL, "minimum_bayes_risk": True},
    "samples": {"samples": 4, "n_best": 4},
    "samples, minimum Bayes risk": {"samples": 4, "n_best": 2, "minimum_bayes_risk": True},
    "constraints and prefixes": {"beam_size": 3, **CONSTRAINTS},
    "greedy search, prefixes": {}}


@given(st.lists(st.integers(0, 20_000), max_size=300), st.integers(1, 100), st.integers(1, 2000))
def test_batches(lengths, batch_size, hypotheses):
    batches = length_batches(lengths, batch_size, hypotheses)
    places = [place for batch in batches for place in batch]
    assert sorted(places) == list(range(len(lengths)))
    assert [lengths[place] for place in places] == sorted(lengths)
    for batch in batches:
        assert len(batch) <= batch_size
        assert len(batch) == 1 or len(batch) * max(lengths[place] for place in batch) <= 16_384
        assert len(batch) == 1 or len(batch) * hypotheses <= 4096
    # No more than need be: the first of each batch had no place in the one before.
    for batch, (first, *_) in itertools.pairwise(batches):
        assert (len(batch) == max(min(batch_size, 4096 // hypotheses), 1)
                or (len(batch) + 1) * lengths[first] > 16_384)


@pytest.mark.parametrize("options", [
    {"batch_size": 0}, {"batch_size": -1}, {"batch_size": 2.5}, {"batch_size": "a"}, {"batch_size": None},
    {"workers": 0}, {"workers": 1.5}])
def test_sizes_that_are_none(tiny, options):
    with pytest.raises(UserError, match=next(iter(options))) as caught:
        tiny(["a", "b"], **options)
    assert caught.value.expected and caught.value.fix
    if "batch_size" in options:
        with pytest.raises(UserError, match="batch_size"):
            tiny.score(["a"], ["b"], **options)


@pytest.mark.parametrize("workers", [None, 1, 2, 5])
def test_in_parallel(workers):
    """In order, on as many threads, and what fails is told."""
    together = threading.Barrier(min(workers or 1, 4), timeout=20)

    def squared(batch):
        together.wait()
        return batch[0] ** 2

    assert list(in_parallel(squared, [[3], [1], [2], [5]], workers)) == [
        ([3], 9), ([1], 1), ([2], 4), ([5], 25)]
    assert list(in_parallel(squared, [], workers)) == []
    with pytest.raises(ZeroDivisionError):
        list(in_parallel(lambda batch: 1 // batch[0], [[1], [0], [2]], workers))


def assert_same(one, other):
    assert (one.source, one.text, one.tokens, one.source_tokens) == (
        other.source, other.text, other.tokens, other.source_tokens)
    np.testing.assert_allclose(one.token_log_probs, other.token_log_probs, atol=1e-4)
    np.testing.assert_allclose(one.attention, other.attention, atol=1e-4)
    assert one.score == pytest.approx(other.score, abs=1e-4)
    for first, second in zip(one.n_best, other.n_best, strict=True):
        assert_same(first, second)


@pytest.mark.parametrize("mode", MODES)
def test_alone_as_in_company(tiny, mode):
    options, prefixes = MODES[mode], None
    if "prefixes" in mode:
        prefixes = ["12", "1", "", "1x2", "a", "", "3", "4", "5", "12", "6", "-/-/", "", "9"]
    together = tiny(TEXTS, prefix=prefixes, **options)
    assert len({answer.text for answer in together}) > 6  # else nothing would be shown

    def again(order, **how):
        answers = tiny([TEXTS[place] for place in order], prefix=prefixes and [prefixes[place] for place in order],
                       **options, **how)
        for place, answer in zip(order, answers, strict=True):
            assert_same(answer, together[place])

    again(range(14), batch_size=3, workers=3)
    again(range(13, -1, -1), batch_size=5, workers=1)
    for place in (0, 1, 4, 9):
        again([place])
    # The same line gives the same, also of what is drawn.
    if prefixes is None or prefixes[0] == prefixes[9]:
        assert_same(together[0], together[9])
    if mode.startswith("constraints"):
        for answer, prefix in zip(together, prefixes, strict=True):
            free = answer.tokens[len(prefix):]
            assert not {"3", "c"} & set(free)
            pairs = [*itertools.pairwise(free)]
            assert len(pairs) == len(set(pairs))
