"""From nested values to a checked configuration; errors say which option, where, and what it should be."""

import difflib
import functools
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ValidationError

from keras_s2s.config.config import Config
from keras_s2s.config.yaml_values import yaml_value
from keras_s2s.errors import UserError


@functools.cache
def option_schemas() -> dict[str, dict[str, Any]]:
    """The JSON schema of every option, by dotted name, in order. Sections are not options."""
    schemas: dict[str, dict[str, Any]] = {}
    properties = Config.model_json_schema()["properties"]
    for name, field in Config.model_fields.items():
        if is_section(field.annotation):
            of_section = field.annotation.model_json_schema()["properties"]  # type: ignore[union-attr]
            schemas |= {f"{name}.{option}": schema for option, schema in of_section.items()}
        else:
            schemas[name] = properties[name]
    return schemas


def is_section(annotation: Any) -> bool:
    """Whether a field of `Config` is a section of options."""
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


def check(values: Any, origins: Mapping[str, str], default_origin: str) -> Config:
    """A configuration from nested values as YAML gives them; what is missing has its default.

    Args:
        values: A mapping of options and sections.
        origins: Where options were set, by dotted name, e.g. `{"model.cell": "my.yaml, line 3"}`.
        default_origin: The same for all others.

    Raises:
        UserError: An unknown option (a similar one is proposed) or a wrong value (what was expected is said).
    """
    schemas = option_schemas()
    if not isinstance(values, Mapping):
        raise UserError(f"{default_origin} holds no options", "expected `key: value` lines", _show_presets())
    for name, value in values.items():
        field = Config.model_fields.get(str(name))
        if field is None:
            raise unknown_option(str(name), origins.get(str(name), default_origin), schemas)
        if is_section(field.annotation):
            if not isinstance(value, Mapping):
                raise UserError(
                    f"{origins.get(str(name), default_origin)}: {name} is {shown(value)}",
                    f"expected a section with options such as {_options_of(str(name), schemas)[0]}",
                    f"indent the options of {name} below it",
                )
            for option in value:
                if f"{name}.{option}" not in schemas:
                    dotted = f"{name}.{option}"
                    raise unknown_option(dotted, origins.get(dotted, default_origin), schemas)
    try:
        return Config.model_validate(dict(values))
    except ValidationError as error:
        raise _translated(error, values, origins, default_origin, schemas) from error


def unknown_option(name: str, origin: str, schemas: Mapping[str, Any]) -> UserError:
    """The error for an option that does not exist, with the one that was probably meant."""
    section, _, option = name.rpartition(".")
    siblings = _options_of(section, schemas)
    last = {dotted: dotted.rpartition(".")[2] for dotted in schemas}
    best = difflib.get_close_matches(option, [last[dotted] for dotted in siblings], n=1)
    sections = [key for key, field in Config.model_fields.items() if is_section(field.annotation)]
    # First the same name in another section, then a similar one here, then a similar one anywhere.
    similar = (
        [dotted for dotted, own in last.items() if own == option]
        or [dotted for dotted in siblings if last[dotted] in best]
        or difflib.get_close_matches(name, sections, n=1, cutoff=0.7)
        or difflib.get_close_matches(name, schemas, n=1, cutoff=0.7)
        or [dotted for dotted, own in last.items() if difflib.get_close_matches(option, [own], 1, 0.75)]
    )
    if siblings and section:
        expected = f"expected one of {', '.join(siblings)}"
    elif section:
        expected = f"expected an option of {', '.join(sections)}"
    else:
        top = [key for key in Config.model_fields if key not in sections]
        expected = f"expected one of {', '.join(top)}, or a section: {', '.join(sections)}"
    return UserError(
        f"{origin}: there is no option {name}",
        expected,
        f"did you mean {' or '.join(similar[:3])}?" if similar else _show_presets(),
    )


def _options_of(section: str, schemas: Mapping[str, Any]) -> list[str]:
    return [dotted for dotted in schemas if dotted.rpartition(".")[0] == section]


def _translated(
    error: ValidationError,
    values: Mapping[str, Any],
    origins: Mapping[str, str],
    default_origin: str,
    schemas: Mapping[str, dict[str, Any]],
) -> UserError:
    """The first of pydantic's errors in the words of this package."""
    first = error.errors()[0]
    place = [str(part) for part in first["loc"]]
    cause = first.get("ctx", {}).get("error")
    if isinstance(cause, UserError):
        where = _origin_of(cause, place, origins, default_origin)
        side = f" {place[0]}:" if place and place[0] in ("source", "target") else ""
        return UserError(f"{where}:{side} {cause.given}", cause.expected, cause.fix)
    dotted = ".".join(place[:2]) if ".".join(place[:2]) in schemas else place[0]
    value: Any = values
    for part in dotted.split("."):
        value = value[part]
    schema = schemas[dotted]
    expected = described(schema)
    choices = [str(choice) for choice in _choices(schema)]
    wrong = [item for item in (value if isinstance(value, list) else [value]) if str(item) not in choices]
    similar = difflib.get_close_matches(str(wrong[0]), choices, n=1) if wrong else []
    fix = f"did you mean {similar[0]}?" if similar else f"its default is {yaml_value(schema['default'])}"
    if dotted == "format_version":
        fix = "install the version of keras_s2s that wrote it"
    return UserError(
        f"{origins.get(dotted, default_origin)}: {dotted} is {shown(value)}", f"expected {expected}", fix
    )


def _origin_of(cause: UserError, place: list[str], origins: Mapping[str, str], default_origin: str) -> str:
    """Where the options that an error of a whole section names were set: with `--set`, if one of them was."""
    named = [
        origin
        for name, origin in origins.items()
        if place and name.startswith(f"{place[0]}.") and name.rpartition(".")[2] in str(cause)
    ]
    return next(
        (origin for origin in named if origin.startswith("--set")), named[0] if named else default_origin
    )


def shown(value: Any) -> str:
    """A value as a message shows it: as YAML, at most 60 characters."""
    try:
        text = yaml_value(value) if isinstance(value, (str, int, float, list, type(None))) else repr(value)
    except (RecursionError, ValueError, TypeError):
        text = repr(value)
    text = text or "''"
    return text if len(text) <= 60 else f"{text[:57]}..."


def described(schema: Mapping[str, Any]) -> str:
    """What a JSON schema allows, in words, e.g. `"a whole number of at least 1, or auto"`."""
    if "anyOf" in schema:
        return ", or ".join(described(choice) for choice in schema["anyOf"])
    if "const" in schema:
        return str(schema["const"])
    if "enum" in schema:
        return f"one of {', '.join(map(str, schema['enum']))}"
    if "pattern" in schema:
        return "letters, digits, dots, hyphens and underscores, a letter or digit first"
    if schema.get("type") == "array":
        least, most = schema.get("minItems"), schema.get("maxItems")
        number = f" with {least} items" if least == most is not None else ""
        return f"a list [...]{number}, each item {described(schema['items'])}"
    words = {
        "integer": "a whole number",
        "number": "a number",
        "boolean": "true or false",
        "string": "a text",
        "null": "null",
    }[schema["type"]]
    bounds = {
        "minimum": "of at least {}",
        "exclusiveMinimum": "above {}",
        "maximum": "of at most {}",
        "exclusiveMaximum": "below {}",
    }
    limits = [text.format(f"{schema[bound]:g}") for bound, text in bounds.items() if bound in schema]
    return f"{words} {' and '.join(limits)}" if limits else words


def _choices(schema: Mapping[str, Any]) -> list[Any]:
    nested = [choice for part in schema.get("anyOf", []) for choice in _choices(part)]
    own = [schema["const"]] if "const" in schema else []
    return [*nested, *own, *schema.get("enum", []), *(_choices(schema["items"]) if "items" in schema else [])]


def _show_presets() -> str:
    return "keras-s2s presets shows files to start from"
