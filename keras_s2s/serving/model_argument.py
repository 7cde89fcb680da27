"""What MODEL or NAME=MODEL on the command line stands for."""

import re
from dataclasses import dataclass
from pathlib import Path

from keras_s2s.errors import UserError
from keras_s2s.model_path import find_model, named_model
from keras_s2s.serving.version_folders import GRAPH, LARGEST_VERSION, complete_versions, version_number

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


@dataclass(frozen=True)
class ModelSource:
    """A SavedModel to serve.

    Attributes:
        name: The name in the URL.
        version: Its version.
        path: The folder with `saved_model.pb`.
        base: The folder with the numbered versions, where that was meant: new ones will appear there. None
            where one version was meant.
    """

    name: str
    version: int
    path: Path
    base: Path | None = None


def resolve_model(argument: str, scratch: Path) -> ModelSource:
    """Finds the SavedModel that a command-line argument means.

    Args:
        argument: `MODEL` or `NAME=MODEL`. MODEL is an exported SavedModel (the folder with `saved_model.pb`,
            or the one above with numbered versions, of which the newest is taken), a model directory (its own
            `saved_model/`, else it is exported now), or a shipped model's name.
        scratch: A folder for an export made now.

    Returns:
        The model. Its name, version and folders are those of the path as given, not of what a symbolic link in it
        leads to: a link may be set to another folder while the server runs.

    Raises:
        UserError: There is no such model, its version is above 2^63 - 1, or the name cannot stand in a URL.
    """
    name, model = named_model(argument)
    try:
        path, kind = find_model(model)
    except UserError as error:
        raise _pointing_below(Path(model), error) from None
    given = _absolute(Path(model) if kind == "saved_model" else path / "saved_model")
    base = None
    if kind == "saved_model" and (given / GRAPH).is_file():
        path = given
    elif newest := _newest(given):
        path, base = newest, given
    elif kind == "directory":
        path = _absolute(_export_now(path, name or _absolute(path).name, scratch))
    version = version_number(path.name)
    if version is None and path.name.isascii() and path.name.isdecimal():
        raise UserError(
            f"the version of {path} is too large",
            f"expected a number up to {LARGEST_VERSION}, which is what gRPC has room for",
            "rename the folder",
        )
    version = 1 if version is None else version
    found = ModelSource(name or _name_of(path), version, path, base)
    if not NAME.fullmatch(found.name):
        raise UserError(
            f"the name {found.name!r} cannot stand in a URL",
            "expected letters, digits, '.', '_' and '-', a letter or digit first",
            f"choose one: NAME={model}",
        )
    return found


def _absolute(path: Path) -> Path:
    """The absolute path with symbolic links as they are, but for what stands before a `..`: that means the target."""
    parts = path.absolute().parts
    resolved = len(parts) - parts[::-1].index("..") if ".." in parts else 0
    return Path(*parts[:resolved]).resolve().joinpath(*parts[resolved:])


def _newest(path: Path) -> Path | None:
    """The newest of the numbered versions in a folder."""
    versions, _ = complete_versions(path)
    return versions[max(versions)] if versions else None


def _name_of(path: Path) -> str:
    """The name that a SavedModel goes by when none is given: that of the folder above its version."""
    if version_number(path.name) is not None:
        path = path.parent
    if path.name == "saved_model" and (path.parent / "model.json").is_file():
        path = path.parent
    return path.name


def _export_now(directory: Path, name: str, scratch: Path) -> Path:
    from keras_s2s.translator import Translator

    return Path(Translator.load(directory).export_saved_model(scratch, name=name))


def _pointing_below(path: Path, error: UserError) -> UserError:
    """A better hint where the folder given is the one above: `export` writes DIR/NAME/VERSION."""
    below = sorted(folder for folder in path.glob("*/") if _newest(folder))
    return UserError(error.given, error.expected, f"did you mean {below[0]}?") if below else error
