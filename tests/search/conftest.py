"""A toy in a model's place: it spells words letter by letter."""

import math
import string

import keras
import numpy as np
import pytest
from keras import ops

from keras_s2s.layers.attention import rows_of_a_source

LETTERS = ["", "<unk>", "<s>", "</s>", *string.ascii_lowercase]
# The logit of the right token; all others have 0.
CONFIDENCE = 5.0


class Speller:
    """Spells the words of its memory, looking at the letter that it writes.

    The place in the word is in the state; a call counter shows how many steps were taken.
    """

    right = CONFIDENCE - math.log(math.exp(CONFIDENCE) + len(LETTERS) - 1)
    wrong = right - CONFIDENCE

    def __init__(self):
        self.steps = 0

    def start(self, words):
        """`(memory, state)` for words; the last position of a source is its end."""
        width = max((len(word) for word in words), default=0) + 1
        ids = np.full((len(words), width), 0, "int32")
        for row, word in enumerate(words):
            ids[row, :len(word) + 1] = [*(LETTERS.index(letter) for letter in word), 3]
        memory = {"word": ops.convert_to_tensor(ids), "mask": ops.convert_to_tensor(ids > 0)}
        place = ops.zeros((len(words),), dtype="int32")
        return memory, {"cells": {"layer_0": {"place": place}}, "tokens": place}

    def step(self, token, state, memory):
        self.steps += 1
        place = state["cells"]["layer_0"]["place"]
        sources, width = ops.shape(memory["word"])
        weights = ops.one_hot(ops.minimum(place, width - 1), memory["word"].shape[1])
        word = ops.repeat(memory["word"], rows_of_a_source(ops.shape(token)[0], sources), axis=0)
        right = ops.sum(word * ops.cast(weights, "int32"), axis=1)
        logits = CONFIDENCE * ops.one_hot(right, len(LETTERS))
        state = {"cells": {"layer_0": {"place": place + 1}}, "tokens": state["tokens"] + token}
        return logits, state, weights

    def words(self, ids):
        """`["a", "b</s>"]` of ids."""
        return ["".join(LETTERS[index] for index in row) for row in np.asarray(ids)]


@pytest.fixture(autouse=True, scope="module")
def compiled_functions_are_forgotten():
    """JAX keeps all that it has compiled: gigabytes after some hundred tests."""
    yield
    if keras.backend.backend() == "jax":
        import jax

        jax.clear_caches()


@pytest.fixture
def speller():
    return Speller()
