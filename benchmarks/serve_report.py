"""The measurements of serving as a table: for the terminal and as Markdown."""

import statistics

from rich import box
from rich.table import Table
from side_by_side import shown_spread, spread

COLUMNS = ("who", "sentences/s", "of the Translator", "of the SavedModel", "median ms", "p99 ms", "wrong", "refused",
           "lost")


def rows(results: dict) -> list[list[str]]:
    """A row for each way to translate, as texts in the order of `COLUMNS`."""
    found = []
    for name, rounds in results["rows"].items():
        alone = "one at a time" in name or "1 client" in name
        ways = ("one at a time" if alone else next(way for way in results["rows"] if "batches" in way).split(", ")[1])
        fractions = [_fraction(results, name, f"{system}, {ways}") for system in ("Translator", "SavedModel")]
        times = [f"{_median(rounds, key):,.1f}" if key in rounds[0] else "" for key in ("median_ms", "p99_ms")]
        counts = [f"{sum(one[key] for one in rounds):,}" if key in rounds[0] else ""
                  for key in ("wrong", "refused", "lost")]
        found.append([name, f"{_median(rounds, 'sentences_per_second'):,.0f}", *fractions, *times, *counts])
    return found


def terminal_table(results: dict) -> Table:
    """The rows for a terminal."""
    table = Table(box=box.SIMPLE_HEAD)
    for number, column in enumerate(COLUMNS):
        table.add_column(column, justify="right" if number else "left", no_wrap=True)
    for row in rows(results):
        table.add_row(*row)
    for line in _events(results):
        table.add_row(line)
    return table


def markdown(results: dict) -> str:
    """The page of results."""
    many, one = results["clients"], f"rest, {results['clients']} clients"
    times = [a["sentences_per_second"] / b["sentences_per_second"]
             for a, b in zip(results["rows"][one], results["rows"]["rest, 1 client"], strict=True)]
    lines = [f"# Serving `{results['model']}`, measured", "",
             f"Written by `{results['command']}` on {results['date']}; not by hand. {results['processor']}; server, "
             f"clients and translation in process share it. Medians of {results['rounds']} rounds; fractions of "
             f"sentences a second in the same round with the least and the greatest. {results['sentences']:,} "
             "different sentences, one a request.", "",
             f"| {' | '.join(COLUMNS)} |", "|---|" + "--:|" * (len(COLUMNS) - 1)]
    lines += [f"| {' | '.join(row)} |" for row in rows(results)]
    lines += ["", f"{many} clients over REST get {shown_spread(spread(times))} times the sentences of one.", ""]
    return "\n".join([*lines, *(f"- {line}" for line in _events(results))]) + "\n"


def _events(results):
    swap = results["swap"]
    for event, said in (("swap", f"A new version took over ({_versions(swap['versions'])})"),
                        ("stop", f"SIGTERM (exit status {swap['exit_status']})")):
        counts = [f"{sum(one[key] for one in swap[event].values()):,} {key}"
                  for key in ("answered", "wrong", "refused", "lost")]
        yield f"{said}: {', '.join(counts)}."


def _versions(versions):
    return ", ".join(f"{number}: {state}" for number, state in sorted(versions.items(), key=lambda one: int(one[0])))


def _fraction(results, name, yardstick):
    pairs = zip(results["rows"][name], results["rows"][yardstick], strict=True)
    return shown_spread(spread([one["sentences_per_second"] / other["sentences_per_second"] for one, other in pairs]))


def _median(rounds, key):
    return statistics.median(one[key] for one in rounds)
