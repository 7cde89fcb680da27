"""The heat map of an attention: which source tokens each target token looked at."""

import os
import textwrap
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from keras_s2s.plots.fonts import families, readable
from keras_s2s.plots.save import checked_ending, save_figure
from keras_s2s.plots.tokens import checked_attention, display_width, visible

if TYPE_CHECKING:
    from matplotlib.figure import Figure

COLOUR_MAP = "Blues"  # one hue, darker is more: reads the same in every form of colour blindness, and in grey
CELL_INCHES = 0.3
LARGEST_INCHES = (16.0, 14.0)
POINTS_PER_INCH = 72
TITLE_POINTS = 11


def plot_attention(
    source_tokens: Sequence[str],
    target_tokens: Sequence[str],
    attention,
    title: str | None = None,
    path: str | os.PathLike[str] | None = None,
) -> "Figure":
    """Draws attention weights: the source on top, from left to right, the target from top to bottom.

    Args:
        source_tokens: Tx tokens; spaces are shown as `␣`.
        target_tokens: Ty tokens.
        attention: (Ty, Tx) weights. The colours always stand for 0 to 1, so that pictures compare.
        title: Printed above; by default nothing.
        path: Where to write it, too, as `save_attention` does; by default nowhere.

    Returns:
        A figure of its own (no `pyplot`, so it needs no closing), which notebooks display.

    Raises:
        UserError: Where the shapes differ or there is nothing to draw; for a path as `save_attention`.
    """
    if path is not None:
        save_attention(source_tokens, target_tokens, attention, path, title)
    return _draw(source_tokens, target_tokens, attention, title, readable)


def save_attention(
    source_tokens: Sequence[str],
    target_tokens: Sequence[str],
    attention,
    path: str | os.PathLike[str],
    title: str | None = None,
) -> Path:
    """Draws attention weights as `plot_attention` does, into a file.

    Args:
        source_tokens: Tx tokens.
        target_tokens: Ty tokens.
        attention: (Ty, Tx) weights.
        path: Ends in `.png`, `.svg` or `.pdf`; written whole or not at all.
        title: Printed above.

    Returns:
        The path.

    Raises:
        UserError: As `plot_attention`, for another ending, and where the file cannot be written.
    """
    # The reader's fonts draw the text of an SVG, so nothing has to be spelled out for want of a font here.
    label = str if checked_ending(Path(path)) == ".svg" else readable
    return save_figure(_draw(source_tokens, target_tokens, attention, title, label), path)


def _draw(source_tokens, target_tokens, attention, title, label) -> "Figure":
    from keras_s2s.plots.notebook_figure import NotebookFigure

    weights = checked_attention(source_tokens, target_tokens, attention)
    target_count, source_count = weights.shape
    source_labels = [label(visible(token)) for token in source_tokens]
    target_labels = [label(visible(token)) for token in target_tokens]

    cell = min(CELL_INCHES, LARGEST_INCHES[0] / source_count, LARGEST_INCHES[1] / target_count)
    font_size = max(4.0, min(11.0, 0.62 * cell * POINTS_PER_INCH))
    character = 0.62 * font_size / POINTS_PER_INCH
    source_label_inches = character * max(map(display_width, source_labels))
    target_label_inches = character * max(map(display_width, target_labels))
    # Single characters stand upright, longer tokens are turned.
    turned = [display_width(text) > 2 for text in source_labels]
    width = max(3.0, cell * source_count + target_label_inches + 1.3)
    title_lines = _lines(label(title), width) if title else []
    height = (
        cell * target_count + (source_label_inches if any(turned) else 0.25) + 0.45 + 0.2 * len(title_lines)
    )

    figure = NotebookFigure(figsize=(width, max(1.8, height)), layout="constrained")
    axes = figure.add_subplot()
    image = axes.imshow(weights, cmap=COLOUR_MAP, vmin=0, vmax=1, aspect="auto", interpolation="nearest")
    # parse_math: a token that is a dollar sign is no formula.
    written = "".join([*source_labels, *target_labels, title or ""])
    text: dict[str, Any] = {"fontfamily": [*families(written), "sans-serif"], "parse_math": False}
    axes.xaxis.tick_top()
    axes.set_xticks(range(source_count), labels=source_labels, fontsize=font_size, **text)
    for tick, is_turned in zip(axes.get_xticklabels(), turned, strict=True):
        tick.set_rotation(90 if is_turned else 0)
    axes.set_yticks(range(target_count), labels=target_labels, fontsize=font_size, **text)
    axes.tick_params(length=0)
    axes.set_xticks([column - 0.5 for column in range(1, source_count)], minor=True)
    axes.set_yticks([row - 0.5 for row in range(1, target_count)], minor=True)
    axes.grid(which="minor", color="0.9", linewidth=0.5)
    axes.tick_params(which="minor", length=0)
    axes.spines[:].set_color("0.6")
    bar = figure.colorbar(
        image, ax=axes, ticks=(0, 0.5, 1), aspect=12, shrink=min(1.0, 1.6 / (cell * target_count)), pad=0.02
    )
    bar.ax.tick_params(labelsize=7, length=2, colors="0.3")
    bar.outline.set_edgecolor("0.6")
    if title_lines:
        figure.suptitle("\n".join(title_lines), fontsize=TITLE_POINTS, **text)
    return figure


def _lines(title: str, inches: float) -> list[str]:
    """The title cut into lines that fit; also in the middle of a word, where a script has no spaces."""
    narrow = inches * POINTS_PER_INCH / (0.72 * TITLE_POINTS)
    characters = narrow * len(title) / max(1, display_width(title))
    return textwrap.wrap(title, width=max(8, int(characters)))
