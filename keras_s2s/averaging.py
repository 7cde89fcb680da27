"""One model from several: the mean of their weights."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import keras
import numpy as np

from keras_s2s.errors import UserError
from keras_s2s.model_path import find_model
from keras_s2s.translator import Translator
from keras_s2s.weights import saved_variables


def average_models(directories: Sequence[str | Path]) -> Translator:
    """The model whose every weight is the mean of that weight in several models.

    For models along one run of training, e.g. of its last epochs (Junczys-Dowmunt et al. 2016), or trained on from one
    model; models trained from different beginnings have nothing in common weight by weight, and their mean is useless.

    Args:
        directories: Two or more model directories of the same network and the same tokenizers.

    Returns:
        a `Translator` with the first model's name, description, examples, limits of length and configuration. The
        means are computed in float64 and kept in float32.

    Raises:
        UserError: fewer than two models, an exported SavedModel, another network (the first option that differs is
            told) or another tokenizer, and whatever `Translator.load` raises.
    """
    if isinstance(directories, str | Path) or len(directories) < 2:
        count = 1 if isinstance(directories, str | Path) else len(directories)
        raise UserError(f"{count} model{'s' * (count != 1)} to average", "expected two or more model directories",
                        "name the models of one run of training")
    for directory in directories:
        if find_model(directory)[1] != "directory":
            raise UserError(f"{directory} is an exported SavedModel", "expected a model directory",
                            "use the directory that `keras-s2s train` wrote")
    first = Translator.load(directories[0])
    sums = [np.asarray(variable, dtype=np.float64) for variable in saved_variables(first.model)]
    for directory in directories[1:]:
        other = Translator.load(directory)
        _check_same(first, other, directories[0], directory)
        for total, variable in zip(sums, saved_variables(other.model), strict=True):
            total += np.asarray(variable, dtype=np.float64)
    for variable, total in zip(saved_variables(first.model), sums, strict=True):
        variable.assign((total / len(directories)).astype(np.float32))
    first.weights_dtype = "float32"
    return first


def _check_same(first: Translator, other: Translator, first_path, other_path) -> None:
    ours, theirs = (dict(_options(keras.saving.serialize_keras_object(translator.model)))
                    for translator in (first, other))
    for option in [*ours, *theirs]:
        values = [options.get(option, "absent") for options in (ours, theirs)]
        if values[0] != values[1]:
            raise UserError(f"{option} is {values[0]} in {first_path} and {values[1]} in {other_path}",
                            "expected models of the same network", "average models of one configuration")
    for side in ("source", "target"):
        ours, theirs = (getattr(translator, side).to_json() for translator in (first, other))
        different = [part for part in {**ours, **theirs} if ours.get(part) != theirs.get(part)]
        if different:
            raise UserError(f"the {side} tokenizers of {first_path} and {other_path} differ in their {different[0]}",
                            "expected the same tokens with the same ids",
                            "average models that were trained with one and the same tokenizer")


def _options(layer: dict, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """The options of a serialised layer and of those inside it, by dotted path; no names of layers."""
    for name, value in layer["config"].items():
        if isinstance(value, dict) and "class_name" in value:
            yield prefix + name, value["class_name"]
            yield from _options(value, f"{prefix}{name}.")
        elif name != "name" or prefix.endswith("dtype."):
            yield prefix + name, value
