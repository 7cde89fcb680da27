"""Training, development and test pairs, divided by distinct source and kept as three files."""

import hashlib
import os
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from keras_s2s.data.lines import read_lines, write_lines
from keras_s2s.data.pairs import Pair, read_pairs
from keras_s2s.errors import UserError

PARTS = ("train", "dev", "test")
FEWEST_SOURCES = 20
"""The fewest distinct sources that are divided: with fewer, dev and test scores say nothing."""


@dataclass(frozen=True)
class Split:
    """The three parts of a data set.

    Args:
        train: The pairs to learn from.
        dev: The pairs that choose the best epoch; may be empty.
        test: The pairs that are looked at once, at the end; may be empty.
    """

    train: list[Pair]
    dev: list[Pair]
    test: list[Pair]


def split_pairs(pairs: Sequence[Pair], seed: int, dev: float = 0.05, test: float = 0.05) -> Split:
    """Divides pairs so that no source of one part occurs in another.

    All pairs with one source go to one part. Sources that differ only in case, in spaces or in their
    Unicode form (NFC) count as one: a model that lowercases could not tell them apart. Sources are ordered
    by a hash of seed and text, so the result depends neither on the order of the lines nor on the machine,
    and a file that grows keeps nearly all of its division.

    Args:
        pairs: Any number of pairs.
        seed: Any whole number; another seed gives another division.
        dev: The fraction of the distinct sources that goes to dev, at least one; 0 leaves dev empty.
            Default: 0.05.
        test: The same for test. Default: 0.05.

    Returns:
        The parts, each in the order of `pairs`.

    Raises:
        UserError: A fraction below 0, fractions that leave no training pairs, or fewer than 20 distinct
            sources.
    """
    if dev < 0 or test < 0 or not dev + test < 1:
        raise UserError(f"fractions of {dev} for dev and {test} for test were given",
                        "expected none below 0, and less than 1 together", "for example 0.05 each")
    keys = [source_key(source) for source, _ in pairs]
    distinct = sorted(set(keys), key=lambda key: (hashlib.blake2b(f"{seed}:{key}".encode()).digest(), key))
    if (dev or test) and len(distinct) < FEWEST_SOURCES:
        raise UserError(f"there are {len(distinct)} distinct sources",
                        f"expected at least {FEWEST_SOURCES} to set some of them apart for dev and test",
                        "add pairs, or give dev and test sets of your own with --dev FILE --test FILE")
    for_dev = max(1, round(dev * len(distinct))) if dev else 0
    for_test = max(1, round(test * len(distinct))) if test else 0
    if for_dev + for_test >= len(distinct) > 0:
        raise UserError(f"fractions of {dev} for dev and {test} for test leave none of {len(distinct)} "
                        "distinct sources", "expected some for training", "for example 0.05 each")
    part_of = dict.fromkeys(distinct, "train")
    part_of |= dict.fromkeys(distinct[:for_dev], "dev")
    part_of |= dict.fromkeys(distinct[for_dev:for_dev + for_test], "test")
    parts: dict[str, list[Pair]] = {part: [] for part in PARTS}
    for key, pair in zip(keys, pairs, strict=True):
        parts[part_of[key]].append(pair)
    return Split(**parts)


def source_key(source: str) -> str:
    """What makes two sources the same for a split: NFC, case folded, runs of spaces as one."""
    return " ".join(unicodedata.normalize("NFC", source).casefold().split())


def shared_sources(train: Iterable[Pair], held_out: Iterable[Pair]) -> list[str]:
    """The distinct sources of `held_out` that occur in `train` (by `source_key`), in first-seen order."""
    known = {source_key(source) for source, _ in train}
    return list(dict.fromkeys(source for source, _ in held_out if source_key(source) in known))


def group_references(pairs: Iterable[Pair]) -> list[tuple[str, list[str]]]:
    """Each distinct source once with all its distinct targets, its references, both in first-seen order."""
    grouped: dict[str, dict[str, None]] = {}
    for source, target in pairs:
        grouped.setdefault(source, {})[target] = None
    return [(source, list(targets)) for source, targets in grouped.items()]


def write_split(directory: str | os.PathLike[str], split: Split) -> None:
    r"""Writes `train.tsv`, `dev.tsv` and `test.tsv`, source TAB target, for `read_split`.

    Args:
        directory: Made where it is missing. Each file appears whole or not at all.
        split: The parts. A tab or line end inside a text is written as a space, as every tokenizer reads it.

    Raises:
        UserError: The directory cannot be written.
    """
    for part in PARTS:
        rows = ("\t".join(map(_in_one_column, pair)) for pair in getattr(split, part))
        write_lines(Path(directory) / f"{part}.tsv", rows)


def read_split(directory: str | os.PathLike[str]) -> Split:
    """Reads what `write_split` wrote.

    Raises:
        UserError: A file is missing or damaged.
    """
    return Split(**{part: _read_part(Path(directory) / f"{part}.tsv") for part in PARTS})


def _read_part(path: Path) -> list[Pair]:
    # A part may be empty, unlike a file that a user gives.
    return read_pairs(path) if read_lines(path) else []


def _in_one_column(text: str) -> str:
    # Not `translate`, which takes ten times as long where there is nothing to replace, as nearly always.
    return text.replace("\t", " ").replace("\n", " ").replace("\r", " ")
