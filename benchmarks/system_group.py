"""Compared systems of which one may fail without ending the run."""

import sys
from pathlib import Path

from system_process import SystemProcess

from keras_s2s.errors import UserError


class SystemGroup:
    """Running systems. One that ends, or has to be left out, leaves the group.

    Attributes:
        processes: Those that run, by name.
        versions: Of the libraries of all.
        failures: Why others do not run, by name: a line, the last that their process said.
    """

    def __init__(self):
        self.processes: dict[str, SystemProcess] = {}
        self.versions: dict[str, str] = {}
        self.failures: dict[str, str] = {}

    def start(self, name: str, implementation: tuple[str, str, dict], folder: Path, peers: Path,
              python: str | None = None):
        """Starts a system; see `SystemProcess`."""
        try:
            self.processes[name] = SystemProcess(name, implementation, folder, peers, python)
            self.versions |= self.processes[name].versions
        except (UserError, OSError) as error:
            self.leave_out(name, error)

    def ask(self, name: str, **request):
        """What the system's method returns; None where it does not run or ends instead."""
        if name not in self.processes:
            return None
        try:
            return self.processes[name].ask(**request)["outputs"]
        except UserError as error:
            self.leave_out(name, error)
            return None

    def leave_out(self, name: str, reason: Exception | str):
        """Ends a system and keeps the reason; all of it is shown now."""
        print(f"{name} is left out: {reason}", file=sys.stderr)
        self.failures[name] = (getattr(reason, "given", None) or str(reason)).strip().splitlines()[-1]
        if name in self.processes:
            self.processes.pop(name).close()

    def close(self):
        """Ends all."""
        while self.processes:
            self.processes.popitem()[1].close()
