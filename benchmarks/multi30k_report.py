"""Table and picture of the runs on Multi30k."""

import json
from pathlib import Path

COLOURS = {"ours": "#0072B2", "joeynmt": "#D55E00"}
NAMES = {"ours": "keras_s2s", "joeynmt": "JoeyNMT"}


def write_report(folder):
    """Writes `multi30k.md` and `multi30k.png` beside the folder with the runs."""
    runs = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(Path(folder).glob("*.json"))]
    runs.sort(key=lambda run: (run["direction"], run["system"] != "ours", run["seed"]))
    Path(f"{folder}.md").write_text(table(runs), encoding="utf-8")
    draw(runs, Path(f"{folder}.png"))
    print(table(runs))


def table(runs):
    """Markdown."""
    lines = ["# Multi30k, test_2016_flickr", "",
             "| direction | system | seed | minutes | parameters | greedy BLEU | beam 5 BLEU (interval) | chrF |",
             "|---|---|---|---|---|---|---|---|"]
    for run in runs:
        greedy, beam = run["test"]["greedy"], run["test"]["beam 5"]
        lines.append(f"| {run['direction']} | {NAMES[run['system']]} | {run['seed']} | {run['minutes']:.1f} "
                     f"| {run['parameters']:,} | {greedy['bleu']:.1f} | {beam['bleu']:.1f} ± {beam['interval']:.1f} "
                     f"| {beam['chrf']:.1f} |")
    signatures = sorted({run["test"]["beam 5"]["bleu_signature"] for run in runs})
    return "\n".join([*lines, "", "BLEU: " + ", ".join(f"`{signature}`" for signature in signatures)]) + "\n"


def draw(runs, path):
    """The road: BLEU of greedy translations of the dev set, by minute."""
    from keras_s2s.plots import save_figure
    from keras_s2s.plots.notebook_figure import NotebookFigure

    directions = sorted({run["direction"] for run in runs})
    figure = NotebookFigure(figsize=(4.2 * len(directions), 3.4), layout="constrained")
    for number, direction in enumerate(directions, start=1):
        axes = figure.add_subplot(1, len(directions), number)
        for run in (run for run in runs if run["direction"] == direction and run["road"]):
            minutes, bleu = zip(*run["road"], strict=True)
            first = run["seed"] == 1
            axes.plot(minutes, bleu, color=COLOURS[run["system"]], marker=".", linewidth=1.5 if first else 0.7,
                      label=NAMES[run["system"]] if first else None)
        axes.set_title(direction.replace("-", " → "), fontsize=10)
        axes.set_xlabel("minutes", fontsize=9)
        axes.set_ylabel("BLEU, dev set, greedy", fontsize=9)
        axes.grid(color="0.9")
        axes.spines[["top", "right"]].set_visible(False)
        axes.legend(fontsize=8, frameon=False, loc="lower right")
    save_figure(figure, path)
