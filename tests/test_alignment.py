import doctest

import numpy as np
import pytest
import tensorflow as tf

from keras_s2s import alignment
from keras_s2s.alignment import pharaoh, replace_unknown, word_alignment, word_matrix
from keras_s2s.errors import UserError
from keras_s2s.text import WordTokenizer
from keras_s2s.text.words import without_end

# Target tokens c, d, </s>; source tokens a, space, b, b, </s>.
ATTENTION = np.array([
    [0.4, 0.0, 0.3, 0.2, 0.1],
    [0.7, 0.1, 0.1, 0.1, 0.0],
    [0.0, 0.0, 0.0, 0.0, 1.0],
])
SOURCE = [(0, 1), (2, 4)]


def test_examples():
    assert doctest.testmod(alignment) == (0, 4)


def test_the_sum_over_source_tokens_decides():
    """Token by token the first word would have the largest weight, 0.4; its word has less than b and b together."""
    np.testing.assert_allclose(word_matrix(ATTENTION, SOURCE, [(0, 1), (1, 2)]), [[0.4, 0.5], [0.7, 0.2]])
    assert word_alignment(ATTENTION, SOURCE, [(0, 1), (1, 2)]) == [(1, 0), (0, 1)]


def test_the_mean_over_target_tokens():
    np.testing.assert_allclose(word_matrix(ATTENTION, SOURCE, [(0, 2)]), [[0.55, 0.35]])
    assert word_alignment(ATTENTION, SOURCE, [(0, 2)]) == [(0, 0)]


def test_words_that_nothing_looks_at_have_no_link():
    assert word_alignment(ATTENTION, SOURCE, [(2, 3), (0, 1)]) == [(1, 1)]
    assert word_alignment(np.zeros((3, 5)), SOURCE, [(0, 1), (1, 2)]) == []
    assert word_alignment(np.zeros((0, 1)), [], []) == []
    assert word_alignment(ATTENTION, [], [(0, 1)]) == []


def test_of_equal_weights_the_first():
    assert word_alignment([[0.25, 0.5, 0.25]], [(0, 1), (2, 3)], [(0, 1)]) == [(0, 0)]


def test_pharaoh():
    assert pharaoh([(10, 0), (2, 1), (2, 0)]) == "2-0 2-1 10-0"
    assert pharaoh([]) == ""


@pytest.mark.parametrize("attention, source, target, message", [
    (ATTENTION[0], SOURCE, [(0, 1)], r"shape is \(5,\)"),
    (ATTENTION[None], SOURCE, [(0, 1)], r"shape is \(1, 3, 5\)"),
    (ATTENTION * np.nan, SOURCE, [(0, 1)], "not finite"),
    ([[0.5], [0.5, 0.5]], SOURCE, [(0, 1)], "no array of numbers"),
    (ATTENTION, [(4, 6)], [(0, 1)], "source word has the tokens from 4 to before 6"),
    (ATTENTION, SOURCE, [(3, 4)], "attention's 3 target tokens"),
    (ATTENTION, [(2, 2)], [(0, 1)], "source word has the tokens from 2 to before 2"),
    (ATTENTION, [(-1, 1)], [(0, 1)], "source word"),
], ids=range(8))
def test_refused(attention, source, target, message):
    with pytest.raises(UserError, match=message):
        word_alignment(attention, source, target)


def test_unknown_words_are_copied():
    tokens, source = ["<unk>", "eats", "<unk>", "</s>"], ["Zoé", "mange", "42", "</s>"]
    attention = [[0.3, 0.1, 0.1, 0.5], [0.1, 0.8, 0.1, 0], [0, 0.1, 0.9, 0], [0, 0, 0, 1.0]]
    replaced = replace_unknown(tokens, source, attention, [(0, 1), (1, 2), (2, 3)])
    assert replaced == ["Zoé", "eats", "42", "</s>"]  # the first looked at the end most
    assert tokens[0] == "<unk>"
    tokenizer = WordTokenizer()
    tokenizer.adapt(["he eats"])
    assert tokenizer.join(tf.ragged.constant([without_end(replaced)], tf.string)).numpy()[0].decode() == "Zoé eats 42"
    assert tokenizer.join(tf.ragged.constant([without_end(["</s>"])], tf.string)).numpy()[0] == b""


def test_an_unknown_word_that_looks_nowhere_stays():
    assert replace_unknown(["<unk>"], ["a", "</s>"], [[0.0, 1.0]], [(0, 1)]) == ["<unk>"]
    assert replace_unknown(["<unk>"], ["</s>"], [[1.0]], []) == ["<unk>"]


def test_a_word_of_several_source_tokens_is_copied_whole():
    source = ["▁Zo", "é", "▁mange", "</s>"]
    assert replace_unknown(["<unk>"], source, [[0.3, 0.3, 0.4, 0]], [(0, 2), (2, 3)]) == ["Zoé"]


def test_attention_of_another_translation():
    with pytest.raises(UserError, match=r"shape is \(3, 5\)\.\nExpected .* here \(1, 2\)"):
        replace_unknown(["<unk>"], ["a", "</s>"], ATTENTION, [(0, 1)])


def test_with_a_translator(tiny):
    answer = tiny("the cat sat")
    source_words, target_words = tiny.source.words(answer.source_tokens), tiny.target.words(answer.tokens)
    assert [end - start for start, end in source_words] == [3, 3, 3]
    matrix = word_matrix(answer.attention, source_words, target_words)
    assert matrix.shape == (len(answer.text.split()), 3)
    assert matrix.min() > 0 and matrix.max() < 1
    links = word_alignment(answer.attention, source_words, target_words)
    assert [target for _, target in links] == list(range(len(target_words)))


def test_a_model_without_attention_has_no_alignment(without_attention):
    answer = without_attention("abc")
    words = without_attention.source.words(answer.source_tokens), without_attention.target.words(answer.tokens)
    assert answer.tokens and word_alignment(answer.attention, *words) == []
