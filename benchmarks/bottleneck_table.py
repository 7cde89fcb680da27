"""The results of the bottleneck experiment as Markdown."""

from bottleneck_scores import over_seeds


def table(results: dict) -> str:
    """The ladder and BLEU by length, from what `bottleneck.json` holds. One line a model, in the ladder's order."""
    seeds = len(results["seeds"])
    shown = ("sacreBLEU's 95 % bootstrap interval in brackets, of one seed" if seeds == 1
             else f"the mean of {seeds} seeds, the least and the greatest in brackets")
    bins = results["bins"]
    lines = ["# The bottleneck: German → English, sources of up to 60 words", "",
             f"Written by `{results['command']}` on {results['date']} from `bottleneck.json`; not by hand.",
             f"{results['pairs']['train']:,} training pairs, {results['epochs']} epochs for every model, the best by "
             f"dev loss is kept; {results['pairs']['test']:,} test items. BLEU with {shown}.", "",
             "![BLEU by length of the source, and the ladder](bottleneck.png)", "",
             "| | model | parameters | minutes | dev perplexity | BLEU |", "|---|---|---|---|---|---|"]
    for number, model in enumerate(results["models"], start=1):
        runs = model["runs"]
        minutes, perplexity = (sum(run[name] for run in runs) / len(runs) for name in ("minutes", "dev_perplexity"))
        bleu = over_seeds([run["bleu"] for run in runs])
        lines.append(f"| {number} | {model['title']} | {model['parameters']:,} | {minutes:.1f} | {perplexity:.2f} | "
                     f"**{bleu['score']:.1f}** [{bleu['low']:.1f}, {bleu['high']:.1f}] |")
    lines += ["", "BLEU by the number of source words:", "",
              "| | model | " + " | ".join(f"{first}-{last}" for first, last in (one["words"] for one in bins)) + " |",
              "|---|---|" + "---|" * len(bins),
              "| | *test items* | " + " | ".join(f"*{one['items']}*" for one in bins) + " |"]
    for number, model in enumerate(results["models"], start=1):
        cells = [_cell(over_seeds([run["bleu_by_length"][index] for run in model["runs"]]))
                 for index in range(len(bins))]
        lines.append(f"| {number} | {_one_line(model['label'])} | " + " | ".join(cells) + " |")
    return "\n".join([*lines, "", f"sacreBLEU: `{results['signature']}`"]) + "\n"


def _cell(bleu):
    return "-" if bleu is None else f"{bleu['score']:.1f} [{bleu['low']:.1f}, {bleu['high']:.1f}]"


def _one_line(label):
    return label.replace("\n", " ")
