"""How people arrange day, month, year and weekday, language by language: data only, with weights.

Each template stands with its weight. `{day}` may be an ordinal or padded, `{number}` is digits only,
`{ordinal}` is an ordinal wherever the language has one; `{month}` may be short and dotted, `{plain}` has no
dot.
"""

NUMERIC_SEPARATORS = {"slash": "/", "dot": ".", "dash": "-"}

Templates = tuple[tuple[str, int], ...]
SHARED: dict[str, Templates] = {
    "day-month-year": (
        ("{day} {month} {year}", 10),
        ("{day} {month}, {year}", 3),
        ("{number}-{plain}-{year}", 2),
        ("{number}/{plain}/{year}", 1),
    ),
    "month-day-year": (
        ("{month} {day}, {year}", 10),
        ("{month} {day} {year}", 6),
        ("{plain}-{number}-{year}", 1),
    ),
    "year-month-day": (
        ("{year} {month} {day}", 10),
        ("{year}, {month} {day}", 5),
        ("{year}-{plain}-{number}", 2),
        ("{year}/{plain}/{number}", 1),
    ),
}
"""Arrangements that every alphabetic language has."""

OWN: dict[str, dict[str, Templates]] = {
    "en": {
        "day-month-year": (
            ("{ordinal} of {month} {year}", 2),
            ("{ordinal} of {month}, {year}", 2),
            ("the {ordinal} of {month} {year}", 1),
            ("the {ordinal} of {month}, {year}", 1),
        ),
        "month-day-year": (("{month} the {ordinal}, {year}", 1), ("{month} the {ordinal} {year}", 1)),
    },
    "de": {
        "day-month-year": (
            ("{number}.{month} {year}", 2),
            ("den {ordinal} {month} {year}", 2),
            ("am {ordinal} {month} {year}", 1),
        )
    },
    "fr": {"day-month-year": (("le {day} {month} {year}", 3),)},
    "es": {
        "day-month-year": (
            ("{day} de {month} de {year}", 16),
            ("{day} de {month} del {year}", 4),
            ("{day} de {month}, {year}", 2),
            ("el {day} de {month} de {year}", 3),
        ),
        "month-day-year": (("{month} {day} de {year}", 4), ("{month} {day} del {year}", 1)),
    },
    "it": {"day-month-year": (("{article}{number} {month} {year}", 3),)},
    "pt": {
        "day-month-year": (("{day} de {month} de {year}", 20), ("{day} de {month}, {year}", 2)),
        "month-day-year": (("{month} {day} de {year}", 3),),
    },
}
"""Further arrangements of one language."""

IDEOGRAPHIC: dict[str, Templates] = {
    "year-month-day": (
        ("{year}年{month}{day}", 12),
        ("{year} 年 {spaced} {spaced_day}", 3),
        ("{year}年 {month} {day}", 2),
    ),
    "month-day-year": (("{month}{day}{year}年", 2), ("{month}{day} {year}年", 1)),
    "day-month-year": (("{day}{month}{year}年", 2), ("{day} {month} {year}年", 1)),
}
"""Chinese and Japanese; `{month}` and `{day}` carry 月 and 日, the spaced ones a space before it."""

WEEKDAY_PLACES: Templates = (
    ("{weekday}, {date}", 6),
    ("{weekday} {date}", 6),
    ("{date}, {weekday}", 2),
    ("{date} ({weekday})", 2),
    ("{date} {weekday}", 1),
)
IDEOGRAPHIC_WEEKDAY_PLACES: Templates = (
    ("{date}{weekday}", 5),
    ("{date} {weekday}", 4),
    ("{date}({bracketed})", 4),
    ("{date}（{bracketed}）", 2),
    ("{weekday} {date}", 2),
    ("{date} ({bracketed})", 2),
    ("{date}{comma}{weekday}", 2),
    ("{weekday}{comma}{date}", 1),
    ("{date}, {weekday}", 1),
)
