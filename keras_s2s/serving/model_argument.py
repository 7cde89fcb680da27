"""What MODEL or NAME=MODEL on the command line stands for."""

import difflib
import re
from dataclasses import dataclass
from pathlib import Path

from keras_s2s.errors import UserError
from keras_s2s.shipped import shipped_models

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


@dataclass(frozen=True)
class ModelSource:
    """A SavedModel to serve.

    Attributes:
        name: The name in the URL.
        version: Its version.
        path: The folder with `saved_model.pb`.
    """

    name: str
    version: int
    path: Path


def resolve_model(argument: str, scratch: Path) -> ModelSource:
    """Finds the SavedModel that a command-line argument means.

    Args:
        argument: `MODEL` or `NAME=MODEL`. MODEL is an exported SavedModel (the folder with `saved_model.pb`,
            or the one above with numbered versions, of which the newest is taken), a model directory (its own
            `saved_model/`, else it is exported now), or a shipped model's name.
        scratch: A folder for an export made now.

    Raises:
        UserError: There is no such model, or the name cannot stand in a URL.
    """
    name, model = _split(argument)
    path = Path(model)
    if not path.exists():
        shipped = shipped_models()
        if model not in shipped:
            raise _unknown(model, sorted(shipped))
        path = shipped[model]
    exported = _exported(path)
    if exported is None and (path / "config.yaml").is_file():
        exported = _exported(path / "saved_model") or _export_now(path, name or _name_of(path), scratch)
    if exported is None:
        raise _no_model(path)
    version = int(exported.name) if exported.name.isdecimal() else 1
    found = ModelSource(name or _name_of(exported), version, exported)
    if not _NAME.fullmatch(found.name):
        raise UserError(
            f"the name {found.name!r} cannot stand in a URL",
            "expected letters, digits, '.', '_' and '-', a letter or digit first",
            f"choose one: NAME={model}",
        )
    return found


def _split(argument: str) -> tuple[str | None, str]:
    name, equals, model = argument.partition("=")
    if equals and not Path(argument).exists():
        if not model:
            raise UserError(
                f"{argument!r} names no model", "expected NAME=MODEL", f"for example {name}=dates"
            )
        return name, model
    return None, argument


def _exported(path: Path) -> Path | None:
    """The folder with `saved_model.pb`: the path itself, or its newest numbered version."""
    if (path / "saved_model.pb").is_file():
        return path.resolve()
    versions = [
        folder
        for folder in path.glob("*/")
        if folder.name.isdecimal() and (folder / "saved_model.pb").is_file()
    ]
    return max(versions, key=lambda folder: int(folder.name)).resolve() if versions else None


def _name_of(path: Path) -> str:
    """The name a model goes by when none is given: that of the folder above the version."""
    path = path.resolve()
    if path.name.isdecimal():
        path = path.parent
    if path.name == "saved_model" and (path.parent / "config.yaml").is_file():
        path = path.parent
    return path.name


def _export_now(directory: Path, name: str, scratch: Path) -> Path | None:
    from keras_s2s.translator import Translator

    Translator.load(str(directory)).export_saved_model(str(scratch), name=name)
    return _exported(scratch / name)


def _unknown(model: str, shipped: list[str]) -> UserError:
    close = difflib.get_close_matches(model, shipped, n=1)
    hint = f"did you mean {close[0]}?" if close else f"shipped models: {', '.join(shipped) or 'none'}"
    return UserError(
        f"{model} is no folder and no shipped model",
        "expected a model directory, an exported SavedModel or a shipped model's name",
        hint,
    )


def _no_model(path: Path) -> UserError:
    if path.is_file():
        return UserError(
            f"{path} is a file",
            "expected a folder: a model directory or an exported SavedModel",
            "give the folder that holds it",
        )
    below = sorted(folder.name for folder in path.glob("*/") if _exported(folder))
    fix = (
        f"give one of those it holds, for example {path / below[0]}"
        if below
        else "make one: keras-s2s export MODEL --saved-model DIR"
    )
    return UserError(
        f"{path} holds no model",
        "expected config.yaml (a model directory), or saved_model.pb or numbered "
        "folders with it (an exported SavedModel)",
        fix,
    )
