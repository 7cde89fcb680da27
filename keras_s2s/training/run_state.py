"""Where a training run stands: enough to go on after it was stopped."""

import io
import json
import zipfile
from dataclasses import asdict, dataclass, field
from pathlib import Path

import numpy as np

from keras_s2s.errors import UserError
from keras_s2s.files import write_atomically


@dataclass
class RunState:
    """What a run knows between two epochs.

    Args:
        digest: fingerprint of the data.
        epoch: number of finished epochs.
        learning_rate: of the next epoch.
        best: best value of the validation metric so far, higher is better; `None` before the first.
        best_perplexity: dev perplexity that went with it.
        best_epoch: the epoch that reached it.
        bad_validations: validations since then.
        minutes: time spent.
        finished: whether training is over.
        history: one dict an epoch.
    """

    digest: str
    learning_rate: float
    epoch: int = 0
    best: float | None = None
    best_perplexity: float | None = None
    best_epoch: int = 0
    bad_validations: int = 0
    minutes: float = 0.0
    finished: bool = False
    history: list = field(default_factory=list)

    def save(self, path, variables):
        """Writes this and all variables into one file, so that the two cannot disagree."""
        buffer = io.BytesIO()
        np.savez(buffer, state=json.dumps(asdict(self)),
                 **{f"{index:03d}": np.asarray(variable) for index, variable in enumerate(variables)})
        write_atomically(path, buffer.getvalue())

    @classmethod
    def load(cls, path, variables):
        """Reads the state and puts the variables' values back; `None` where there is no file."""
        if not Path(path).exists():
            return None
        try:
            with np.load(path, allow_pickle=False) as archive:
                state = cls(**json.loads(str(archive["state"])))
                values = [archive[f"{index:03d}"] for index in range(len(variables))]
            if any(value.shape != tuple(variable.shape) for value, variable in zip(values, variables, strict=True)):
                raise ValueError("it is of another model")
        except (OSError, ValueError, EOFError, KeyError, TypeError, AttributeError, zipfile.BadZipFile) as error:
            raise UserError(f"the state of the run in {path} cannot be read ({error})",
                            "expected what the stopped run wrote", "begin anew with --overwrite") from error
        for value, variable in zip(values, variables, strict=True):
            variable.assign(value)
        return state
