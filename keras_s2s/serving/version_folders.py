"""The numbered folders of a model."""

from pathlib import Path

GRAPH = "saved_model.pb"
LARGEST_VERSION = 2**63 - 1
"""What gRPC's messages have room for."""


def version_number(name: str) -> int | None:
    """The version that a folder's name stands for.

    Returns:
        A number of 0 to 2^63 - 1 for a name of the digits 0 to 9, None for any other.
    """
    if not (name.isascii() and name.isdecimal()):
        return None
    digits = name.lstrip("0") or "0"
    number = int(digits) if len(digits) <= len(str(LARGEST_VERSION)) else LARGEST_VERSION + 1
    return number if number <= LARGEST_VERSION else None


def complete_versions(base: Path) -> tuple[dict[int, Path], list[str]]:
    """Looks for versions.

    Args:
        base: The folder that holds them.

    Returns:
        The folders that hold a graph, by version, and why others that hold one are left out: a number that is too
        large, or one that is there twice (`1` and `01`), where the shorter name counts.
    """
    try:
        folders = [folder for folder in base.iterdir() if folder.name.isascii() and folder.name.isdecimal()]
    except OSError:
        return {}, []
    found: dict[int, Path] = {}
    left_out = []
    for folder in sorted(folders, key=lambda folder: (len(folder.name), folder.name)):
        if not (folder / GRAPH).is_file():
            continue
        number = version_number(folder.name)
        if number is None:
            left_out.append(f"{folder} is ignored: the largest version is {LARGEST_VERSION}")
        elif number in found:
            left_out.append(f"{folder} is ignored: version {number} is {found[number]}")
        else:
            found[number] = folder
    return found, left_out
