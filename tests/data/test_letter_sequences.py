import subprocess
import sys
from collections import Counter

import pytest

from keras_s2s.config import load_config, smoke
from keras_s2s.data.letter_sequences import (
    HELD_OUT_PERCENT,
    LETTERS,
    SPLITS,
    letter_pairs,
    letter_sequences,
    split_of_sequence,
)
from keras_s2s.errors import UserError
from keras_s2s.training.data_sets import load_data_sets


def refused(function, *arguments, **named) -> UserError:
    with pytest.raises(UserError) as caught:
        function(*arguments, **named)
    return caught.value


def test_what_the_tasks_ask_for():
    assert letter_pairs("reverse", 4, "test", seed=1, max_length=4) == [
        ("s", "s"), ("ak", "ka"), ("ojh", "hjo"), ("lins", "snil")]  # fmt: skip
    assert letter_pairs("copy", 4, "test", seed=1, max_length=4)[1:] == [
        ("ak", "ak"), ("ojh", "ojh"), ("lins", "lins")]  # fmt: skip


def test_sequences_are_distinct_and_of_letters():
    sequences = letter_sequences(3000, seed=1)
    assert len(set(sequences)) == len(sequences) == 3000
    assert set("".join(sequences)) == set(LETTERS)


def test_lengths_are_as_even_as_they_can_be():
    counts = Counter(map(len, letter_sequences(20_000, seed=1)))
    assert sorted(counts) == list(range(1, 11))
    # Four fifths of 26 and of 676 are all that the training set may have of one letter and of two.
    assert counts[1] == sum(split_of_sequence(letter, 1) == "train" for letter in LETTERS)
    assert 500 < counts[2] < 580
    assert max(counts[length] for length in range(3, 11)) - min(counts[length] for length in range(3, 11)) <= 1


def test_lengths_can_be_chosen():
    assert {len(sequence) for sequence in letter_sequences(50, "test", 1, min_length=15, max_length=17)} == {15, 16, 17}
    assert {len(sequence) for sequence in letter_sequences(50, "dev", 1, min_length=7, max_length=7)} == {7}


@pytest.mark.parametrize("seed", [0, 1, 7])
def test_no_sequence_is_in_two_sets(seed):
    train, dev, test = (set(letter_sequences(2000, split, seed)) for split in SPLITS)
    assert not train & dev and not train & test and not dev & test


def test_shares_of_the_sets():
    pairs = [first + second for first in LETTERS for second in LETTERS]
    counts = Counter(split_of_sequence(pair, 5) for pair in pairs)
    for split in ("dev", "test"):
        assert counts[split] / len(pairs) == pytest.approx(HELD_OUT_PERCENT / 100, abs=0.03)


def test_the_seed_decides_and_nothing_else():
    assert letter_sequences(200, "dev", 3) == letter_sequences(300, "dev", 3)[:200]
    assert letter_sequences(200, "dev", 3) != letter_sequences(200, "dev", 4)
    code = "from keras_s2s.data.letter_sequences import *; print(*letter_sequences(50, 'test', 3))"
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert printed.split() == letter_sequences(50, "test", 3)


def test_all_that_there_are_and_no_more():
    held_out = {letter for letter in LETTERS if split_of_sequence(letter, 1) == "test"}
    assert set(letter_sequences(len(held_out), "test", 1, max_length=1)) == held_out
    error = refused(letter_sequences, len(held_out) + 1, "test", 1, max_length=1)
    assert f"and there are {len(held_out)}" in error.given


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        ({"count": 0}, "count is 0"),
        ({"count": 3, "split": "training"}, "'training'"),
        ({"count": 3, "min_length": 0}, "sequences of 0 to 10"),
        ({"count": 3, "min_length": 5, "max_length": 4}, "sequences of 5 to 4"),
    ],
)
def test_refusals(arguments, part):
    error = refused(letter_sequences, **arguments)
    assert part in error.given
    assert error.expected
    assert error.fix


def test_an_unknown_task_is_refused():
    assert "'copied'" in refused(letter_pairs, "copied", 3).given


@pytest.mark.parametrize("task", ["copy", "reverse"])
def test_data_sets_of_the_presets(task):
    overrides = ["data.train_size=300", "data.dev_size=40", "data.test_size=50", "data.max_length=6"]
    data_sets = load_data_sets(load_config(task, overrides))
    split = data_sets.split
    assert (len(split.train), len(split.dev), len(split.test)) == (300, 40, 50)
    for source, target in split.train + split.dev + split.test:
        assert 1 <= len(source) <= 6
        assert target == (source if task == "copy" else source[::-1])
    assert data_sets.groups["test"]["length"] == [f"{len(source):02}" for source, _ in split.test]
    assert len(data_sets.groups["dev"]["length"]) == 40


def test_data_sets_follow_the_options():
    def digest(*overrides):
        return load_data_sets(load_config("copy", ["data.train_size=100", *overrides])).digest()

    assert digest() == digest()
    assert len({digest(), digest("training.seed=2"), digest("data.min_length=2"), digest("data.kind=reverse")}) == 4
    cut = load_data_sets(load_config("copy", ["data.max_pairs=7"]))
    assert (len(cut.split.train), len(cut.split.test), len(cut.groups["test"]["length"])) == (7, 7, 7)


def test_the_smallest_run_has_all_three_sets():
    split = load_data_sets(smoke(load_config("reverse"))).split
    assert (len(split.train), len(split.dev), len(split.test)) == (300, 50, 50)


@pytest.mark.parametrize("task", ["copy", "reverse"])
def test_files_are_refused(task):
    assert "made by seed" in refused(load_data_sets, load_config(task), data="pairs.tsv").expected
    assert repr(task) in refused(load_data_sets, load_config(task), source="a", target="b").given
