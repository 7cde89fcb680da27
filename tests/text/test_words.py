import doctest

import pytest
import tensorflow as tf

from keras_s2s.text import words
from keras_s2s.text.words import without_end, word_texts
from tests.text.conftest import LINES

PIECES = [
    (["▁low", "er", "▁new", "</s>"], [(0, 2), (2, 3)], ["lower", "new"]),
    (["▁", "日本", "▁", "3"], [(0, 2), (2, 4)], ["日本", "3"]),
    (["▁", "▁a", "▁"], [(0, 2)], ["a"]),  # a space before nothing is in no word
    (["low", "er"], [(0, 2)], ["lower"]),  # as a translation may begin
    (["▁a", "<unk>", "b"], [(0, 1), (1, 2), (2, 3)], ["a", "<unk>", "b"]),
    (["▁", "<unk>", "<unk>", "▁b", "c"], [(0, 2), (2, 3), (3, 5)], ["<unk>", "<unk>", "bc"]),
    (["</s>", "", ""], [], []),
    (["▁", "</s>"], [], []),
    ([], [], []),
]


@pytest.mark.parametrize("tokens, spans, texts", PIECES, ids=range(len(PIECES)))
def test_pieces(tokenizers, tokens, spans, texts):
    assert tokenizers["pieces"].words(tokens) == spans
    assert word_texts(tokens, spans) == texts


def test_examples():
    assert doctest.testmod(words) == (0, 4)


def test_characters(tokenizers):
    tokens = ["a", "b", " ", "<unk>", " ", " ", "c", ".", "</s>", "", ""]
    spans = tokenizers["characters"].words(tokens)
    assert spans == [(0, 2), (3, 4), (6, 8)]
    assert word_texts(tokens, spans) == ["ab", "<unk>", "c."]


def test_words_are_their_own_tokens(tokenizers):
    tokens = ["a", "</s>", "<unk>", "</s>", ""]  # the first one was in the text
    assert tokenizers["words"].words(tokens) == [(0, 1), (1, 2), (2, 3)]


@pytest.mark.parametrize("kind", ["characters", "words", "lower-case words and marks", "pieces", "lower-case pieces"])
def test_the_same_words_as_in_the_text(tokenizers, kind):
    """Whatever the tokens, unknown ones too: the words are those between the spaces of the joined text."""
    tokenizer = tokenizers[kind]
    texts = [*LINES[:6], "", "a", "zebra quiz 日 x日y", "x" * 30 + " the ж жж"]
    _, surfaces = tokenizer.tokenize(texts)
    ids, _ = tokenizer.tokenize(texts)
    shown = {"characters": "\ufffd", "pieces": "⁇", "lower-case pieces": "⁇"}.get(kind, "<unk>")
    for ragged in (surfaces, tf.ragged.map_flat_values(tokenizer.tokens, ids)):
        for row, text in zip(ragged.to_list(), tokenizer.join(ragged).numpy(), strict=True):
            tokens = [token.decode() for token in row]
            found = word_texts(tokens, tokenizer.words([*tokens, "</s>", ""]))
            assert [word.replace("<unk>", shown) for word in found] == text.decode().split()


@pytest.mark.parametrize("tokens, kept", [
    (["a", "</s>", "", ""], ["a"]),
    (["a"], ["a"]),  # cut at the length limit
    (["</s>", "</s>"], ["</s>"]),
    (["", ""], []),
])
def test_without_end(tokens, kept):
    assert without_end(tokens) == kept
