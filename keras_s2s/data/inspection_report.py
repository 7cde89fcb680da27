"""What `keras-s2s inspect` prints."""

import unicodedata

from rich.console import Console
from rich.table import Table
from rich.text import Text

from keras_s2s.data.inspection import Inspection
from keras_s2s.data.lengths import Lengths


def print_inspection(inspection: Inspection, console: Console | None = None) -> None:
    """Prints an inspection: counts, both sides beside each other, the preset and the command.

    Args:
        inspection: What `inspect` returned.
        console: Where to print. Default: standard output, as wide as the terminal.
    """
    console = console or Console(highlight=False)
    counts = Table(box=None, show_header=False, pad_edge=False)
    counts.add_column()
    counts.add_column(justify="right")
    counts.add_column(overflow="fold")
    counts.add_row("pairs", f"{inspection.pairs:,}", "")
    counts.add_row("distinct sources", f"{inspection.distinct_sources:,}", "")
    repeated = "pairs that repeat an earlier one" if inspection.duplicates else ""
    counts.add_row("duplicates", f"{inspection.duplicates:,}", repeated)
    counts.add_row("conflicts", f"{inspection.conflicts:,}", _conflict(inspection))
    sides = Table(box=None, pad_edge=False)
    for heading in ("", "source", "target"):
        sides.add_column(heading, justify="right" if heading else "left")
    source, target = inspection.source, inspection.target
    sides.add_row("characters: median, 95 %, longest", _three(source.characters), _three(target.characters))
    sides.add_row("words: median, 95 %, longest", _three(source.words), _three(target.words))
    for label, field in (("different characters", "distinct_characters"),
                         ("different words", "distinct_words"), ("empty", "empty")):
        sides.add_row(label, f"{getattr(source, field):,}", f"{getattr(target, field):,}")
    console.print(Text(inspection.path, style="bold"), soft_wrap=True)
    console.print(counts)
    console.print()
    console.print(sides)
    console.print()
    for note in inspection.notes:
        console.print(Text(note, style="yellow"))
    suggested = (inspection.preset, "bold")
    console.print(Text.assemble("Suggested preset: ", suggested, f", because {inspection.reason}."))
    # Not wrapped: the line is there to be copied.
    console.print(Text(f"\n    {inspection.command}", style="bold"), soft_wrap=True)


def _three(lengths: Lengths) -> str:
    return f"{lengths.median:g}, {lengths.percentile_95}, {lengths.maximum}"


def _conflict(inspection: Inspection) -> Text:
    if inspection.conflict_example is None:
        return Text("")
    source, targets = inspection.conflict_example
    shown = " | ".join(_harmless(target) for target in targets[:3]) + (" ..." if len(targets) > 3 else "")
    return Text(f"sources with several targets, e.g. {_harmless(source)} -> {shown}")


def _harmless(text: str) -> str:
    """A text from a file, cut short, its control characters replaced: they could command the terminal."""
    text = "".join("\ufffd" if unicodedata.category(sign).startswith("C") else sign for sign in text)
    return text if len(text) <= 40 else f"{text[:39]}…"
