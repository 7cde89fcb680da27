"""`keras-s2s models` and `keras-s2s presets`."""

import json

from keras_s2s.config import list_presets, load_config, preset_text
from keras_s2s.shipped import shipped_models


def list_models():
    """Prints the shipped models with their descriptions."""
    for name, path in shipped_models().items():
        described = json.loads((path / "model.json").read_text(encoding="utf-8"))
        print(f"{name}\t{described['description']}")


def show_presets(name):
    """Prints the presets with their descriptions, or the YAML of one."""
    if name:
        print(preset_text(name), end="")
        return
    for preset in list_presets():
        print(f"{preset}\t{load_config(preset).description}")
