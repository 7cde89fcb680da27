"""Attention weights as an HTML table.

A table and not a drawn figure: the browser has a font for every script, the cells can be pointed at, and it
follows the page's light or dark colours.
"""

from collections.abc import Sequence
from html import escape

import numpy as np

from keras_s2s.plots.tokens import visible

_MOST_TOKENS = 200
# In CSS pixels: what fits beside the form, the gap of style.css, how large a cell may be.
_WIDTH, _GAP, _SMALLEST, _LARGEST = 900, 2, 14, 26


def heat_map(
    source_tokens: Sequence[str], target_tokens: Sequence[str], attention: np.ndarray, width: int = _WIDTH
) -> str:
    """Draws where the decoder looked.

    Args:
        source_tokens: One a column, the end token included.
        target_tokens: One a row.
        attention: Weights between 0 and 1, shape (target tokens, source tokens).
        width: What there is room for, in CSS pixels; a wider table scrolls. Default: 900.

    Returns:
        HTML in which every token is escaped. What would not show, a space first of all, has a sign. Beyond 200
        tokens the table is cut, and says so.

    Raises:
        ValueError: The shape does not fit the tokens.
    """
    if np.shape(attention) != (len(target_tokens), len(source_tokens)):
        raise ValueError(
            f"attention has shape {np.shape(attention)}, but there are {len(target_tokens)} target and "
            f"{len(source_tokens)} source tokens"
        )
    source = [_show(token) for token in source_tokens[:_MOST_TOKENS]]
    target = [_show(token) for token in target_tokens[:_MOST_TOKENS]]
    cell = max(_SMALLEST, min(_LARGEST, width // max(len(source), 1) - _GAP))
    letters = max(map(len, map(visible, source_tokens)), default=0) <= 4
    header = "".join(f'<th scope="col"><span><bdi>{token}</bdi></span></th>' for token in source)
    rows = [
        f'<tr><th scope="row"><bdi>{token}</bdi></th>{_cells(token, source, weights)}</tr>'
        for token, weights in zip(target, np.asarray(attention, dtype=float), strict=False)
    ]
    cut = max(len(source_tokens), len(target_tokens)) > _MOST_TOKENS
    note = f"<p class='s2s-caption'>The first {_MOST_TOKENS} tokens of each side.</p>" if cut else ""
    style = "s2s-map" if letters else "s2s-map s2s-words"
    label = "Attention weights: rows are the translation, columns the source"
    size = f"--cell: {cell}px; --columns: {len(source)}"
    return (
        f'<div class="s2s-scroll"><table class="{style}" style="{size}" aria-label="{label}">'
        f"<thead><tr><td></td>{header}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>{note}"
    )


def _show(token: str) -> str:
    return escape(visible(token))


def _cells(target: str, source: Sequence[str], weights: np.ndarray) -> str:
    # Between the signs of isolation a token from right to left leaves the rest of the note in its order.
    target = f"\u2068{target}\u2069"
    return "".join(
        f'<td style="--weight:{weight:.3f}" title="{target} \N{LEFTWARDS ARROW} \u2068{token}\u2069: '
        f'{weight:.3f}"></td>'
        for token, weight in zip(source, weights, strict=False)
    )
