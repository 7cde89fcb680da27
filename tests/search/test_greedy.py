import math

import numpy as np
import pytest
from keras import ops
from keras.config import backend

from keras_s2s.search import Greedy

TRACED = backend() == "jax"  # the body of a loop runs once, whatever the number of steps


def search(speller, words, limit):
    memory, state = speller.start(words)
    found = Greedy()(speller.step, state, memory, ops.convert_to_tensor(limit, "int32"))
    return {name: np.asarray(value) for name, value in found.items()}


def test_spells_a_word(speller):
    found = search(speller, ["sequentially"], [100])
    assert speller.words(found["ids"]) == ["sequentially</s>"]
    assert found["length"] == [13]


def test_stops_as_soon_as_every_row_has_ended(speller):
    found = search(speller, ["letter", "by", "a"], [100, 50, 100])
    assert speller.words(found["ids"]) == ["letter</s>", "by</s>", "a</s>"]
    assert found["ids"].shape == (3, 7)
    assert speller.steps == (1 if TRACED else 7)


def test_every_row_has_its_own_limit(speller):
    found = search(speller, ["letter", "letter", "letter", "letter"], [2, 7, 0, 6])
    assert speller.words(found["ids"]) == ["le", "letter</s>", "", "letter"]
    assert found["length"].tolist() == [2, 7, 0, 6]


def test_after_its_end_a_row_is_padding(speller):
    found = search(speller, ["word", "a", "word", "word"], [9, 9, 2, 0])
    real = np.array([[1, 1, 1, 1, 1], [1, 1, 0, 0, 0], [1, 1, 0, 0, 0], [0] * 5], bool)
    assert (found["ids"] != 0).tolist() == real.tolist()
    assert not found["token_log_probs"][~real].any()
    assert not found["attention"][~real].any()
    np.testing.assert_allclose(found["attention"].sum(-1), real)


@pytest.mark.parametrize("rows", [0, 3])
def test_nothing_to_write(speller, rows):
    found = search(speller, ["word"] * rows, [0] * rows)
    width = 5 if rows else 1
    shapes = {name: value.shape for name, value in found.items()}
    assert shapes == {"ids": (rows, 0), "token_log_probs": (rows, 0), "log_prob": (rows,), "score": (rows,),
                      "length": (rows,), "attention": (rows, 0, width)}
    assert not found["score"].any()
    assert TRACED or speller.steps == 0


def test_log_probabilities(speller):
    found = search(speller, ["ab", "abcd", ""], [9, 2, 9])
    right = speller.right
    np.testing.assert_allclose(found["token_log_probs"], [[right] * 3, [right, right, 0], [right, 0, 0]], atol=1e-6)
    np.testing.assert_allclose(found["log_prob"], [3 * right, 2 * right, right], atol=1e-6)
    np.testing.assert_allclose(found["score"], [right] * 3, atol=1e-6)


def test_attention_is_that_of_the_steps(speller):
    found = search(speller, ["abc"], [9])
    np.testing.assert_array_equal(found["attention"], [np.eye(4)])


def test_what_was_written_is_read_again():
    """Without any memory: every token says which one follows."""
    follows = ops.convert_to_tensor([0, 0, 7, 0, 3, 6, 4, 5], "int32")  # start, 7, 5, 6, 4, end
    memory = {"mask": ops.ones((2, 1), "bool")}

    def step(token, state, memory):
        return 9.0 * ops.one_hot(ops.take(follows, token), 8), state, ops.ones((2, 1))

    found = Greedy()(step, {}, memory, ops.convert_to_tensor([9, 3]))
    assert np.asarray(found["ids"]).tolist() == [[7, 5, 6, 4, 3], [7, 5, 6, 0, 0]]


def constant(logits, limit):
    """Searches where every step has the same logits."""
    memory = {"mask": ops.ones((1, 1), "bool")}
    found = Greedy()(lambda token, state, memory: (ops.convert_to_tensor([logits], "float32"), state, ops.ones((1, 1))),
                     {}, memory, ops.convert_to_tensor([limit]))
    return np.asarray(found["ids"])[0].tolist(), np.asarray(found["token_log_probs"])[0]


def test_padding_and_start_are_never_written():
    ids, log_probs = constant([9.0, 1.0, 8.0, 0.0, 2.0], limit=3)
    assert ids == [4, 4, 4]
    # The probability is still the model's own: exp(2) of all that there is.
    np.testing.assert_allclose(np.exp(log_probs), math.exp(2) / sum(map(math.exp, (9, 1, 8, 0, 2))), rtol=1e-5)


def test_of_equals_the_first():
    assert constant([0.0, 0.0, 0.0, 0.0, 2.0, 2.0], limit=1)[0] == [4]


def test_unlikely_logits_of_any_size():
    ids, log_probs = constant([-5e3, -9e3, -5e3, -7e3, -6e3], limit=2)
    assert ids == [4, 4]
    np.testing.assert_allclose(log_probs, [-1000.693] * 2, atol=1e-2)


def test_a_row_does_not_depend_on_the_others(speller):
    words, limit = ["tiny", "", "considerably", "of", "words"], [9, 9, 20, 1, 3]
    together = search(speller, words, limit)
    for row, (word, most) in enumerate(zip(words, limit, strict=True)):
        alone = search(speller, [word], [most])
        length = alone["ids"].shape[1]
        assert alone["length"][0] == together["length"][row] == length
        for name in ("ids", "token_log_probs"):
            np.testing.assert_array_equal(alone[name][0], together[name][row, :length])
        for name in ("log_prob", "score"):
            np.testing.assert_allclose(alone[name][0], together[name][row], rtol=1e-6)
