"""Configurations: read, checked, sized by the number of pairs, written with every option explained."""

from keras_s2s.config.config import Config
from keras_s2s.config.loading import list_presets, load_config, preset_text, replace_values
from keras_s2s.config.sizes import Sizes, resolve_sizes, size_for, smoke
from keras_s2s.config.writing import config_differences, to_yaml

__all__ = [
    "Config",
    "Sizes",
    "config_differences",
    "list_presets",
    "load_config",
    "preset_text",
    "replace_values",
    "resolve_sizes",
    "size_for",
    "smoke",
    "to_yaml",
]
