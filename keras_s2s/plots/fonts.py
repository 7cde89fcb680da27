"""Fonts for many scripts, from what the machine has."""

import functools

# After the default font, in this order. Colour emoji fonts are left out: the Agg renderer cannot draw them.
PREFERRED = (
    "DejaVu Sans",
    "Noto Sans CJK JP",
    "Noto Sans CJK SC",
    "Noto Sans JP",
    "Noto Sans SC",
    "Noto Sans KR",
    "Source Han Sans",
    "IPAexGothic",
    "WenQuanYi Zen Hei",
    "WenQuanYi Micro Hei",
    "Droid Sans Fallback",
    "Hiragino Sans",
    "PingFang SC",
    "PingFang HK",
    "Heiti TC",
    "Apple SD Gothic Neo",
    "Yu Gothic",
    "Microsoft YaHei",
    "Malgun Gothic",
    "SimHei",
    "Noto Sans Arabic",
    "Noto Naskh Arabic",
    "Noto Sans Hebrew",
    "Noto Sans Devanagari",
    "Noto Sans Bengali",
    "Noto Sans Tamil",
    "Noto Sans Thai",
    "Noto Sans Ethiopic",
    "Noto Sans Georgian",
    "Noto Sans Armenian",
    "Noto Sans Symbols",
    "Noto Sans Symbols 2",
    "Noto Emoji",
    "Symbola",
    "Segoe UI Symbol",
    "Arial Unicode MS",
    "FreeSans",
    "Unifont",
)


@functools.cache
def families() -> tuple[str, ...]:
    """The names of those preferred fonts that are installed; the first comes with matplotlib."""
    from matplotlib import font_manager

    installed = {entry.name for entry in font_manager.fontManager.ttflist}
    return tuple(name for name in PREFERRED if name in installed)


@functools.cache
def _drawable() -> frozenset[int]:
    from matplotlib import font_manager

    points: set[int] = set()
    for name in families():
        points.update(font_manager.get_font(font_manager.findfont(name)).get_charmap())
    return frozenset(points)


def readable(text: str) -> str:
    """`text` with the code point in place of each character that no installed font has.

    A row of empty boxes would tell nothing: without a Chinese font `月` becomes `U+6708`, `3月` `3<U+6708>`.
    SentencePiece's `▁`, a heavy block in most fonts, becomes `_`.
    """
    points = _drawable()
    code_point = "U+{:04X}" if len(text) == 1 else "<U+{:04X}>"
    pieces = []
    for character in text.replace("▁", "_"):
        drawable = ord(character) in points or character.isspace()
        pieces.append(character if drawable else code_point.format(ord(character)))
    return "".join(pieces)
