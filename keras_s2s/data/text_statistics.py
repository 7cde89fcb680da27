"""What one side of a set of pairs consists of."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from keras_s2s.data.lengths import Lengths


@dataclass(frozen=True)
class TextStatistics:
    """Lengths and inventory of many texts, counted as tokenizers see them: NFC, spaces collapsed and trimmed.

    Args:
        characters: Lengths in characters (code points), spaces included.
        words: Lengths in words, separated by spaces.
        distinct_characters: How many different characters occur.
        distinct_words: How many different words occur.
        empty: How many texts have nothing but spaces.
    """

    characters: Lengths
    words: Lengths
    distinct_characters: int
    distinct_words: int
    empty: int

    @classmethod
    def of(cls, texts: Iterable[str]) -> "TextStatistics":
        """The statistics of one text or more."""
        words = [unicodedata.normalize("NFC", text).split() for text in texts]
        seen = {word for row in words for word in row}
        spaces = any(len(row) > 1 for row in words)
        return cls(
            characters=Lengths.of([sum(map(len, row)) + max(0, len(row) - 1) for row in words]),
            words=Lengths.of([len(row) for row in words]),
            distinct_characters=len({character for word in seen for character in word}) + spaces,
            distinct_words=len(seen),
            empty=sum(not row for row in words))
