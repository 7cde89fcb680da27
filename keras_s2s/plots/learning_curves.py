"""Curves of a training: loss and metrics by epoch."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from keras_s2s.errors import UserError

if TYPE_CHECKING:
    from matplotlib.figure import Figure

# Blue and vermilion of Okabe and Ito (2008), safe in every form of colour blindness; dashes help in grey.
TRAINING: dict[str, Any] = {"color": "#0072B2", "linestyle": "-"}
VALIDATION: dict[str, Any] = {"color": "#D55E00", "linestyle": "--"}
LARGEST_COLUMNS = 3
PANEL_INCHES = (4.0, 2.8)


def plot_learning_curves(
    history: Mapping[str, Sequence[float]], measured: Mapping[str, Sequence[float]] | None = None
) -> "Figure":
    """Draws one panel a metric, training and validation in it.

    Args:
        history: Numbers by epoch under each metric's name, as in `keras.callbacks.History.history`; the name
            of a validation metric begins with `val_`. A shorter list was measured every so many epochs.
        measured: For each of these names the epochs at which its numbers were measured, where they are not
            whole ones, or not evenly apart.

    Returns:
        A figure of its own, which notebooks display. The best validation value is marked: the least of a
        loss, an error or a perplexity, the greatest of anything else.

    Raises:
        UserError: Where the history is empty.
    """
    from matplotlib.ticker import MaxNLocator

    from keras_s2s.plots.notebook_figure import NotebookFigure

    curves = {name: [float(value) for value in values] for name, values in history.items() if len(values)}
    if not curves:
        raise UserError(
            "the training history is empty",
            "expected numbers of one epoch or more",
            "train for at least one epoch",
        )
    names = list(dict.fromkeys(name.removeprefix("val_") for name in curves))
    columns = min(LARGEST_COLUMNS, len(names))
    rows = -(-len(names) // columns)
    count = max(len(values) for values in curves.values())
    epochs, places = float(count), {name: _epochs(values, count) for name, values in curves.items()}
    if measured is not None:
        places = {name: list(measured[name]) for name in curves}
        epochs = max(1, *(max(own) for own in places.values()))
    first = min(1, *(own[0] for own in places.values()))
    figure = NotebookFigure(figsize=(columns * PANEL_INCHES[0], rows * PANEL_INCHES[1]), layout="constrained")
    for number, name in enumerate(names, start=1):
        axes = figure.add_subplot(rows, columns, number)
        axes.set_title(name.replace("_", " "), fontsize=10, parse_math=False)
        if name in curves:
            axes.plot(
                places[name],
                curves[name],
                label="training",
                marker=_marker(epochs),
                **TRAINING,
            )
        if f"val_{name}" in curves:
            values = curves[f"val_{name}"]
            positions = places[f"val_{name}"]
            axes.plot(positions, values, label="validation", marker=_marker(epochs), **VALIDATION)
            best = _best(name, values)
            axes.plot(
                positions[best],
                values[best],
                "o",
                markerfacecolor="none",
                markersize=9,
                color=VALIDATION["color"],
            )
            axes.annotate(
                f"{values[best]:.4g}",
                (positions[best], values[best]),
                textcoords="offset points",
                xytext=(0, 8),
                ha="center",
                fontsize=8,
                color=VALIDATION["color"],
                bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.8, "pad": 0.5},
            )
            axes.margins(y=0.15)
        if name == "learning_rate" and min(curves[name]) > 0:
            axes.set_yscale("log")
        axes.set_xlabel("epoch", fontsize=9)
        axes.xaxis.set_major_locator(MaxNLocator(integer=True, min_n_ticks=1))
        axes.tick_params(which="both", labelsize=8)
        axes.set_xlim(first - 0.04 * epochs, epochs + 0.04 * epochs)
        axes.grid(color="0.9")
        axes.spines[["top", "right"]].set_visible(False)
        if name in curves and f"val_{name}" in curves:
            axes.legend(fontsize=8, frameon=False)
    return figure


def _epochs(values: Sequence[float], epochs: int) -> list[float]:
    """The epochs, from 1, to which values belong that were measured every `epochs // len(values)` epochs."""
    step = max(1, epochs // len(values))
    return [step * number for number in range(1, len(values) + 1)]


def _best(name: str, values: Sequence[float]) -> int:
    less_is_better = any(word in name for word in ("loss", "error", "perplexity"))
    numbers = [
        (value if less_is_better else -value, index) for index, value in enumerate(values) if value == value
    ]
    return min(numbers)[1] if numbers else 0


def _marker(epochs: float) -> str:
    """A dot for each epoch while they are few; a single epoch would otherwise be invisible."""
    return "." if epochs <= 30 else ""
