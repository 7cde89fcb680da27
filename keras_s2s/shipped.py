"""Where the trained models that come with the package are.

In a checkout they lie in `saved_models/` beside the package, in an installed wheel inside the package.
Nothing here loads TensorFlow, so the command line can list the names at once.
"""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _model_folders(package: Path) -> list[Path]:
    """The folders that may hold shipped models, the most specific first."""
    folders = [package / "saved_models"]
    # Only a checkout has pyproject.toml beside the package: in site-packages `saved_models` would be a
    # stranger's.
    if (package.parent / "pyproject.toml").is_file():
        folders.append(package.parent / "saved_models")
    return folders


def shipped_models(package: Path = _PACKAGE) -> dict[str, Path]:
    """The models that come with the package.

    Args:
        package: The folder of the installed `keras_s2s` package. Default: the one in use.

    Returns:
        The model directory of each shipped model under its name, sorted by name; empty when none is shipped.
        A folder counts as a model when it holds a `model.json`.
    """
    found: dict[str, Path] = {}
    for folder in _model_folders(package):
        for path in folder.glob("*/model.json"):
            found.setdefault(path.parent.name, path.parent)
    return dict(sorted(found.items()))
