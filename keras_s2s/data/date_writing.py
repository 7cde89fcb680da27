"""Writes one calendar day the way people do: an order, a language, a taste for dots, commas and capitals."""

import datetime
import random
import re
from collections.abc import Sequence
from typing import TypeVar

from keras_s2s.data.date_names import month_names, weekday_names, without_accents
from keras_s2s.data.date_templates import (
    IDEOGRAPHIC,
    IDEOGRAPHIC_WEEKDAY_PLACES,
    NUMERIC_SEPARATORS,
    OWN,
    SHARED,
    WEEKDAY_PLACES,
)

Item = TypeVar("Item")


def pick(generator: random.Random, items: Sequence[Item]) -> Item:
    """One of `items`, drawn with `random()` alone: of a seed, Python promises that sequence only."""
    return items[int(generator.random() * len(items))]


def pick_weighted(generator: random.Random, weighted: Sequence[tuple[Item, int]]) -> Item:
    """One of `(item, weight)`, with probability proportional to its weight."""
    position = generator.random() * sum(weight for _, weight in weighted)
    for item, weight in weighted:
        position -= weight
        if position < 0:
            return item
    return weighted[-1][0]


def english_ordinal(number: int) -> str:
    """`1` -> `"1st"`, `12` -> `"12th"`, `23` -> `"23rd"`."""
    suffix = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{suffix}"


def ordinal_day(day: int, language: str) -> str:
    """The day of the month as the language writes it when it does not write bare digits.

    Romance languages have an ordinal for the first of the month only.
    """
    if language == "en":
        return english_ordinal(day)
    if language == "de":
        return f"{day}."
    if day == 1 and language in ("fr", "es", "it", "pt"):
        return "1er" if language == "fr" else "1º"
    return str(day)


def write_day(day: datetime.date, language: str, date_format: str, generator: random.Random) -> str:
    """One spelling of `day`.

    Args:
        day: The calendar day.
        language: One of `keras_s2s.data.dates.LANGUAGES`.
        date_format: One of `keras_s2s.data.dates.FORMATS`.
        generator: The source of chance; the spelling depends on nothing else.

    Returns:
        The text. The year has four digits, a numeric date is day first unless it begins with the year, so
        that no text means two days.
    """
    order, _, weekday = date_format.partition("+")
    ideographic = language in ("zh", "ja")
    if order in SHARED:
        text = (_ideographic if ideographic else _alphabetic)(day, language, order, generator)
    else:
        text = _numeric(day, order, generator)
    if weekday:
        text = _with_weekday(text, day, language, generator)
    return text if ideographic else _with_letters_changed(text, generator)


def _numeric(day: datetime.date, order: str, generator: random.Random) -> str:
    first, _, separator_name = order.rpartition("-")
    separator = NUMERIC_SEPARATORS[separator_name]
    width = pick(generator, (1, 2))
    parts = [f"{day.day:0{width}}", f"{day.month:0{width}}", str(day.year)]
    if first == "year-first":
        parts.reverse()
    elif separator == "." and generator.random() < 0.15:
        separator = ". "
    if separator == "/" and generator.random() < 0.05:
        separator = " / "
    return separator.join(parts)


def _alphabetic(day: datetime.date, language: str, order: str, generator: random.Random) -> str:
    template = pick_weighted(generator, SHARED[order] + OWN.get(language, {}).get(order, ()))
    name = pick(generator, month_names(language, pick(generator, ("full", "short")))[day.month - 1])
    number = f"{day.day:02}" if generator.random() < 0.2 else str(day.day)
    ordinal = f"{number}." if language == "de" else ordinal_day(day.day, language)
    return template.format(
        day=ordinal if generator.random() < 0.5 else number,
        number=number,
        ordinal=ordinal,
        article="l'" if number in ("8", "11") else "il ",
        month=name,
        plain=name.rstrip("."),
        year=day.year,
    )


def _ideographic(day: datetime.date, language: str, order: str, generator: random.Random) -> str:
    width = pick_weighted(generator, ((1, 3), (2, 1)))
    month = f"{day.month:0{width}}月"
    if generator.random() < 0.15:
        month = month_names(language, "full")[day.month - 1][0]
    sign = "号" if language == "zh" and generator.random() < 0.2 else "日"
    template = pick_weighted(generator, IDEOGRAPHIC[order])
    number = f"{day.day:0{width}}"
    return template.format(
        year=day.year,
        month=month,
        spaced=f"{month[:-1]} 月",
        day=number + sign,
        spaced_day=f"{number} {sign}",
    )


def _with_weekday(text: str, day: datetime.date, language: str, generator: random.Random) -> str:
    full, short = (
        pick(generator, weekday_names(language, width)[day.weekday()]) for width in ("full", "short")
    )
    name = pick(generator, (full, short))
    if language not in ("zh", "ja"):
        return pick_weighted(generator, WEEKDAY_PLACES).format(weekday=name, date=text)
    # A single character (水) stands in brackets only: beside a date, 月 or 日 would read as month or day.
    return pick_weighted(generator, IDEOGRAPHIC_WEEKDAY_PLACES).format(
        weekday=full if len(short) == 1 else name,
        bracketed=name,
        date=text,
        comma="，" if language == "zh" else "、",
    )


def _with_letters_changed(text: str, generator: random.Random) -> str:
    """Any case, and now and then no accents, as people type."""
    if generator.random() < 0.1:
        text = without_accents(text)
    case = pick_weighted(
        generator, (("as written", 11), ("lower", 4), ("upper", 3), ("title", 2), ("mixed", 1))
    )
    if case == "lower":
        return text.lower()
    if case == "upper":
        return text.upper()
    if case == "title":
        return re.sub(r"(?<!\w)[^\W\d_]+", lambda word: word.group().capitalize(), text)
    if case == "mixed":
        return "".join(letter.upper() if generator.random() < 0.5 else letter.lower() for letter in text)
    return text
