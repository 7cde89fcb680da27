"""Makes a shipped model: `python -m keras_s2s.commands.ship dates saved_models/dates`.

Trains a preset, rounds the weights to float16 once, scores the rounded model, writes its SavedModel and its browser
bundle (the model alone: the page is part of the package), and drops the training data. With `--exports DIRECTORY` only
the two exports of a shipped model are written anew, from its weights.
"""

import json
import shutil
import sys
from pathlib import Path

from keras_s2s.config import load_config
from keras_s2s.export.saved_model import write_saved_model
from keras_s2s.export.tfjs import write_bundle
from keras_s2s.files import directory_written_atomically, write_atomically
from keras_s2s.training.data_sets import load_data_sets
from keras_s2s.training.recipe import train
from keras_s2s.training.results import card, score
from keras_s2s.translator import Translator


def ship(preset, directory, data=None):
    """Trains and writes a model directory with exports."""
    directory = Path(directory)
    if (directory / "saved_model").exists():
        shutil.rmtree(directory)
    translator = train(preset, data, directory, command=f"keras-s2s train {preset}")
    translator.save(directory, dtype="float16")
    config = load_config(directory / "config.yaml")
    data_sets = load_data_sets(config, data)
    results = json.loads((directory / "results.json").read_text(encoding="utf-8"))
    results["weights"] = "float16"
    for part in ("dev", "test"):
        scored = score(translator, getattr(data_sets.split, part), config, data_sets.groups.get(part))
        results[part] = scored.to_dict(worst=config.evaluation.worst if part == "test" else 0)
    write_atomically(directory / "results.json", json.dumps(results, indent=1, ensure_ascii=False) + "\n")
    write_atomically(directory / "card.md", card(config, results))
    write_exports(translator, directory)
    shutil.rmtree(directory / "data")


def write_exports(translator, directory):
    """Writes the SavedModel and the browser's bundle, in the place of those that are there."""
    for name, write in (("saved_model/1", write_saved_model), ("tfjs", write_bundle)):
        shutil.rmtree(Path(directory) / name, ignore_errors=True)
        with directory_written_atomically(Path(directory) / name) as temporary:
            write(translator, temporary)


if __name__ == "__main__":
    if sys.argv[1] == "--exports":
        write_exports(Translator.load(sys.argv[2]), sys.argv[2])
    else:
        ship(*sys.argv[1:])
