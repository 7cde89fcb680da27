"""Configurations as YAML in which every option is explained, and the difference of two."""

import textwrap
from typing import Any

from keras_s2s.config.checking import is_section
from keras_s2s.config.config import Config
from keras_s2s.config.section import Section
from keras_s2s.config.yaml_values import yaml_value

_WIDTH = 110
_COMMENT_COLUMN = 36
_HEADER = """\
# A configuration of keras_s2s: every option with its meaning and its default. To train with other values,
# copy this file, change it, and give it to `keras-s2s train` in place of a preset, or change single options
# with `--set section.key=value`. An option that is left out has its default.
"""


def to_yaml(config: Config) -> str:
    """The configuration as YAML, each option explained by a comment; `load_config` reads it."""
    lines = [_HEADER]
    for name, field in Config.model_fields.items():
        value = getattr(config, name)
        if is_section(field.annotation):
            lines += ["", f"# {field.description}", f"{name}:", *_options(value, "  ")]
        else:
            lines += _option(config, name, "")
    return "\n".join(lines) + "\n"


def flatten(config: Config) -> dict[str, Any]:
    """Every option by dotted name, in order."""
    flat: dict[str, Any] = {}
    for name, value in config.model_dump().items():
        flat |= (
            {f"{name}.{key}": item for key, item in value.items()}
            if isinstance(value, dict)
            else {name: value}
        )
    return flat


def config_differences(first: Config, second: Config) -> list[tuple[str, Any, Any]]:
    """The options in which two configurations differ: dotted name, value in the first, in the second."""
    other = flatten(second)
    return [(name, value, other[name]) for name, value in flatten(first).items() if value != other[name]]


def _options(section: Section, indent: str) -> list[str]:
    return [line for name in type(section).model_fields for line in _option(section, name, indent)]


def _option(section: Section, name: str, indent: str) -> list[str]:
    field = type(section).model_fields[name]
    setting = f"{indent}{name}: {yaml_value(getattr(section, name))}"
    comment = f"{field.description} Default: {yaml_value(field.default)}."
    if len(setting) >= _COMMENT_COLUMN:
        return [
            *textwrap.wrap(comment, _WIDTH, initial_indent=f"{indent}# ", subsequent_indent=f"{indent}# "),
            setting,
        ]
    beside = textwrap.wrap(comment, _WIDTH - _COMMENT_COLUMN - 2)
    return [
        f"{setting:{_COMMENT_COLUMN}}# {beside[0]}",
        *(f"{'':{_COMMENT_COLUMN}}# {line}" for line in beside[1:]),
    ]
