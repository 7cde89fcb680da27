"""The comparison of decoding speeds as a table: for the terminal and as Markdown."""

import statistics

from rich import box
from rich.table import Table
from side_by_side import machine_line, shown_spread

TITLES = {"keras_s2s": "keras_s2s", "keras_s2s_xla": "keras_s2s, XLA", "saved_model": "its SavedModel",
          "pytorch": "PyTorch", "joeynmt": "JoeyNMT"}
COLUMNS = ("work", "search", "batch", "system", "sentences/s", "tokens/s", "cores", "relative time", "by token",
           "same outputs", "BLEU")


def rows(results: dict) -> list[list[str]]:
    """A row for each system of each case, as texts in the order of `COLUMNS`."""
    found = []
    for case in results["cases"]:
        work = f"{case['part']}, {case['sentences']:,} {'texts' if case['file'] else 'sentences'}"
        for name, system in case["systems"].items():
            against = case["against"].get(name)
            found.append([work, "greedy" if case["search"] == "greedy" else "beam 5", str(case["batch"]), TITLES[name],
                          f"{system['sentences_per_second']:,.1f}", f"{system['tokens_per_second']:,.0f}",
                          f"{statistics.median(system['cores']):.1f}",
                          _factor(against, "relative_time"), _factor(against, "relative_time_by_token"),
                          f"{100 * against['same_outputs']:.1f} %" if against else "",
                          f"{system['bleu']:.1f}" if "bleu" in system else ""])
    return found


def terminal_table(results: dict) -> Table:
    """The rows for a terminal; what a case has in common is said once."""
    table = Table(box=box.SIMPLE_HEAD)
    for number, column in enumerate(COLUMNS):
        table.add_column(column, justify="left" if number in (0, 1, 3) else "right", no_wrap=True)
    before = None
    for row in rows(results):
        table.add_row(*(["", "", ""] if row[:3] == before else row[:3]), *row[3:])
        before = row[:3]
    return table


def markdown(results: dict) -> str:
    """The page of results, from what `decode.json` holds."""
    lines = ["# How fast keras_s2s decodes, compared", "",
             f"Written by `{results['command']}` on {results['date']} from `decode.json`; not by hand.",
             f"{machine_line(results)} Loading and a first run are not counted.", "", *_works(results), "",
             "*Relative time* is a system's time divided by that of the first of its group: the median of the "
             "rounds, the least and the greatest. Without XLA keras_s2s has one thread for a batch and as many batches "
             "at a time as threads; 64 sentences are shared out among them. *By token*: the same for a token written, "
             "end tokens counted. *Cores*: how many a system kept busy (PyTorch needs all of its "
             "threads at once: with fewer, other work slowed it down many times). "
             "*Same outputs*: how many sentences are decoded exactly as the first of the group decodes them.", "",
             f"| {' | '.join(COLUMNS)} |", "|---|---|--:|---|" + "--:|" * (len(COLUMNS) - 4)]
    lines += [f"| {' | '.join(row)} |" for row in rows(results)]
    signature = next((system["signature"] for case in results["cases"] for system in case["systems"].values()
                      if "signature" in system), None)
    return "\n".join([*lines, *(["", f"sacreBLEU: `{signature}`"] if signature else [])]) + "\n"


def _works(results):
    """What the parts are, a line each."""
    lines = []
    if "fixed_sizes" in results:
        lines.append(f"- fixed: random weights of {_sizes(results['fixed_sizes'])}; {results['fixed_tokens']} tokens "
                     f"in, {results['fixed_steps']} steps.")
    if "model" in results:
        lines += [f"- trained, file: `{results['model']['name']}`, {results['model']['parameters']:,} weights, "
                  f"{_sizes(results['model'])}. Sentences are ids in, ids out; texts are text in, text out.",
                  "- All systems have the same weights. Of hypotheses that differ in length keras_s2s keeps those with "
                  "the best mean log-probability, the PyTorch reference those with the best sum and at the end the "
                  "best mean, JoeyNMT uses GNMT's length penalty: some beams end differently. JoeyNMT decodes a file "
                  "in its order, the others sort it by length."]
    return lines


def _sizes(sizes):
    return "{units} units, embeddings of {embedding}, {source_vocabulary:,} and {target_vocabulary:,} tokens".format(
        **sizes)


def _factor(against, name):
    return shown_spread(against[name]) if against else ""
