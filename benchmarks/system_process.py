"""Talks to a compared system that runs in a process of its own."""

import json
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from keras_s2s.errors import UserError

HERE = Path(__file__).resolve().parent
THREADS = 2
"""Of every system."""
LAST_LINES = 20


class SystemProcess:
    """A running `system_worker.py`. While it is not asked it waits and takes no time from the others.

    Args:
        system: Its name in the results.
        implementation: Module and class of the system and further arguments, see `system_worker`.
        folder: The folder that the system reads; its log goes there, too.
        peers: The folder with `torch_reference.py`.
        python: The Python that has the system's libraries. Default: this one.

    Attributes:
        versions: Of the libraries that the system depends on.

    Raises:
        UserError: It ended where an answer was expected; the end of its log is shown.
    """

    def __init__(self, system: str, implementation: tuple[str, str, dict], folder: Path, peers: Path,
                 python: str | None = None):
        self.system, self._log = system, folder / f"{system}.log"
        paths = [str(peers), *filter(None, [os.environ.get("PYTHONPATH")])]
        environment = os.environ | {"OMP_NUM_THREADS": str(THREADS), "CUDA_VISIBLE_DEVICES": "",
                                    "TF_CPP_MIN_LOG_LEVEL": "3", "PYTHONPATH": os.pathsep.join(paths)}
        module, kind, arguments = implementation
        command = [python or sys.executable, str(HERE / "system_worker.py"), module, kind, json.dumps(arguments),
                   str(folder), str(THREADS)]
        with self._log.open("w") as log:
            self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log,
                                             text=True, encoding="utf-8", env=environment)
        self.versions = self._answer()

    def ask(self, **request) -> dict:
        """The answer, `{"seconds", "cpu_seconds", "outputs"}`, to a method, `call`, with its arguments."""
        with suppress(BrokenPipeError):  # then there is no answer either, and the log says why
            self._process.stdin.write(json.dumps(request) + "\n")
            self._process.stdin.flush()
        return self._answer()

    def close(self):
        """Ends the process."""
        with suppress(BrokenPipeError):
            self._process.stdin.close()
        self._process.wait(timeout=60)
        self._process.stdout.close()

    def _answer(self):
        line = self._process.stdout.readline()
        if line:
            return json.loads(line)
        self._process.wait()
        printed = self._log.read_text(encoding="utf-8", errors="replace").splitlines()[-LAST_LINES:]
        raise UserError(f"the process of {self.system} ended with status {self._process.returncode}:\n"
                        + "\n".join(printed), "expected it to answer", "see benchmarks/README.md for what it needs")
