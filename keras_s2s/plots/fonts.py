"""Fonts for many scripts, from what the machine has."""

import functools
import unicodedata

import numpy as np

# The first comes with matplotlib.
_FIRST = ("DejaVu Sans",)
# Chinese, Japanese and Korean share characters, which each writes in its own way: see `families`.
_CHINESE = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "WenQuanYi Zen Hei",
    "WenQuanYi Micro Hei",
    "Droid Sans Fallback",
    "PingFang SC",
    "PingFang HK",
    "Heiti TC",
    "Microsoft YaHei",
    "SimHei",
)
_JAPANESE = (
    "Noto Sans CJK JP",
    "Noto Sans JP",
    "Source Han Sans",
    "IPAexGothic",
    "Hiragino Sans",
    "Yu Gothic",
)
_KOREAN = ("Noto Sans CJK KR", "Noto Sans KR", "Apple SD Gothic Neo", "Malgun Gothic", "NanumGothic")
_OTHERS = (
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
# The Agg renderer cannot draw colours, and the last resort has an empty box for every character there is.
_USELESS = ("Color Emoji", "Segoe UI Emoji", "LastResort", "Last Resort", "Adobe Blank")

_JOINERS = {"\u200c", "\u200d", "\ufe0f"}


def families(text: str = "") -> tuple[str, ...]:
    """The names of the installed fonts that draw a text, the first choice first.

    Characters that several scripts share get the font of the script that the text is in: Japanese where there are
    kana, Korean where there is hangul, else Chinese. For a character that no well-known font has, any other that has
    it is taken.

    Args:
        text: All that is to be drawn.
    """
    scripts = {unicodedata.name(character, "").split(" ")[0] for character in set(text)}
    east = [_CHINESE, _JAPANESE, _KOREAN]
    for own, names in ((_KOREAN, {"HANGUL"}), (_JAPANESE, {"HIRAGANA", "KATAKANA"})):
        if scripts & names:
            east.sort(key=own.__ne__)  # to the front
    installed = _installed()
    known = [name for fonts in (_FIRST, *east, _OTHERS) for name in fonts if name in installed]
    missing = sorted({character for character in text if ord(character) not in _drawable()})
    more = [found for character in missing if (found := _other_font(character)) is not None]
    return tuple(dict.fromkeys([*known, *more]))


def readable(text: str) -> str:
    """`text` with code points in place of the characters that no installed font has.

    A row of empty boxes would tell nothing: without a Chinese font `月` becomes `U+6708`, `3月份` `3<U+6708 4EFD>`.
    SentencePiece's `▁`, a heavy block in most fonts, becomes `_`.
    """
    text = text.replace("▁", "_")
    if len(text) == 1 and not _can_be_drawn(text):
        return f"U+{ord(text):04X}"
    pieces: list[str] = []
    missing: list[str] = []
    for character in [*text, ""]:
        if character and not _can_be_drawn(character):
            missing.append(f"{ord(character):04X}")
        elif not missing or character not in _JOINERS:  # what joins signs that are not drawn is left out
            pieces += [f"<U+{' '.join(missing)}>", character] if missing else [character]
            missing = []
    return "".join(pieces)


def _can_be_drawn(character: str) -> bool:
    return character.isspace() or ord(character) in _drawable() or _other_font(character) is not None


@functools.cache
def _installed() -> frozenset[str]:
    from matplotlib import font_manager

    return frozenset(entry.name for entry in font_manager.fontManager.ttflist)


@functools.cache
def _drawable() -> frozenset[int]:
    """The code points that the well-known fonts have."""
    from matplotlib import font_manager

    names = sorted({*_FIRST, *_CHINESE, *_JAPANESE, *_KOREAN, *_OTHERS} & _installed())
    return frozenset(int(point) for name in names for point in _code_points(font_manager.findfont(name)))


@functools.cache
def _other_font(character: str) -> str | None:
    """The name of some font that has a character which the well-known ones have not."""
    from matplotlib import font_manager

    # Of each family the upright, regular face stands for all.
    upright = sorted(font_manager.fontManager.ttflist, key=lambda font: (font.style != "normal", font.weight != 400))
    faces = {font.name: font.fname for font in reversed(upright)}
    for name in sorted(faces):
        if not any(word in name for word in _USELESS) and ord(character) in _code_points(faces[name]):
            return name
    return None


@functools.cache
def _code_points(path: str) -> np.ndarray:
    from matplotlib import font_manager

    try:
        points = font_manager.get_font(path).get_charmap()
    except (OSError, RuntimeError, ValueError):  # a damaged file, or a format that FreeType does not draw
        points = {}
    return np.fromiter(points, "uint32", len(points))  # small: a machine may have hundreds of fonts
