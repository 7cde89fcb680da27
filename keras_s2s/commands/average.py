"""`keras-s2s average`."""

import shutil
import sys
from pathlib import Path

from keras_s2s.errors import UserError
from keras_s2s.files import directory_written_atomically
from keras_s2s.model_path import find_model
from keras_s2s.noise import start_tensorflow


def run_average(models, out):
    """Writes a model directory with the mean of the models' weights and prints its path.

    Args:
        models: list of two or more model directories.
        out: the directory to write; it may be there, but empty. The first model's configuration is copied.

    Raises:
        UserError: where `out` holds something, and whatever `average_models` raises.
    """
    out = Path(out)
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise UserError(f"{out} is there already", "expected a directory that is new or empty",
                        "choose another one with --out")
    for model in models:
        find_model(model)  # before TensorFlow: mistakes answer at once
    start_tensorflow()
    from keras_s2s.averaging import average_models

    translator = average_models(models)
    configuration = find_model(models[0])[0] / "config.yaml"
    with directory_written_atomically(out) as directory:
        if configuration.exists():
            shutil.copyfile(configuration, directory / "config.yaml")
        translator.save(directory)
    print(out)
    print(f"The mean of {len(models)} models. It has no scores yet: keras-s2s evaluate {out} --data FILE",
          file=sys.stderr)
