"""The picture of the bottleneck experiment: BLEU by length of the source, and the ladder."""

from bottleneck_scores import over_seeds

from keras_s2s.plots.notebook_figure import NotebookFigure

# Warm without attention, cool with it: Okabe and Ito (2008), made for the colour-blind, and a purple.
COLOURS = {"forward": "#999999", "reversed": "#666666", "bidirectional": "#E69F00", "every-step": "#D55E00",
           "after": "#0072B2", "before": "#009E73", "feeding": "#6A51A3"}
MARKERS = {"bidirectional": "o", "every-step": "s", "after": "o", "before": "s", "feeding": "D"}
GREY = "0.35"
LABEL_GAP = 0.075
"""The least distance of two labels beside the curves, as a part of the height."""


def draw(results: dict):
    """Draws both halves from what `bottleneck.json` holds.

    Args:
        results: See `bottleneck_ladder.py`. Models, bins and scores that are missing are left out.

    Returns:
        A matplotlib figure, 12 by 5 inches.
    """
    figure = NotebookFigure(figsize=(12, 5), layout="constrained")
    curve, ladder = figure.subplots(1, 2, width_ratios=(1.35, 1))
    for axes in (curve, ladder):
        axes.spines[["top", "right"]].set_visible(False)
        axes.tick_params(labelsize=10, length=0)
    _draw_curve(curve, results)
    _draw_ladder(ladder, results["models"])
    seeds = len(results["seeds"])
    figure.supxlabel("Shaded and whiskers: " + ("95 % bootstrap interval" if seeds == 1 else f"range of {seeds} seeds")
                     + f". Multi30k captions, German → English, 1 to 4 joined; {results['epochs']} epochs each, units "
                     f"{results['options']['model.units']}.", fontsize=9, color=GREY)
    return figure


def _draw_curve(axes, results):
    bins = results["bins"]
    ends = {}
    for model in results["models"]:
        points = [over_seeds([run["bleu_by_length"][index] for run in model["runs"]]) for index in range(len(bins))]
        found = [(index, point) for index, point in enumerate(points) if point is not None]
        if not model["in_curve"] or not found:
            continue
        places, colour = [index for index, _ in found], COLOURS[model["name"]]
        axes.fill_between(places, [point["low"] for _, point in found], [point["high"] for _, point in found],
                          color=colour, alpha=0.15, linewidth=0)
        axes.plot(places, [point["score"] for _, point in found], color=colour, marker=MARKERS[model["name"]],
                  markersize=5, linewidth=2)
        ends[model["label"]] = (places[-1], found[-1][1]["score"], colour)
    axes.set_title("BLEU by length of the source", fontsize=13, loc="left", fontweight="bold")
    labels = ["{}–{}\n({:,})".format(*one["words"], one["items"]) for one in bins]
    axes.set_xticks(range(len(bins)), labels=labels)
    axes.set_xlabel("words in the source (test items)", fontsize=11)
    axes.set_ylabel("BLEU", fontsize=11)
    axes.set_ylim(0, None)
    axes.set_xlim(-0.25, len(bins) + 0.55)
    axes.spines["bottom"].set_bounds(-0.25, len(bins) - 0.75)
    axes.grid(axis="y", color="0.92")
    axes.set_axisbelow(True)
    gap = LABEL_GAP * axes.get_ylim()[1]
    heights = spread([height for _, height, _ in ends.values()], gap)
    for (label, (place, height, colour)), shown in zip(ends.items(), heights, strict=True):
        axes.annotate(label, (place, height), (len(bins) - 0.6, shown), color=colour, fontsize=11, fontweight="bold",
                      va="center", linespacing=0.95, annotation_clip=False,
                      arrowprops={"arrowstyle": "-", "color": colour, "linewidth": 0.8, "shrinkA": 2, "shrinkB": 5})


def spread(heights: list[float], gap: float) -> list[float]:
    """Heights for labels, in the same order from bottom to top, no two nearer than `gap`, none below 0.

    Labels that are too near move apart evenly, so that a group stays where its points are.
    """
    order = sorted(range(len(heights)), key=heights.__getitem__)
    shown = [heights[index] for index in order]
    for _ in range(1000):
        apart = True
        for lower in range(len(shown) - 1):
            missing = gap - (shown[lower + 1] - shown[lower])
            if missing > 1e-6 * gap:
                shown[lower], shown[lower + 1] = shown[lower] - missing / 2, shown[lower + 1] + missing / 2
                apart = False
        if apart:
            break
    below = max(0.0, -min(shown, default=0.0))
    placed = dict(zip(order, (height + below for height in shown), strict=True))
    return [placed[index] for index in range(len(heights))]


def _draw_ladder(axes, models):
    points = [over_seeds([run["bleu"] for run in model["runs"]]) for model in models]
    rows = range(len(models))
    axes.hlines(rows, 0, [point["score"] for point in points], color="0.9", linewidth=6, zorder=1)
    for row, model, point in zip(rows, models, points, strict=True):
        colour = COLOURS[model["name"]]
        axes.hlines(row, point["low"], point["high"], color=colour, linewidth=2, alpha=0.6, zorder=2)
        axes.plot(point["score"], row, "o", color=colour, markersize=9, zorder=3)
        axes.annotate(f"{point['score']:.1f}", (point["high"], row), (9, 0), textcoords="offset points", va="center",
                      fontsize=11, color=colour, fontweight="bold")
    axes.set_yticks(rows, labels=[model["rung"] for model in models])
    axes.invert_yaxis()
    axes.set_xlim(0, 1.2 * max(point["high"] for point in points))
    axes.set_xlabel("BLEU of the whole test set", fontsize=11)
    axes.set_title("The ladder", fontsize=13, loc="left", fontweight="bold")
    axes.spines["left"].set_visible(False)
    first_with = next((row for row, model in enumerate(models) if model["options"].get("attention") != "none"), 0)
    if first_with:
        axes.axhline(first_with - 0.5, color="0.7", linewidth=0.8, linestyle=":")
