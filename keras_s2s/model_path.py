"""Finds the model that a user means; loads nothing."""

import difflib
from pathlib import Path

from keras_s2s.errors import UserError
from keras_s2s.shipped import shipped_models


def find_model(model):
    """The directory of a model and its kind.

    Args:
        model: a model directory, an exported SavedModel (its version directory, or the directory with the versions,
            of which the newest counts), or a shipped model's name. A directory comes before a name.

    Returns:
        `(path, kind)` with kind `"directory"` or `"saved_model"`.

    Raises:
        UserError: where there is no such model.
    """
    path = Path(model)
    shipped = shipped_models()
    if path.is_dir():
        if (path / "model.json").is_file():
            return path, "directory"
        if (path / "saved_model.pb").is_file():
            return path, "saved_model"
        versions = sorted((child for child in path.iterdir()
                           if child.name.isdecimal() and (child / "saved_model.pb").is_file()),
                          key=lambda child: int(child.name))
        if versions:
            return versions[-1], "saved_model"
    if str(model) in shipped:
        return shipped[str(model)], "directory"
    if path.is_dir():
        raise UserError(f"there is no model in {path}", "expected a model directory (with model.json) or an exported "
                        "SavedModel (with saved_model.pb)", "give the directory that `keras-s2s train` or "
                        "`keras-s2s export` wrote")
    if path.exists():
        raise UserError(f"the path {model} is a file",
                        "expected a model directory, an exported SavedModel or the name of a "
                        f"shipped model ({', '.join(shipped) or 'none'})", "give the directory")
    near = difflib.get_close_matches(str(model), list(shipped), n=1)
    raise UserError(f"there is no model {str(model)!r}",
                    "expected a model directory, an exported SavedModel or a shipped model "
                    f"({', '.join(shipped) or 'none'})",
                    f"did you mean {near[0]!r}?" if near else "check the path, or see `keras-s2s models`")


def named_model(argument):
    """`(name, model)` of `NAME=MODEL`; `(None, MODEL)` where no name is given, or a path has an equals sign.

    Raises:
        UserError: where the name is there, and the model is not.
    """
    name, equals, model = argument.partition("=")
    if not equals or Path(argument).exists():
        return None, argument
    if not model:
        raise UserError(f"{argument!r} names no model", "expected NAME=MODEL", f"for example {name}=dates")
    return name, model
