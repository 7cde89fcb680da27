"""Adapted tokenizers of every kind."""

import pytest

LINES = [
    "The cat sat on the mat, and the dog sat on the log.",
    "the DOG and the Cat: 3 cats, 12 dogs!",
    "Ärger über straße, déjà vu — São Paulo",
    "ΣΊΣΥΦΟΣ ὁ Σίσυφος; İstanbul ẞ",
    "日本語 テスト 한국어",
    "a cat sat and a dog sat and a cat sat",
] * 8


def adapted(kind, **arguments):
    """A tokenizer of the class `kind`, adapted to `LINES`."""
    from keras_s2s import text

    tokenizer = getattr(text, kind)(**arguments)
    tokenizer.adapt(LINES)
    return tokenizer


@pytest.fixture(scope="session")
def tokenizers():
    """Tokenizers by name; each kind with and without its options."""
    return {
        "characters": adapted("CharacterTokenizer"),
        "lower-case characters": adapted("CharacterTokenizer", lowercase=True, vocabulary_size=40),
        "words": adapted("WordTokenizer", min_count=9),
        "lower-case words and marks": adapted("WordTokenizer", lowercase=True, split_punctuation=True),
        "pieces": adapted("SentencePieceTokenizer", vocabulary_size=120),
        "lower-case pieces": adapted("SentencePieceTokenizer", vocabulary_size=70, lowercase=True,
                                     character_coverage=0.98),
    }
