"""The picture of an attention in a terminal."""

import unicodedata
from collections.abc import Sequence

from keras_s2s.plots.tokens import checked_attention, clusters, display_width, visible

SHADES = ((0.75, "█"), (0.5, "▓"), (0.25, "▒"), (0.05, "░"), (0.0, " "))
END_TOKEN, END_SIGN = "</s>", "⏎"
ALIGNMENT_LEGEND = "█ 0.75 or more  ▓ 0.5  ▒ 0.25  ░ 0.05  ␣ space  ⏎ end"
"""What the signs mean; for the line below one or more pictures."""

LEFT_TO_RIGHT_MARK = "\u200e"


def ascii_alignment(source_tokens: Sequence[str], target_tokens: Sequence[str], attention) -> str:
    """Draws attention weights with characters: one column a source token, one line a target token.

    Characters as source tokens stand side by side and read as text; longer tokens are written downwards.
    Chinese, Japanese, Korean and emoji take two columns, as terminals show them. The end token is `⏎`. Each
    line ends with the source token that has the largest weight, and that weight.

    Args:
        source_tokens: Tx tokens.
        target_tokens: Ty tokens.
        attention: (Ty, Tx) weights.

    Returns:
        Lines joined by newlines, without one at the end.

    Raises:
        UserError: Where the shapes differ or there is nothing to draw.

    >>> print(ascii_alignment(["a", "月"], ["x"], [[0.2, 0.8]]))
       a月
    x │░██│ 月 0.80
    """
    weights = checked_attention(source_tokens, target_tokens, attention)
    source_labels = [_label(token) for token in source_tokens]
    target_labels = [_label(token) for token in target_tokens]
    columns = [clusters(label) for label in source_labels]
    gap = "" if all(len(column) == 1 for column in columns) else " "
    widths = [max(map(display_width, column)) for column in columns]
    margin = max(map(display_width, target_labels))

    lines = []
    height = max(map(len, columns))
    for row in range(height):
        cells = []
        for column, width in zip(columns, widths, strict=True):
            position = row - (height - len(column))
            cells.append(_padded(column[position] if position >= 0 else "", width))
        lines.append(" " * (margin + 2) + gap.join(cells))
    for label, row_weights in zip(target_labels, weights, strict=True):
        cells = [_shade(weight) * width for weight, width in zip(row_weights, widths, strict=True)]
        strongest = int(row_weights.argmax())
        lines.append(
            f"{_padded(label, margin)} │{gap.join(cells)}│ "
            f"{_kept_in_place(source_labels[strongest])} {row_weights[strongest]:.2f}"
        )
    return "\n".join(line.rstrip() for line in lines)


def _label(token: str) -> str:
    return END_SIGN if token == END_TOKEN else visible(token)


def _shade(weight: float) -> str:
    return next((character for least, character in SHADES if weight >= least), " ")


def _padded(text: str, width: int) -> str:
    return _kept_in_place(text) + " " * (width - display_width(text))


def _kept_in_place(text: str) -> str:
    """A mark after right-to-left letters, lest the terminal turn round the order of whole columns."""
    if any(unicodedata.bidirectional(character) in ("R", "AL", "AN") for character in text):
        return text + LEFT_TO_RIGHT_MARK
    return text
