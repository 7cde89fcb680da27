"""Tokens as labels: what cannot be seen is made visible, and widths are counted as terminals do."""

import unicodedata
from collections.abc import Sequence

import numpy as np

from keras_s2s.errors import UserError

VISIBLE_SPACE = "␣"
DOTTED_CIRCLE = "◌"


def visible(token: str) -> str:
    """`token` with a sign for everything that would not show.

    A space becomes `␣`, a control or formatting character its code point, a combining mark without a letter
    stands on a dotted circle, and no token at all is `∅`.

    >>> visible(" "), visible("a\\tb"), visible("")
    ('␣', 'a<U+0009>b', '∅')
    """
    if not token:
        return "∅"
    shown = []
    for index, character in enumerate(token):
        category = unicodedata.category(character)
        if character == " ":
            shown.append(VISIBLE_SPACE)
        elif category in ("Cc", "Cf", "Cs", "Zl", "Zp", "Zs") and not _joins(token, index):
            shown.append(f"<U+{ord(character):04X}>")
        elif index == 0 and category.startswith("M"):
            shown.append(DOTTED_CIRCLE + character)
        else:
            shown.append(character)
    return "".join(shown)


def _joins(token: str, index: int) -> bool:
    """Whether a zero-width joiner stands between two others and forms one sign (emoji, Persian)."""
    return token[index] in "\u200c\u200d" and 0 < index < len(token) - 1


def clusters(text: str) -> list[str]:
    """`text` cut into what stands in one place: a character with the marks and joiners that follow it."""
    parts: list[str] = []
    for character in text:
        if parts and (_width(character) == 0 or parts[-1].endswith("\u200d")):
            parts[-1] += character
        else:
            parts.append(character)
    return parts


def display_width(text: str) -> int:
    """The columns that `text` takes in a terminal: Chinese, Japanese, Korean and emoji two, marks none.

    >>> display_width("3月"), display_width("e\\u0301")
    (3, 1)
    """
    return sum(_width(cluster[0]) for cluster in clusters(text))


def _width(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def checked_attention(source_tokens: Sequence[str], target_tokens: Sequence[str], attention) -> np.ndarray:
    """`attention` as an array (target tokens, source tokens) of finite numbers.

    Raises:
        UserError: For another shape, no tokens, or numbers that are not finite.
    """
    try:
        weights = np.asarray(attention, dtype=np.float64)
        shape = str(weights.shape)
    except (TypeError, ValueError):
        weights, shape = np.zeros(()), "not that of an array of numbers"
    expected = (len(target_tokens), len(source_tokens))
    if weights.shape != expected:
        raise UserError(
            f"the attention's shape is {shape}",
            f"expected (target tokens, source tokens), here {expected}",
            "give the tokens and the attention of one and the same translation, without padding",
        )
    if not weights.size:
        raise UserError(
            f"there are {expected[1]} source and {expected[0]} target tokens",
            "expected one or more of each",
            "translate a text that is not empty",
        )
    if not np.isfinite(weights).all():
        raise UserError(
            "the attention contains numbers that are not finite",
            "expected weights between 0 and 1",
            "look for the model's first loss that is not a number",
        )
    return weights
