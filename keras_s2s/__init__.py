"""Recurrent sequence-to-sequence models with attention: Keras `fit`, TF Serving, TF.js, Gradio.

    import keras_s2s as s2s
    translator = s2s.Translator.load("dates")
    print(translator("March 3rd, 1999"))

Names load what they need when they are first used, so that importing the package loads neither TensorFlow nor Keras.
"""

import importlib

__version__ = "0.1.0"

_NAMES = {
    "Seq2Seq": "keras_s2s.model", "Translator": "keras_s2s.translator", "Translation": "keras_s2s.translation",
    "Trace": "keras_s2s.trace", "train": "keras_s2s.training.recipe", "UserError": "keras_s2s.errors",
    "load_config": "keras_s2s.config"}
_MODULES = ("alignment", "config", "data", "decoding", "evaluation", "export", "layers", "plots", "reranking", "search",
            "text", "training")

__all__ = [*_NAMES, *_MODULES]


def __getattr__(name):
    if name in _NAMES:
        value = getattr(importlib.import_module(_NAMES[name]), name)
    elif name in _MODULES:
        value = importlib.import_module(f"keras_s2s.{name}")
    else:
        raise AttributeError(f"module 'keras_s2s' has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__():
    return sorted({*globals(), *__all__})
