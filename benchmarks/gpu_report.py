"""The comparison of training on a GPU as a table: for the terminal and as Markdown."""

from gpu_systems import SYSTEMS
from rich import box
from rich.console import Group
from rich.table import Table
from side_by_side import machine_line, shown_spread

TITLES = {"pytorch": "PyTorch", "keras_s2s_tensorflow": "keras_s2s, TensorFlow", "keras_s2s_jax": "keras_s2s, JAX",
          "keras_s2s_torch": "keras_s2s, PyTorch"}
COLUMNS = ("size", "system", "target tokens/s", "ms a step", "times PyTorch", "10¹² op/s", "of the peak", "first, s",
           "loss")
TEXTS = 2
"""So many columns stand on the left."""


def rows(results: dict) -> list[list[str]]:
    """A row for each system of each case, also for those that failed, as texts in the order of `COLUMNS`."""
    found = []
    for case in results["cases"]:
        for name in SYSTEMS:
            begin = [f"{case['size']}, {case['dtype']}", TITLES[name]]
            if name in case["failures"]:
                found.append([*begin, "none, see below", *[""] * (len(COLUMNS) - TEXTS - 1)])
            elif system := case["systems"].get(name):
                against = system["times_as_fast_as"].get("pytorch")
                done, peak = system["operations_per_second"], system["peak_operations_per_second"]
                found.append([*begin, f"{system['tokens_per_second']:,.0f}",
                              f"{system['milliseconds_per_step']:,.2f}", shown_spread(against) if against else "",
                              f"{done / 1e12:,.2f}", f"{100 * done / peak:.1f} % of {peak / 1e12:,.1f}",
                              f"{system['first_steps_seconds']:,.1f}",
                              f"{system['first_loss']:.2f} → {system['last_loss']:.2f}"])
    return found


def notes(results: dict) -> list[str]:
    """Why systems have no numbers, and who rounds float32 to TF32: a sentence each."""
    reasons: dict[tuple[str, str], list[str]] = {}
    rounding: dict[bool, dict[str, None]] = {}
    for case in results["cases"]:
        for name, reason in case["failures"].items():
            reasons.setdefault((name, reason), []).append(f"{case['size']}, {case['dtype']}")
        for name, system in case["systems"].items():
            rounding.setdefault(system["tf32"], {})[TITLES[name]] = None
    return [*(f"Without numbers: {TITLES[name]} ({'; '.join(cases)}), because: {reason}"
              for (name, reason), cases in reasons.items()),
            *(f"Matrix products of float32 numbers are {'rounded to' if tf32 else 'made without'} TF32 in: "
              f"{'; '.join(names)}." for tf32, names in rounding.items())]


def terminal_table(results: dict) -> Group:
    """The rows for a terminal, what a case has in common said once, and the notes."""
    table = Table(box=box.SIMPLE_HEAD)
    for number, column in enumerate(COLUMNS):
        table.add_column(column, justify="left" if number < TEXTS else "right", no_wrap=True)
    before = None
    for row in rows(results):
        table.add_row("" if row[0] == before else row[0], *row[1:])
        before = row[0]
    return Group(table, *notes(results))


def markdown(results: dict) -> str:
    """The page of results, from what `gpu.json` holds."""
    lines = ["# How fast keras_s2s trains on a GPU, compared", "",
             f"Written by `{results['command']}` on {results['date']} from `gpu.json`; not by hand.",
             f"{', '.join(results['devices']) or 'No GPU'}. {machine_line(results)}", "",
             *(_described(case) for case in {case["size"]: case for case in results["cases"]}.values()), "",
             "Batches are made up: lengths as in Multi30k, tokens by Zipf's law; end tokens count, padding does not. "
             "All systems begin with the same weights and train on the very same batches: keras_s2s with `fit`, under "
             "backends of Keras; *PyTorch* is a model written plainly in it, whose GRUs cuDNN runs. bfloat16 is Keras' "
             "policy `mixed_bfloat16` and PyTorch's autocast.", "",
             "*Times PyTorch*: how many times as fast as that model: the median of the rounds, the least and the "
             "greatest. *10¹² op/s*: operations of a step's matrix products, forward and backward, padding counted, "
             "divided by the time of the step; *the peak* is that of the product of two large matrices of the dtype, "
             "the greatest that was measured in the same process, once a round. *First*: what the first step of all "
             "shapes took more than later ones did (tracing, compiling, choosing kernels); it is not in the other "
             "numbers. *Loss*: of one batch before any training, without dropout, and the mean of the last round; a "
             "system whose first loss is not that of the others is left out.", "",
             f"| {' | '.join(COLUMNS)} |", "|" + "---|" * TEXTS + "--:|" * (len(COLUMNS) - TEXTS),
             *(f"| {' | '.join(row)} |" for row in rows(results)), "", *(f"- {note}" for note in notes(results))]
    return "\n".join(lines) + "\n"


def _described(case):
    """What a size is, a line."""
    sizes, work = case["sizes"], case["work"]
    padding = 100 * (1 - work["target_tokens"] / work["target_positions"])
    return (f"- {case['size']}: bidirectional GRU of {sizes['units'] // 2} units each way, GRU of {sizes['units']}, "
            f"additive attention of {sizes['units']} after the cell, embeddings of {sizes['embedding']}, "
            f"{sizes['source_vocabulary']:,} and {sizes['target_vocabulary']:,} tokens, dropout {case['dropout']}; "
            f"{work['steps']} batches of {case['batch']} pairs, widths {work['shapes']}, {work['target_tokens']:,} "
            f"target tokens ({padding:.0f} % of the target positions are padding), "
            f"{case['operations_per_step'] / 1e9:,.1f} · 10⁹ operations a step.")
