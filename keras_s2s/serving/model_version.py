"""One version of a served model, from the moment it is seen until it is gone."""

import time
from pathlib import Path
from typing import Any

from keras_s2s.errors import UserError
from keras_s2s.serving.servable import Servable
from keras_s2s.serving.temporary_load_error import TemporaryLoadError
from keras_s2s.serving.version_state import VersionState

PAUSES = (10.0, 60.0, 300.0)
"""Seconds until a failed load is tried again, the first time, the second, and from then on."""


class ModelVersion:
    """A version, its state, and how many requests are using it.

    Args:
        number: The version.
        path: Its folder; None for one that was loaded elsewhere.
        before: What was known of it before: failures with the same files count. Default: nothing.

    Attributes:
        state: Where it stands.
        error: Why it did not load, `""` when it did or has not been tried.
        servable: The loaded model while it is available or still in use.
        users: The requests that hold it.
        files: What its files looked like when it was last loaded.
        failures: How often these files did not load.
    """

    def __init__(self, number: int, path: Path | None = None, before: "ModelVersion | None" = None):
        self.number, self.path = number, path
        self.state = VersionState.START
        self.error = ""
        self.servable: Servable | None = None
        self.users = 0
        self.files = files_of(path) if path is not None else None
        self.failures: int = before.failures if before is not None and before.files == self.files else 0
        self._next_try: float | None = None

    def fail(self, error: Exception) -> float | None:
        """Notes that it did not load.

        Returns:
            The seconds until it is worth another try; None where the error lies in its files, and only others help.
        """
        said = error.given if isinstance(error, UserError) else str(error)
        self.state, self.error = VersionState.END, " ".join(said.split())[:500] or type(error).__name__
        self.failures += 1
        if isinstance(error, UserError) and not isinstance(error, TemporaryLoadError):
            return None
        pause = PAUSES[min(self.failures, len(PAUSES)) - 1]
        self._next_try = time.monotonic() + pause
        return pause

    def worth_a_try(self, path: Path) -> bool:
        """Whether to load it now, where it is wanted and not available."""
        if not self.error or (self._next_try is not None and time.monotonic() >= self._next_try):
            return True
        return self.files != files_of(path)

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
