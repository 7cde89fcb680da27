"""The directory of a run: whether it may be used, and how it begins."""

import json
import re
import shutil
from pathlib import Path

from keras_s2s.config import config_differences, load_config, to_yaml
from keras_s2s.data.split import write_split
from keras_s2s.errors import UserError
from keras_s2s.files import write_atomically
from keras_s2s.text import Tokenizer
from keras_s2s.training.warning import warn

_CONFIG = "config.yaml"
_WHILE_TRAINING = ("checkpoints", "learning_curves.png", "non_finite_batch.json", "tensorboard")
_AFTERWARDS = ("source", "target", "weights.npz", "model.json", "results.json", "card.md", "attention.png",
               "saved_model", "tfjs")
_DATA = ("digest.txt", "run.json", "train.tsv", "dev.tsv", "test.tsv")
_UNFINISHED = re.compile(r"\.(.+)\.[a-z0-9_]{8}")

# Options that do not change the weights, or, as `max_minutes`, are there to be changed.
_FREE = {"description", "examples", *(f"training.{name}" for name in (
    "keep_checkpoints", "checkpoint_minutes", "checkpoint_steps", "tensorboard", "max_minutes"))}


class RunDirectory:
    """What `train` finds and leaves in its output directory, beside the checkpoints and the finished model.

    `config.yaml` is the first file of a run to appear, and it never goes: it says that the directory holds a run,
    wherever that may be stopped.

    Args:
        path: the directory.
    """

    def __init__(self, path):
        self.path = Path(path)

    def holds_run(self):
        """Whether there is a run. Raises `UserError` where there is something else."""
        if not self.path.exists():
            return False
        if not self.path.is_dir():
            raise UserError(f"the path {self.path} is a file", "expected a directory to write to",
                            "choose another --out")
        if (self.path / _CONFIG).exists():
            return True
        # What a start that was killed may leave. A finished model without config.yaml is no such thing.
        if any(not self._may_go(entry) for entry in self.path.iterdir()):
            raise UserError(f"the directory {self.path} is not empty and holds no run",
                            "expected a new or empty directory", "choose another --out")
        return False

    def is_finished(self, config, digest):
        """Whether this very run is finished. Raises `UserError` where the directory holds another one."""
        finished = (self.path / "results.json").exists()
        differences = [found for found in config_differences(load_config(self.path / _CONFIG), config)
                       if finished or not _is_free(found[0], config)]
        if differences:
            shown = "; ".join(f"{key} was {before}, now {now}" for key, before, now in differences[:8])
            raise UserError(f"the directory {self.path} holds a run with another configuration: {shown}",
                            "expected the same configuration",
                            "choose another --out, or begin anew with --overwrite")
        before = self.path / "data" / "digest.txt"
        if before.exists() and before.read_text() != digest:
            raise UserError(f"the directory {self.path} holds a run on other pairs or vectors",
                            "expected the same data", "choose another --out, or begin anew with --overwrite")
        return finished

    def tokenizers(self):
        """The tokenizers of the run that goes on, `{"source": ..., "target": ...}`, or `{}` where it had none yet."""
        if self._record() is None:
            return {}
        return {side: Tokenizer.load(self.path / side) for side in ("source", "target")}

    def check_record(self, record, console):
        """Refuses to go on with other vocabularies than the run began with, and tells of other versions.

        Args:
            record: dict with `vocabularies`, their digest, and `versions` of packages.
            console: a rich console.
        """
        before = self._record()
        if before is None:
            return
        if before["vocabularies"] != record["vocabularies"]:
            raise UserError(f"the directory {self.path} holds a run with other vocabularies",
                            "expected the tokenizers that it began with, also where source.vocabulary or "
                            "target.vocabulary names them", "choose another --out, or begin anew with --overwrite")
        changed = [f"{name} {before['versions'].get(name, 'of an unknown version')}, now {version}"
                   for name, version in record["versions"].items() if before["versions"].get(name) != version]
        if changed:
            warn(console, f"this run began with {'; '.join(changed)}. It goes on, but need not end with the same "
                          "weights to the last bit.")

    def begin(self, config, digest, split, tokenizers, record, anew):
        """Writes what is known before the first batch, and removes what a kill has left unfinished.

        Args:
            config: a `Config`.
            digest: of pairs and vectors, a string.
            split: a `Split`.
            tokenizers: dict by side.
            record: see `check_record`.
            anew: bool. Whether whatever runs and exports have written goes, except `config.yaml`, which is replaced.
                The directory may hold the user's own files, too: these stay.
        """
        if anew:  # first what says that a run is finished or has begun
            for name in ("results.json", *(f"data/{name}" for name in _DATA), *_AFTERWARDS, *_WHILE_TRAINING):
                _remove(self.path / name)
        write_atomically(self.path / _CONFIG, to_yaml(config))
        for folder in (".", "data", "checkpoints", "source", "target"):
            for entry in (self.path / folder).glob(".*"):
                if self._is_unfinished(entry):
                    _remove(entry)
        write_atomically(self.path / "data" / "digest.txt", digest)
        write_split(self.path / "data", split)
        for side, tokenizer in tokenizers.items():
            tokenizer.save(self.path / side)
        # Last: it says that the tokenizers are there.
        write_atomically(self.path / "data" / "run.json", json.dumps(record, indent=1) + "\n")

    def _record(self):
        try:
            return json.loads((self.path / "data" / "run.json").read_text())
        except (OSError, ValueError):
            return None  # stopped before it was written

    def _may_go(self, entry):
        if entry.name == "data" and entry.is_dir():
            return all(own.name.startswith(".") or own.name in _DATA for own in entry.iterdir())
        return entry.name.startswith(".") or entry.name in _WHILE_TRAINING

    def _is_unfinished(self, entry):
        """Whether `files.write_atomically`, or its like for directories, left this: `.NAME.xxxxxxxx`."""
        found = _UNFINISHED.fullmatch(entry.name)
        if not found:
            return False
        return entry.parent != self.path or found[1] in (_CONFIG, *_WHILE_TRAINING, *_AFTERWARDS)


def _is_free(option, config):
    """Whether an option may be another one when a run goes on."""
    metric = config.training.validation_metric
    if option == "evaluation.bleu_tokenize":
        return metric != "bleu"
    if option.startswith("inference."):
        return metric == "loss"  # else they limit the translations that choose the best weights
    return option in _FREE or option.startswith("evaluation.")


def _remove(path):
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
