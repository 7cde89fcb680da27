"""Table and picture of `length_generalization.py`, from its .json: accuracy by length, a curve for each attention."""

import numpy as np

from keras_s2s.plots.notebook_figure import NotebookFigure

LENGTHS_IN_THE_TABLE = (10, 11, 12, 13, 15, 20)
MEASURES = {"exact_match": "whole sequences right", "letter_accuracy": "letters right"}
# Colours of Okabe and Ito (2008), safe in every form of colour blindness, one for each family of scores; within a
# family the dashes differ.
STYLES = {
    "none": ("0.45", ":"),
    "bahdanau": ("#0072B2", "-"),
    "normalized_bahdanau": ("#0072B2", "--"),
    "concat": ("#56B4E9", "-"),
    "dot": ("#E69F00", "-"),
    "scaled_dot": ("#E69F00", "--"),
    "general": ("#D55E00", "-"),
    "local": ("#009E73", "-"),
    "location": ("#CC79A7", "-"),
    "coverage": ("#CC79A7", "--"),
}
_OTHER = ("black", "-.")


def table(results):
    """The report, Markdown.

    Args:
        results: what `length_generalization.json` holds.
    """
    runs = results["runs"]
    versions = ", ".join(f"{name} {version}" for name, version in runs[0]["versions"].items())
    shortest, longest = results["trained_lengths"]
    lines = ["# Accuracy beyond the trained lengths", "",
             f"`{results['command']}`: {len(runs)} models, {sum(run['minutes'] for run in runs):.0f} minutes of "
             f"training ({versions}).", "",
             f"The presets `copy` and `reverse` with `{' '.join(results['overrides'])}`, trained on {shortest} to "
             f"{longest} letters and scored on unseen sequences: percent that are wholly right and, in brackets, "
             "percent of the letters that stand in their places. *Near*: percent of the steps, within the trained "
             "lengths, at which the largest weight of the attention lies on the source letter that has to be written, "
             f"or beside it; looking anywhere at random would give {100 * _near_by_chance(results):.0f}.",
             "", "![accuracy by length](length_generalization.png)"]
    for task in dict.fromkeys(run["task"] for run in runs):
        heads = [f"{shortest}-{longest}", *map(str, LENGTHS_IN_THE_TABLE), "near"]
        lines += ["", f"## {task}", "", f"| attention | seed | minutes | {' | '.join(heads)} |",
                  "|---|---:|---:" + "|---:" * len(heads) + "|"]
        lines += [_row(run, results) for run in runs if run["task"] == task]
    return "\n".join(lines) + "\n"


def _near_by_chance(results):
    """The share of near steps where each of the n letters and the end token is looked at equally often."""
    within, sequences = _within(results), np.array(results["runs"][0]["sequences"])
    lengths, sequences = np.array(results["lengths"])[within], sequences[within]
    # Every letter has itself and two neighbours, but the first has one: 3n - 1 of n (n + 1).
    return np.sum(sequences * (3 * lengths - 1) / (lengths + 1)) / np.sum(sequences * lengths)


def _within(results):
    return np.array(results["lengths"]) <= results["trained_lengths"][1]


def _row(run, results):
    within = _within(results)
    accuracy = np.average(np.array(run["exact_match"])[within], weights=np.array(run["sequences"])[within])
    places = [results["lengths"].index(length) for length in LENGTHS_IN_THE_TABLE]
    both = [(100 * run["exact_match"][place], 100 * run["letter_accuracy"][place]) for place in places]
    cells = [run["attention"].replace("_", " "), str(run["seed"]), f"{run['minutes']:.1f}", f"{100 * accuracy:.1f}",
             *(f"{exact:.0f} ({letters:.0f})" for exact, letters in both),
             "-" if run["near_diagonal"] is None else f"{100 * run['near_diagonal']:.1f}"]
    return f"| {' | '.join(cells)} |"


def draw(results):
    """The figure: a column for each task, a row for each measure, the trained lengths shaded.

    Args:
        results: what `length_generalization.json` holds. Of several seeds the mean is drawn, and a band from the
            worst to the best of them.
    """
    tasks = list(dict.fromkeys(run["task"] for run in results["runs"]))
    lengths = results["lengths"]
    shortest, longest = results["trained_lengths"]
    figure = NotebookFigure(figsize=(4.1 * len(tasks) + 1.8, 5.6), layout="constrained")
    grid = figure.subplots(len(MEASURES), len(tasks), sharex=True, sharey=True, squeeze=False)
    for axes, (measure, title) in zip(grid, MEASURES.items(), strict=True):
        for column, task in zip(axes, tasks, strict=True):
            column.axvspan(shortest, longest, color="0.93", zorder=0)
            for attention in _in_order(results, measure):
                rows = [run[measure] for run in results["runs"] if (run["task"], run["attention"]) == (task, attention)]
                if not rows:
                    continue
                color, dashes = STYLES.get(attention, _OTHER)
                rows = 100 * np.array(rows)
                column.plot(lengths, rows.mean(axis=0), color=color, linestyle=dashes, linewidth=1.8, label=attention)
                if len(rows) > 1:
                    column.fill_between(lengths, rows.min(axis=0), rows.max(axis=0), color=color, alpha=0.12, lw=0)
            column.grid(color="0.88", linewidth=0.6)
            column.spines[["top", "right"]].set_visible(False)
            column.tick_params(labelsize=8)
        axes[0].set_ylabel(f"{title}, %", fontsize=9)
    for column, task in zip(grid[0], tasks, strict=True):
        column.set_title(task, fontsize=11)
        column.text((shortest + longest) / 2, 3, f"trained on {shortest} to {longest}", ha="center", fontsize=8,
                    color="0.35")
    for column in grid[-1]:
        column.set_xlabel("letters in the source", fontsize=9)
        column.set_xlim(lengths[0], lengths[-1])
        column.set_ylim(0, 102)
        column.set_xticks([length for length in lengths if length == 1 or length % 5 == 0])
    handles = {line.get_label(): line for axes in grid.flat for line in axes.lines}
    order = [attention for attention in _in_order(results, "letter_accuracy") if attention in handles]
    figure.legend([handles[name] for name in order], [name.replace("_", " ") for name in order],
                  title="attention", loc="outside right upper", fontsize=9, title_fontsize=9, frameon=False)
    return figure


def _in_order(results, measure):
    """The attentions, the one that does best beyond the trained lengths first."""
    beyond = ~_within(results)
    names = dict.fromkeys(run["attention"] for run in results["runs"])
    mean = {name: np.mean([np.array(run[measure])[beyond] for run in results["runs"] if run["attention"] == name])
            for name in names}
    return sorted(names, key=lambda name: -mean[name])
