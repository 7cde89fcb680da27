"""Configurations from presets, files and `--set`."""

import difflib
import importlib.resources
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from keras_s2s.config.checking import check, option_schemas, unknown_option
from keras_s2s.config.config import Config
from keras_s2s.config.yaml_values import parse_yaml
from keras_s2s.data.lines import read_lines
from keras_s2s.errors import UserError

_PRESETS = importlib.resources.files("keras_s2s").joinpath("presets")


def list_presets() -> list[str]:
    """The names of the presets that come with the package, sorted."""
    return sorted(
        entry.name.removesuffix(".yaml") for entry in _PRESETS.iterdir() if entry.name.endswith(".yaml")
    )


def preset_text(name: str) -> str:
    """The YAML of a preset, with its comments: a file to start from.

    Raises:
        UserError: There is no such preset.
    """
    if name not in list_presets():
        raise _no_preset(name)
    return _PRESETS.joinpath(f"{name}.yaml").read_text(encoding="utf-8")


def load_config(preset_or_path: str | os.PathLike[str], overrides: Iterable[str] = ()) -> Config:
    """A checked configuration.

    Args:
        preset_or_path: The name of a preset, e.g. `"characters"`, or the path of a YAML file. Options that
            the file lacks have their defaults.
        overrides: What `--set` gives, each as `section.key=value`, the value written as in YAML; the last
            one wins.

    Raises:
        UserError: There is no such preset or file; it is not YAML; an option is unknown or has a wrong
            value; an override is not of that form. Names the place, and the option that was probably meant.
    """
    given = os.fspath(preset_or_path)
    if given in list_presets():
        text, origin = preset_text(given), f"preset {given}"
    elif Path(given).is_dir():
        inside = Path(given) / "config.yaml"
        raise UserError(
            f"{given} is a directory",
            f"expected one of {', '.join(list_presets())}, or a YAML file",
            f"did you mean {inside}?" if inside.exists() else "keras-s2s presets describes the presets",
        )
    elif given.endswith((".yaml", ".yml")) or os.sep in given or Path(given).exists():
        text, origin = "\n".join(read_lines(given)), given
    else:
        raise _no_preset(given)
    values, lines = parse_yaml(text, origin)
    if values is None:
        raise UserError(
            f"{origin} is empty",
            "expected options, `key: value`",
            "keras-s2s presets shows files to start from",
        )
    origins = {name: f"{origin}, line {line}" for name, line in lines.items()}
    if isinstance(values, Mapping):
        values, changed = _overridden(values, overrides)
        origins |= changed
    return check(values, origins, origin)


def replace_values(config: Config, values: Mapping[str, Any]) -> Config:
    """The configuration with some options changed, checked again.

    Args:
        config: Any configuration.
        values: New values by dotted name, e.g. `{"model.units": 64}`.

    Raises:
        UserError: An option is unknown or has a wrong value.
    """
    nested = config.model_dump()
    for dotted, value in values.items():
        _put(nested, dotted, value, "replace_values")
    return check(nested, {}, "replace_values")


def _overridden(values: Mapping[str, Any], overrides: Iterable[str]) -> tuple[dict[str, Any], dict[str, str]]:
    """`values` with the overrides put in, and the origin of each option that was set."""
    result = {name: dict(value) if isinstance(value, Mapping) else value for name, value in values.items()}
    origins = {}
    schemas = option_schemas()
    for override in overrides:
        dotted, equals, text = override.partition("=")
        dotted = dotted.strip()
        if not equals:
            raise UserError(
                f"--set {override} was given",
                "expected section.key=value",
                f"for example --set {dotted if dotted in schemas else 'model.cell'}=...",
            )
        only_text = schemas.get(dotted, {}).get("type") == "string"
        value = text if only_text else _value(text, override)
        _put(result, dotted, value, f"--set {override}")
        origins[dotted] = f"--set {override}"
    return result, origins


def _value(text: str, override: str) -> Any:
    try:
        return parse_yaml(text, override)[0]
    except UserError as error:
        raise UserError(
            f"--set {override} was given, and its value is not YAML",
            "expected a number, a word, true, false, null or a list [a, b]",
            "put a text with signs in it into quotation marks",
        ) from error


def _put(values: dict[str, Any], dotted: str, value: Any, origin: str) -> None:
    schemas = option_schemas()
    if dotted not in schemas:
        inside = [name for name in schemas if name.startswith(f"{dotted}.")]
        if inside:
            raise UserError(
                f"{origin}: {dotted} is a section",
                "expected one of its options",
                f"set {', '.join(inside[:3])} or another",
            )
        raise unknown_option(dotted, origin, schemas)
    section, _, option = dotted.rpartition(".")
    options = values.setdefault(section, {}) if section else values
    # Whatever else stands in the place of a section, `check` refuses it.
    if isinstance(options, dict):
        options[option] = value


def _no_preset(name: str) -> UserError:
    presets = list_presets()
    similar = difflib.get_close_matches(name, presets, n=1)
    fix = f"did you mean {similar[0]}?" if similar else "keras-s2s presets describes them"
    return UserError(
        f"there is no preset {name}", f"expected one of {', '.join(presets)}, or the path of a YAML file", fix
    )
