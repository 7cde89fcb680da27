"""Makes a shipped model: `python -m keras_s2s.commands.ship dates saved_models/dates`.

Trains a preset, rounds the weights to float16 once, scores the rounded model, writes its SavedModel and its browser
bundle (the model alone: the page is part of the package), and drops the training data.
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
    for name, write in (("saved_model/1", write_saved_model), ("tfjs", write_bundle)):
        with directory_written_atomically(directory / name) as temporary:
            write(translator, temporary)
    shutil.rmtree(directory / "data")


if __name__ == "__main__":
    ship(*sys.argv[1:])
