"""The presets copy and reverse: right within the trained lengths, and looking where they should."""

import numpy as np
import pytest

from keras_s2s.data.letter_sequences import letter_sequences
from keras_s2s.training.recipe import train

LENGTHS = range(1, 11)


@pytest.mark.parametrize("task", [pytest.param("copy", marks=pytest.mark.training),
                                  pytest.param("reverse", marks=pytest.mark.slow)])  # fmt: skip
def test_within_the_trained_lengths(task, tmp_path, console):
    translator = train(task, out=tmp_path / task, console=console)
    # Of the test set, which shares no sequence with the training set; beyond what the run has scored itself.
    sources = letter_sequences(2000, "test", seed=1)
    answers = translator(sources)
    targets = sources if task == "copy" else [source[::-1] for source in sources]
    right = {length: [] for length in LENGTHS}
    for answer, source, target in zip(answers, sources, targets, strict=True):
        right[len(source)].append(str(answer) == target)
    assert np.mean([is_right for found in right.values() for is_right in found]) >= 0.995
    for length, found in right.items():  # of one letter there are four
        assert found.count(False) <= 1 + len(found) // 20, length
    near = [near_the_letter(answer.attention, len(source), task)
            for answer, source in zip(answers, sources, strict=True)]  # fmt: skip
    assert np.mean(np.concatenate(near)) >= 0.9


def near_the_letter(attention, length, task):
    """For each letter written, whether the largest weight is on the letter that it is made of, or beside it."""
    looked_at = attention[:length].argmax(axis=1)
    own = np.arange(length) if task == "copy" else np.arange(length)[::-1]
    return abs(looked_at - own[: len(looked_at)]) <= 1
