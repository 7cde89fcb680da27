"""One human-written date and the day it means."""

from dataclasses import dataclass


@dataclass(frozen=True)
class DateExample:
    """A date as a person writes it, and the same day in ISO 8601.

    Args:
        source: The text, e.g. `"Wed, 3rd of March 1999"`.
        target: The day as `YYYY-MM-DD`, e.g. `"1999-03-03"`.
        language: The language it was written for, one of `keras_s2s.data.dates.LANGUAGES`. Numeric dates
            without a weekday read the same in every language; they too keep the language they were drawn
            for, so that an accuracy per language covers all that is written in that language.
        format: One of `keras_s2s.data.dates.FORMATS`, e.g. `"day-month-year+weekday"`.
    """

    source: str
    target: str
    language: str
    format: str
