"""One version of a served model, from the moment it is seen until it is gone."""

from pathlib import Path
from typing import Any

from keras_s2s.serving.servable import Servable
from keras_s2s.serving.version_state import VersionState


class ModelVersion:
    """A version, its state, and how many requests are using it.

    Args:
        number: The version.
        path: Its folder; None for one that was loaded elsewhere.

    Attributes:
        state: Where it stands.
        error: Why it did not load, `""` when it did or has not been tried.
        servable: The loaded model while it is available or still in use.
        users: The requests that hold it.
        files: What its files looked like when it was last loaded.
    """

    def __init__(self, number: int, path: Path | None = None):
        self.number, self.path = number, path
        self.state = VersionState.START
        self.error = ""
        self.servable: Servable | None = None
        self.users = 0
        self.files = files_of(path) if path is not None else None

    def as_json(self) -> dict[str, Any]:
        """What the status answer says of it, as TensorFlow Serving writes it."""
        status = {"error_code": "UNKNOWN" if self.error else "OK", "error_message": self.error}
        return {"version": str(self.number), "state": self.state.name, "status": status}


def files_of(path: Path) -> frozenset[tuple[str, int, int]]:
    """The files of a folder with size and time of change: differs when anything in it has changed."""
    found = set()
    for file in path.rglob("*"):
        try:
            about = file.stat()
        except OSError:
            continue  # it was moved away this very moment
        found.add((str(file.relative_to(path)), about.st_size, about.st_mtime_ns))
    return frozenset(found)
