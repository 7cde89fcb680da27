"""The comparison of training speeds as a table: for the terminal and as Markdown."""

import statistics

from rich import box
from rich.table import Table
from side_by_side import machine_line, shown_spread
from train_measure import LIMIT, SYSTEMS

TITLES = {"keras_s2s": "keras_s2s", "pytorch": "PyTorch", "joeynmt": "JoeyNMT", "keras_s2s_xla": "keras_s2s, XLA",
          "keras_s2s_bfloat16": "keras_s2s, bfloat16", "pytorch_bfloat16": "PyTorch, bfloat16",
          LIMIT: "limit"}
COLUMNS = ("system", "target tokens/s", "ms a step", "cores", "times PyTorch", "times JoeyNMT", "of the limit",
           "first loss", "last loss")
PROFILE_COLUMNS = ("part", "forward, ms", "backward, ms", "share")


def rows(results: dict) -> list[list[str]]:
    """A row for each system that ran or failed, as texts in the order of `COLUMNS`."""
    found, limit = [], results["systems"].get(LIMIT)
    for name in [*SYSTEMS, LIMIT]:
        if name in results["failures"]:
            found.append([TITLES[name], f"failed: {results['failures'][name]}", *[""] * (len(COLUMNS) - 2)])
        elif system := results["systems"].get(name):
            of_limit = limit and system["tokens_per_second"] / limit["tokens_per_second"]
            times = [system["times_as_fast_as"].get(other) for other in ("pytorch", "joeynmt")]
            found.append([TITLES[name], f"{system['tokens_per_second']:,.0f}",
                          f"{system['milliseconds_per_step']:,.1f}",
                          f"{statistics.median(system['cores']):.1f}" if "cores" in system else "",
                          *(shown_spread(one) if one else "" for one in times),
                          f"{100 * of_limit:.0f} %" if of_limit and name != LIMIT else "",
                          f"{system['first_loss']:.4f}" if "first_loss" in system else "",
                          f"{system['last_loss']:.3f}" if "last_loss" in system else ""])
    return found


def profile_rows(profile: dict) -> list[list[str]]:
    """A row for each part of a step, as texts in the order of `PROFILE_COLUMNS`."""
    total = sum(sum(part.values()) for part in profile["parts"].values()) or 1
    return [[name, f"{part['forward']:.1f}", f"{part['backward']:.1f}", f"{100 * sum(part.values()) / total:.0f} %"]
            for name, part in profile["parts"].items()]


def terminal_tables(results: dict) -> list[Table]:
    """The rows for a terminal, and those of each profile."""
    return [_table(COLUMNS, rows(results)),
            *(_table(PROFILE_COLUMNS, profile_rows(profile), f"{TITLES[name]}, {profile['milliseconds']:.1f} ms a step "
                     "under the profiler") for name, profile in results.get("profiles", {}).items())]


def _table(columns, texts, title=None):
    table = Table(box=box.SIMPLE_HEAD, title=title)
    for number, column in enumerate(columns):
        # A reason why a system failed stands in the second column and may take several lines.
        table.add_column(column, justify="right" if number else "left", no_wrap=number != 1,
                         min_width=15 if number == 1 else None)
    for row in texts:
        table.add_row(*row)
    return table


def markdown(results: dict) -> str:
    """The page of results, from what `train.json` holds."""
    sizes, work = results["sizes"], results["work"]
    padding = {side: 100 * (1 - work[f"{side}_tokens"] / work[f"{side}_positions"]) for side in ("source", "target")}
    lines = ["# How fast keras_s2s trains, compared", "",
             f"Written by `{results['command']}` on {results['date']} from `train.json`; not by hand.",
             machine_line(results), "",
             f"{results['data']}: bidirectional GRU of {sizes['units'] // 2} units each way, GRU of {sizes['units']}, "
             f"additive attention of {sizes['units']} after the cell, embeddings of {sizes['embedding']}, "
             f"{sizes['source_vocabulary']:,} and {sizes['target_vocabulary']:,} tokens, dropout {results['dropout']}, "
             "Adam, gradients clipped. All systems begin with the same weights and train on the very same "
             f"{work['steps']} batches of {results['batch']} pairs in every round, {work['target_tokens']:,} target "
             f"tokens, end tokens counted, in {work['shapes']} shapes; {padding['source']:.1f} % of the source "
             f"positions and {padding['target']:.1f} % of the target positions are padding and do not count. The first "
             f"{results['warm_up']} steps of a system and some at the beginning of each round are not timed.", "",
             "*Times*: how many times as fast as the PyTorch reference and as JoeyNMT: the median of the rounds, the "
             "least and the greatest. *First loss*: of one batch before any training, without dropout; where it is not "
             "that of the others a system is left out. *Last loss*: the mean of the last round. *Cores*: how many a "
             "system kept busy.", "",
             *_table_lines(COLUMNS, rows(results)), *_limit(results), *_compiling(results)]
    for name, profile in results.get("profiles", {}).items():
        lines += ["", f"Where a step of {TITLES[name]} spends its time, by TensorFlow's profiler, which slows it down "
                  f"to {profile['milliseconds']:.1f} ms. Two operations at a time may run, so that the parts may add "
                  "up to more.", "", *_table_lines(PROFILE_COLUMNS, profile_rows(profile))]
    return "\n".join(lines) + "\n"


def _table_lines(columns, texts):
    return [f"| {' | '.join(columns)} |", "|---|" + "--:|" * (len(columns) - 1),
            *(f"| {' | '.join(cell.replace('|', '/') for cell in row)} |" for row in texts)]


def _limit(results):
    """What the limit is."""
    if not (found := results["systems"].get(LIMIT)):
        return []
    operations = found["operations_per_step"]
    return ["", f"The limit is the time of the matrix products of a step alone, forward and backward, "
            f"{operations['with_padding'] / 1e9:.1f} · 10⁹ operations ({operations['without_padding'] / 1e9:.1f} if "
            "padding were left out), at the greatest speed that was measured for the product of two large matrices of "
            f"float32 in the same run, {max(found['gigaflops'].values()):.0f} · 10⁹ operations a second."]


def _compiling(results):
    """What XLA took beforehand."""
    return [f"\nXLA compiled the {system['compiling']['shapes']} shapes of all batches beforehand, in "
            f"{system['compiling']['seconds']:,.0f} seconds." for system in results["systems"].values()
            if "compiling" in system]
