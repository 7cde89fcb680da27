"""Names of months and weekdays: those of CLDR (through babel) and common ones that CLDR lacks."""

import functools
import pickle
import unicodedata
from typing import Any

LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl", "zh", "ja")
"""The languages in which dates are written, as ISO 639-1 codes."""
UNDOTTED = ("zh", "ja")

COMMON_FULL_MONTHS: dict[str, dict[int, tuple[str, ...]]] = {
    "de": {1: ("Jänner",), 3: ("Maerz",)},
    "es": {9: ("setiembre",)},
}
COMMON_SHORT_MONTHS: dict[str, dict[int, tuple[str, ...]]] = {
    "en": {9: ("Sept",)},
    "de": {1: ("Jän",), 3: ("Mrz",), 9: ("Sept",)},
    "fr": {2: ("fév",), 7: ("juill",), 9: ("sep",)},
    "es": {9: ("sep", "set")},
    "it": {1: ("genn",), 2: ("febbr",), 8: ("ag",), 9: ("sett",)},
    "nl": {2: ("febr",), 9: ("sept",)},
}
COMMON_WEEKDAYS: dict[str, dict[int, tuple[str, ...]]] = {
    "en": {1: ("Tues",), 2: ("Weds",), 3: ("Thur", "Thurs")},
    "de": {5: ("Sonnabend",)},
    "pt": {0: ("segunda",), 1: ("terça",), 2: ("quarta",), 3: ("quinta",), 4: ("sexta",)},
    "zh": {
        0: ("礼拜一",),
        1: ("礼拜二",),
        2: ("礼拜三",),
        3: ("礼拜四",),
        4: ("礼拜五",),
        5: ("礼拜六",),
        6: ("星期天", "礼拜天"),
    },
}
"""Weekdays count from 0, Monday, as in `datetime.date.weekday`; months from 1."""


def without_accents(text: str) -> str:
    """The letters of `text` as on a keyboard without accents, e.g. `"février"` -> `"fevrier"`."""
    decomposed = unicodedata.normalize("NFD", text)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def _with_and_without_dot(names: list[str], whole: tuple[str, ...]) -> tuple[str, ...]:
    """Each short name once bare and once dotted, in order; a whole word ("May") takes no dot."""
    spellings: dict[str, None] = {}
    for name in names:
        bare = name.rstrip(".")
        spellings[bare] = None
        if bare not in whole:
            spellings[bare + "."] = None
    return tuple(spellings)


@functools.cache
def _own_data(language: str) -> dict[str, Any]:
    """What CLDR says of this language itself, without what it inherits."""
    from babel import localedata

    with open(localedata.resolve_locale_filename(language), "rb") as file:
        return pickle.load(file)


def _in_cldr(language: str, kind: str, context: str, width: str) -> dict[int, str]:
    """Names of `"months"` or `"days"`. A context that a language does not have is, as CLDR inherits it, `"format"`.

    Not by `babel.Locale`: after a language that inherits a context it gives that language's names for others, too
    (babel 2.18), so that what a seed makes would depend on what else had been asked.
    """
    own = _own_data(language)[kind]
    inherited = (own.get(name, {}).get(width) for name in (context, "format"))
    return next(names for names in inherited if isinstance(names, dict))


@functools.cache
def month_names(language: str, width: str) -> tuple[tuple[str, ...], ...]:
    """All spellings of the twelve months.

    Args:
        language: One of `LANGUAGES`.
        width: `"full"` ("September") or `"short"` ("Sep", "Sep.", "Sept", "Sept.").

    Returns:
        Twelve tuples of spellings, January first. In Chinese and Japanese a full name is `三月`, a short one
        `3月`.

    Source: Unicode CLDR, `dates/calendars/gregorian/months`, in babel.
    """
    cldr = "wide" if width == "full" else "abbreviated"
    # CLDR's Japanese has 3月 alone; in words it is written as in Chinese.
    own = "zh" if language == "ja" and width == "full" else language
    common = COMMON_FULL_MONTHS if width == "full" else COMMON_SHORT_MONTHS
    names = []
    for month in range(1, 13):
        found = [_in_cldr(own, "months", context, cldr)[month] for context in ("format", "stand-alone")]
        found.extend(common.get(language, {}).get(month, ()))
        if width == "short" and language not in UNDOTTED:
            names.append(_with_and_without_dot(found, month_names(language, "full")[month - 1]))
        else:
            names.append(tuple(dict.fromkeys(found)))
    return tuple(names)


@functools.cache
def weekday_names(language: str, width: str) -> tuple[tuple[str, ...], ...]:
    """All spellings of the seven weekdays, Monday first.

    Args:
        language: One of `LANGUAGES`.
        width: `"full"` ("Monday"; the common spellings are here as well) or `"short"` ("Mon", "Mon.").

    Source: Unicode CLDR, `dates/calendars/gregorian/days`, in babel.
    """
    cldr = "wide" if width == "full" else "abbreviated"
    common = COMMON_WEEKDAYS.get(language, {}) if width == "full" else {}
    names = []
    for day in range(7):
        found = [_in_cldr(language, "days", context, cldr)[day] for context in ("format", "stand-alone")]
        found.extend(common.get(day, ()))
        short = width == "short" and language not in UNDOTTED
        names.append(_with_and_without_dot(found, ()) if short else tuple(dict.fromkeys(found)))
    return tuple(names)
