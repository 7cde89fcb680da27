"""Human-written dates and the days they mean: the data of the embedded default model, made by seed.

    >>> generate_dates(2, "test", seed=0)[0].target[:2] in ("19", "20")
    True

Numeric dates are day first, or year first; years are 1900-2099 with four digits; months are numbers or names,
full or short, in any case; a weekday may stand before or after. Nothing is downloaded: names come from CLDR
through babel.
"""

import datetime
import functools
import hashlib
import os
import random
from collections.abc import Mapping, Sequence
from pathlib import Path

from keras_s2s.data.date_example import DateExample
from keras_s2s.data.date_names import LANGUAGES
from keras_s2s.data.date_writing import write_day
from keras_s2s.errors import UserError
from keras_s2s.files import write_atomically

NUMERIC_FORMATS = (
    "numeric-slash",
    "numeric-dot",
    "numeric-dash",
    "year-first-slash",
    "year-first-dot",
    "year-first-dash",
)
NAMED_FORMATS = ("day-month-year", "month-day-year", "year-month-day")
FORMATS = tuple(name + weekday for weekday in ("", "+weekday") for name in NUMERIC_FORMATS + NAMED_FORMATS)
"""Every format. `numeric-*` is day-month-year in digits, `year-first-*` year-month-day in digits
(`year-first-dash` holds ISO 8601 itself), the others name the month (in Chinese and Japanese: 月, 日, 年)."""

SPLITS = ("train", "dev", "test")
FIRST_DAY, LAST_DAY = datetime.date(1900, 1, 1), datetime.date(2099, 12, 31)
HELD_OUT_PERCENT = 5
"""Percent of all days in the dev set, and again in the test set."""

MAXIMUM_ATTEMPTS = 1000

# How often each format appears among 51 dates of one language. Named months need the most examples;
# Chinese and Japanese hardly ever write the year last.
NUMERIC_SHARES = dict.fromkeys(NUMERIC_FORMATS, 2) | {f"{name}+weekday": 1 for name in NUMERIC_FORMATS}
ALPHABETIC_SHARES = NUMERIC_SHARES | {
    "day-month-year": 8,
    "month-day-year": 6,
    "year-month-day": 6,
    "day-month-year+weekday": 5,
    "month-day-year+weekday": 4,
    "year-month-day+weekday": 4,
}
IDEOGRAPHIC_SHARES = NUMERIC_SHARES | {
    "day-month-year": 1,
    "month-day-year": 1,
    "year-month-day": 18,
    "day-month-year+weekday": 1,
    "month-day-year+weekday": 1,
    "year-month-day+weekday": 11,
}


def split_of_day(day: datetime.date, seed: int) -> str:
    """The one set, `"train"`, `"dev"` or `"test"`, that may contain `day`, in whatever format."""
    digest = hashlib.blake2b(f"{seed}:{day.isoformat()}".encode(), digest_size=8).digest()
    percent = int.from_bytes(digest, "big") % 100
    return "test" if percent < HELD_OUT_PERCENT else "dev" if percent < 2 * HELD_OUT_PERCENT else "train"


@functools.lru_cache(maxsize=4)
def _days_by_split(seed: int) -> dict[str, tuple[datetime.date, ...]]:
    days: dict[str, list[datetime.date]] = {split: [] for split in SPLITS}
    for ordinal in range(FIRST_DAY.toordinal(), LAST_DAY.toordinal() + 1):
        day = datetime.date.fromordinal(ordinal)
        days[split_of_day(day, seed)].append(day)
    return {split: tuple(chosen) for split, chosen in days.items()}


def _endlessly_shuffled(items, generator: random.Random):
    """All items in a random order, then all again in another, without end."""
    while True:
        yield from sorted(items, key=lambda _: generator.random())


def generate_dates(count: int, split: str = "train", seed: int = 0) -> list[DateExample]:
    """Dates with distinct texts, evenly spread over days, languages and formats.

    Args:
        count: How many, at least 1. A smaller count gives the beginning of the same list.
        split: `"train"`, `"dev"` or `"test"`. No day of one set occurs in another (90, 5 and 5 percent of the
            73,049 days): `split_of_day`.
        seed: Fixes both the split and the examples.

    Returns:
        `count` examples. Every day of the set is used once before any is used again.

    Raises:
        UserError: For another split, a count below 1, or more distinct texts than there are.
    """
    if split not in SPLITS:
        raise UserError(
            f"split {split!r} is not known", f"expected one of {', '.join(SPLITS)}", "choose one of these"
        )
    if count < 1:
        raise UserError(f"count is {count}", "expected 1 date or more", "ask for at least one")
    generator = random.Random(f"keras_s2s dates {seed} {split}")
    days = _endlessly_shuffled(_days_by_split(seed)[split], generator)
    cells = _endlessly_shuffled(_cells(), generator)
    examples: list[DateExample] = []
    seen: set[str] = set()
    for _ in range(count):
        day, (language, date_format) = next(days), next(cells)
        for _attempt in range(MAXIMUM_ATTEMPTS):
            source = write_day(day, language, date_format, generator)
            if source not in seen:
                break
            day = next(days)
        else:
            raise UserError(
                f"{count} dates were asked for the {split} set, but only {len(seen)} texts were found",
                "expected no more than can be written differently",
                "ask for fewer",
            )
        seen.add(source)
        examples.append(DateExample(source, day.isoformat(), language, date_format))
    return examples


def _cells() -> list[tuple[str, str]]:
    """(language, format), repeated by its share."""
    return [
        (language, date_format)
        for language in LANGUAGES
        for date_format, share in (
            IDEOGRAPHIC_SHARES if language in ("zh", "ja") else ALPHABETIC_SHARES
        ).items()
        for _ in range(share)
    ]


def write_dates(
    directory: str | os.PathLike[str], counts: Mapping[str, int], seed: int = 0
) -> dict[str, Path]:
    """Writes `train.tsv`, `dev.tsv`, `test.tsv` (source TAB target) and, line for line beside each,
    `train.meta.tsv` ... (source TAB target TAB language TAB format).

    Args:
        directory: Created where it is missing. Each file appears whole or not at all.
        counts: How many of each split, e.g. `{"train": 100_000, "dev": 1_000}`; a split that is
            not named is not written.
        seed: As for `generate_dates`.

    Returns:
        The path of each `SPLIT.tsv`, by split.

    Raises:
        UserError: As `generate_dates`, and where the directory cannot be written.
    """
    directory = Path(directory)
    paths = {}
    for split, count in counts.items():
        examples = generate_dates(count, split, seed)
        pairs = "".join(f"{example.source}\t{example.target}\n" for example in examples)
        described = "".join(
            f"{example.source}\t{example.target}\t{example.language}\t{example.format}\n"
            for example in examples
        )
        paths[split] = directory / f"{split}.tsv"
        try:
            write_atomically(directory / f"{split}.meta.tsv", described)
            write_atomically(paths[split], pairs)
        except OSError as error:
            raise UserError(
                f"{directory} cannot be written: {error.strerror}",
                "expected a directory to write in",
                "choose another directory",
            ) from error
    return paths


def read_dates(path: str | os.PathLike[str]) -> list[DateExample]:
    """Reads a `SPLIT.meta.tsv` written by `write_dates`.

    Raises:
        UserError: Where the file is missing or a line does not have four columns.
    """
    try:
        lines = Path(path).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(
            f"{path} cannot be read: {error}",
            "expected a .meta.tsv file of dates",
            "write it again with write_dates",
        ) from error
    examples = []
    for number, line in enumerate(lines, start=1):
        columns = line.split("\t")
        if len(columns) != 4:
            raise UserError(
                f"{path}, line {number}, has {len(columns)} columns",
                "expected 4: source, target, language, format",
                "write it again with write_dates",
            )
        examples.append(DateExample(*columns))
    return examples


def date_groups(examples: Sequence[DateExample]) -> dict[str, list[str]]:
    """Language and format of each example, for `keras_s2s.evaluation.evaluate(..., groups=...)`."""
    return {
        "language": [example.language for example in examples],
        "format": [example.format for example in examples],
    }
