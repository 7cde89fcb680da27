"""The learning curves of a run, as a picture."""

from keras_s2s.plots import plot_learning_curves, save_figure


def write_learning_curves(history, path):
    """Draws loss, perplexity, dev scores and learning rate by epoch.

    Args:
        history: list of dicts, see `RunState`; rows without a number of epochs are left out.
        path: of the picture.
    """
    values: dict[str, list[float]] = {}
    epochs: dict[str, list[float]] = {}
    for row in history:
        for name, value in row.items():
            if "epoch" in row and name not in ("epoch", "step", "minutes"):
                curve = f"val_{name.removeprefix('dev_')}" if name.startswith("dev_") else name
                values.setdefault(curve, []).append(value)
                epochs.setdefault(curve, []).append(row["epoch"])
    if values:
        save_figure(plot_learning_curves(values, epochs), path)
