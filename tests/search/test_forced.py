import numpy as np
import pytest
from keras import ops
from keras.config import backend

from keras_s2s.search import Forced, Greedy

A, B, C, END = 4, 5, 6, 3


def forced(speller, words, labels, inputs=None):
    memory, state = speller.start(words)
    labels = np.array(labels, "int32")
    if inputs is None:
        inputs = np.concatenate([np.full((len(labels), 1), 2), labels[:, :-1]], axis=1).astype("int32")
    found = Forced()(speller.step, state, memory, ops.convert_to_tensor(inputs), ops.convert_to_tensor(labels))
    return {name: np.asarray(value) for name, value in found.items()}


def test_right_and_wrong_tokens(speller):
    found = forced(speller, ["ab", "ab"], [[A, B, END], [A, C, END]])
    right, wrong = speller.right, speller.wrong
    np.testing.assert_allclose(found["token_log_probs"], [[right, right, right], [right, wrong, right]], atol=1e-5)
    np.testing.assert_allclose(found["log_prob"], [3 * right, 2 * right + wrong], atol=1e-5)


def test_padding_counts_nothing(speller):
    found = forced(speller, ["ab", "c"], [[A, B, END], [C, END, 0]])
    np.testing.assert_allclose(found["token_log_probs"][1], [speller.right, speller.right, 0], atol=1e-6)
    np.testing.assert_allclose(found["attention"][1], [[1, 0, 0], [0, 1, 0], [0, 0, 0]])
    wide = forced(speller, ["ab", "c"], [[A, B, END, 0, 0], [C, END, 0, 0, 0]])
    np.testing.assert_allclose(wide["log_prob"], found["log_prob"])
    assert wide["token_log_probs"].shape == (2, 5)


def test_attention_is_that_of_the_steps(speller):
    np.testing.assert_array_equal(forced(speller, ["abc"], [[C, C, C, END]])["attention"], [np.eye(4)])


def test_the_given_tokens_are_read():
    """Every token names the one that follows; what is read is what was given, not what would have been written."""
    follows = ops.convert_to_tensor([0, 0, A, 0, B, C, END], "int32")
    memory = {"mask": ops.ones((1, 1), "bool")}

    def step(token, state, memory):
        return 9.0 * ops.one_hot(ops.take(follows, token), 8), state, ops.ones((1, 1))

    found = Forced()(step, {}, memory, ops.convert_to_tensor([[2, B, A]]), ops.convert_to_tensor([[B, C, END]]))
    likely = np.asarray(found["token_log_probs"])[0] > -1
    assert likely.tolist() == [False, True, False]  # A was expected, C followed B, B was expected after A


def test_what_greedy_found_has_the_log_probability_that_it_said(speller):
    words = ["graph", "by", ""]
    memory, state = speller.start(words)
    found = Greedy()(speller.step, state, memory, ops.convert_to_tensor([3, 9, 9]))
    again = forced(speller, words, found["ids"])
    for name in ("log_prob", "token_log_probs", "attention"):
        np.testing.assert_allclose(again[name], found[name], atol=1e-6)


@pytest.mark.skipif(backend() != "tensorflow", reason="about the graphs that TensorFlow traces")
def test_in_a_graph(speller):
    import tensorflow as tf

    memory, state = speller.start(["ab", "c"])
    inputs, labels = tf.constant([[2, A, B], [2, C, END]]), tf.constant([[A, B, END], [C, END, 0]])
    found = tf.function(lambda *given: Forced()(speller.step, *given))(state, memory, inputs, labels)
    expected = forced(speller, ["ab", "c"], labels.numpy(), inputs.numpy())
    for name, value in expected.items():
        np.testing.assert_allclose(found[name], value, atol=1e-6)
