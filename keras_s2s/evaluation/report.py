"""Prints an evaluation for people."""

from typing import TYPE_CHECKING

from keras_s2s.evaluation.result import EvaluationResult

if TYPE_CHECKING:
    from rich.console import Console


def print_evaluation(
    result: EvaluationResult, console: "Console", title: str = "test", worst: int = 10
) -> None:
    """Prints scores, accuracy by group and the worst items as tables.

    Args:
        result: What `keras_s2s.evaluation.evaluate` returned.
        console: Where to print.
        title: The name of the set, e.g. `"test_2016_flickr"`.
        worst: How many of the worst items to print at most; 0 for none.
    """
    from rich.table import Table
    from rich.text import Text

    scores = Table(
        title=Text(f"{title}: {result.count:,} item{'' if result.count == 1 else 's'}"), title_justify="left"
    )
    scores.add_column("metric")
    scores.add_column("score", justify="right")
    scores.add_column("signature", overflow="fold", style="dim")
    if result.exact_match is not None:
        scores.add_row("exact match", percent(result.exact_match), "")
    if result.character_error_rate is not None:
        scores.add_row("character error rate", f"{100 * result.character_error_rate:.2f} %", "")
    for name, score in (("BLEU", result.bleu), ("chrF", result.chrf)):
        if score is not None:
            scores.add_row(name, f"{score.score:.2f}", Text(score.signature))
    if scores.row_count:
        console.print(scores)

    for grouping, groups in result.groups.items():
        table = Table(title=Text(f"exact match by {grouping}"), title_justify="left")
        table.add_column(Text(grouping))
        table.add_column("items", justify="right")
        table.add_column("exact match", justify="right")
        for name, (right, count) in groups.items():
            table.add_row(Text(name), f"{count:,}", percent(right / count))
        console.print(table)

    items = result.worst_items(worst)
    if items:
        measure = "CER" if items[0].chrf is None else "chrF"
        table = Table(
            title=f"the {len(items)} worst items" if len(items) > 1 else "the worst item",
            title_justify="left",
        )
        table.add_column(measure, justify="right")
        for heading in ("source", "hypothesis", "reference"):
            table.add_column(heading, overflow="fold")
        for item in items:
            score_text = (
                f"{100 * item.character_error_rate:.1f} %" if item.chrf is None else f"{item.chrf:.1f}"
            )
            # Text, not str: square brackets in a sentence are no markup.
            table.add_row(
                score_text, Text(item.source), Text(item.hypothesis), Text("\n".join(item.references))
            )
        console.print(table)


def percent(fraction: float) -> str:
    """`0.9934` -> `"99.3 %"`; only 1 is `"100.0 %"`, so that this means all.

    >>> percent(0.99999), percent(1.0)
    ('99.9 %', '100.0 %')
    """
    shown = round(100 * fraction, 1)
    return f"{99.9 if shown == 100 and fraction < 1 else shown:.1f} %"
