"""Tokens as words: which tokens make up each word of a text."""

from collections.abc import Sequence

Span = tuple[int, int]

PIECE_SPACE = "▁"
"""SentencePiece's sign for a space; it begins the first piece of a word."""

END_TOKEN, UNKNOWN_TOKEN = "</s>", "<unk>"


def without_end(tokens: Sequence[str]) -> list[str]:
    """The tokens of the text itself: padding (`""`) and the end token, both at the end, are left out.

    >>> without_end(["a", "b", "</s>", "", ""])
    ['a', 'b']
    """
    kept = list(tokens)
    while kept and not kept[-1]:
        kept.pop()
    if kept and kept[-1] == END_TOKEN:
        kept.pop()
    return kept


def words_between_spaces(tokens: Sequence[str]) -> list[Span]:
    """Spans of the characters that make up each word: runs between spaces.

    >>> words_between_spaces(["a", "b", " ", "c"])
    [(0, 2), (3, 4)]
    """
    spans = []
    start = 0
    for place, token in enumerate([*tokens, " "]):
        if token == " ":
            if place > start:
                spans.append((start, place))
            start = place + 1
    return spans


def words_of_pieces(tokens: Sequence[str]) -> list[Span]:
    """Spans of SentencePiece's pieces that make up each word.

    A piece that begins with `▁` starts a word; `▁` alone belongs to the word that follows, and to none at the end.
    An unknown piece is a word of its own, for the text that is made of the pieces has spaces around it.

    >>> words_of_pieces(["▁low", "er", "▁", "日本"])
    [(0, 2), (2, 4)]
    """
    spans = []
    start, has_text, after_unknown = 0, False, False
    for place, token in enumerate(tokens):
        unknown = token == UNKNOWN_TOKEN
        if has_text and (after_unknown or unknown or token.startswith(PIECE_SPACE)):
            spans.append((start, place))
            start, has_text = place, False
        has_text, after_unknown = has_text or bool(token.strip(PIECE_SPACE)), unknown
    return [*spans, (start, len(tokens))] if has_text else spans


def word_texts(tokens: Sequence[str], spans: Sequence[Span]) -> list[str]:
    """The words as strings.

    Args:
        tokens: Token strings.
        spans: `[start, end)` of each word, from `Tokenizer.words`.

    Returns:
        One string a word: its tokens joined, without the `▁` that SentencePiece writes for a space.

    >>> word_texts(["▁low", "er", "▁", "日本", "</s>"], [(0, 2), (2, 4)])
    ['lower', '日本']
    """
    return ["".join(tokens[start:end]).strip(PIECE_SPACE) for start, end in spans]
