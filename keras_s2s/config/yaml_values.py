"""YAML as configurations use it: the scalars of YAML 1.2, no key twice, and errors that name the line."""

import re
from typing import Any, ClassVar

import yaml

from keras_s2s.errors import UserError

# YAML 1.1, PyYAML's own, reads `no` (Norwegian) as false, `1e-3` as a text, `2020-01-31` as a date.
_SCALARS = (
    ("null", r"~|null|Null|NULL|", "~nN\0"),
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("int", r"[-+]?[0-9]{1,18}", "-+0123456789"),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", "-+.0123456789"),
)
_PLAIN_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")


class _Loader(yaml.SafeLoader):
    yaml_implicit_resolvers: ClassVar[dict[str, list[tuple[str, re.Pattern[str]]]]] = {}

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """As SafeLoader's, but a key that occurs twice is an error: one of its values would be lost."""
        seen = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.MarkedYAMLError(problem=f"{key.value!r} occurs twice", problem_mark=key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)


for _kind, _pattern, _first in _SCALARS:
    _tag = f"tag:yaml.org,2002:{_kind}"
    # PyYAML looks up resolvers by first character, "" being that of an empty scalar.
    _Loader.add_implicit_resolver(_tag, re.compile(f"^(?:{_pattern})$"), [c.strip("\0") for c in _first])
_Loader.add_constructor("tag:yaml.org,2002:int", lambda loader, node: int(loader.construct_scalar(node)))
_Loader.add_constructor("tag:yaml.org,2002:float", lambda loader, node: float(loader.construct_scalar(node)))


def parse_yaml(text: str, origin: str) -> tuple[Any, dict[str, int]]:
    """A YAML text as Python values.

    Args:
        text: The text.
        origin: What error messages call it, e.g. the path of the file.

    Returns:
        The value, and the line, from 1, of each key of the first two levels, by dotted name.

    Raises:
        UserError: It is not YAML, or a key occurs twice; with the line.
    """
    try:
        loader = _Loader(text)
        try:
            node = loader.get_single_node()
            return (None if node is None else loader.construct_document(node)), _lines(node)
        finally:
            loader.dispose()
    except (yaml.YAMLError, RecursionError, ValueError, TypeError) as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{origin}, line {mark.line + 1}" if mark else origin
        problem = getattr(error, "problem", None) or str(error)
        raise UserError(
            f"{place}: {problem}",
            "expected YAML: `key: value`, the keys of a section indented alike",
            "mend the line",
        ) from error


def _lines(node: yaml.Node | None, prefix: str = "") -> dict[str, int]:
    lines: dict[str, int] = {}
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            name = f"{prefix}{key.value}"
            lines[name] = key.start_mark.line + 1
            if not prefix:
                lines |= _lines(value, f"{name}.")
    return lines


def yaml_value(value: Any) -> str:
    """A text, number, truth value, None or list of these as YAML on one line.

    Texts are quoted unless they are plain words that no version of YAML takes for something else.
    """
    if isinstance(value, list):
        return f"[{', '.join(map(yaml_value, value))}]"
    if isinstance(value, str) and _PLAIN_WORD.fullmatch(value) and yaml.safe_load(value) == value:
        return value
    style = '"' if isinstance(value, str) else None
    text = yaml.safe_dump(value, default_style=style, allow_unicode=True, width=10**9)
    return text.removesuffix("\n").removesuffix("\n...")
