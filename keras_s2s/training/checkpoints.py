"""The files that a stopped run goes on from."""

import dataclasses
import io
import json
from pathlib import Path

import numpy as np

from keras_s2s.files import write_atomically
from keras_s2s.training.disk import told_how_to_go_on
from keras_s2s.training.replicas import assign_here
from keras_s2s.training.run_state import RunState
from keras_s2s.training.warning import warn


class Checkpoints:
    """Saves the state of a run with all its variables in one file, whole or not at all, and reads the newest good one.

    Args:
        directory: where `checkpoint-00001200.npz` and its like go, the number being the batch.
        variables: list of all Keras variables that the rest of the run depends on, in a fixed order.
        keep: int. How many of the newest files stay. Defaults to 2.
        console: for messages.
    """

    def __init__(self, directory, variables, keep, console):
        self.directory, self.variables, self.keep, self.console = Path(directory), variables, keep, console

    def values(self):
        """What the variables are now, arrays."""
        return [np.asarray(variable) for variable in self.variables]

    def save(self, state, values=None):
        """Writes a checkpoint, then removes the ones that are too old, and weights that none of the rest names.

        Args:
            state: a `RunState`.
            values: what `values()` gave. Defaults to what it gives.

        Raises:
            UserError: where the file cannot be written; those before are as they were.
        """
        buffer = io.BytesIO()
        np.savez(buffer, state=json.dumps(dataclasses.asdict(state)),
                 **{f"{index:03d}": value
                    for index, value in enumerate(self.values() if values is None else values)})
        path = self.directory / f"checkpoint-{state.step:08d}.npz"
        with told_how_to_go_on(path, buffer.tell()):
            write_atomically(path, buffer.getvalue())
        for old in self.paths()[:-self.keep]:
            old.unlink(missing_ok=True)
        named = {name for found in self.paths() for *_, name in self._state_of(found).kept}
        for weights in self.directory.glob("best-*.npz"):
            if weights.name not in named:
                weights.unlink(missing_ok=True)

    def restore(self):
        """Puts the values of the newest whole checkpoint back.

        A damaged one, also one whose best weights are damaged or missing, is set aside as `NAME.damaged`, and the one
        before it is used.

        Returns:
            its `RunState`, or `None` where there is none.
        """
        paths = self.paths()
        while paths:
            path = paths.pop()
            try:
                state, values = self._read(path)
            except Exception as error:  # whatever zip archives, NumPy and JSON raise where bytes are wrong
                path.rename(path.with_name(f"{path.name}.damaged"))
                warn(self.console, f"{path} cannot be read ({error}). It is set aside as {path.name}.damaged, and "
                     + ("the checkpoint before it is used." if paths else "training begins anew."))
                continue
            for variable, value in zip(self.variables, values, strict=True):
                assign_here(variable, value)
            return state
        return None

    def paths(self):
        """The checkpoints, oldest first."""
        return sorted(self.directory.glob("checkpoint-????????.npz"))

    def _read(self, path):
        with np.load(path, allow_pickle=False) as archive:
            state = RunState(**json.loads(str(archive["state"])))
            values = [archive[f"{index:03d}"] for index in range(len(self.variables))]
            whole = len(archive.files) == 1 + len(values)
        if not whole or any(value.shape != tuple(variable.shape)
                            for value, variable in zip(values, self.variables, strict=True)):
            raise ValueError("it is of another model")
        for *_, name in state.kept:
            try:
                with np.load(path.parent / name, allow_pickle=False) as archive:
                    for key in archive.files:
                        archive[key]  # reading compares the sum of check
            except Exception as error:
                raise ValueError(f"the weights {name} that it names: {error}") from error
        return state, values

    def _state_of(self, path):
        try:
            with np.load(path, allow_pickle=False) as archive:
                return RunState(**json.loads(str(archive["state"])))
        except Exception:
            return RunState()  # damaged: it names nothing
