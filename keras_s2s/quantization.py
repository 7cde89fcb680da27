"""Weights with fewer bits make another model: this one, with exactly the numbers that a bundle holds."""

import copy

import keras
import numpy as np

from keras_s2s.errors import UserError, shortened
from keras_s2s.weights import saved_variables

QUANTIZATIONS = ("none", "float16", "uint8")
LEVELS = 255
"""The largest whole number of a uint8."""

# A lane is stored with two float32 numbers of its own. Below this length float16 is as small.
_SHORTEST_LANE = 16


class Quantization:
    """A translator's weights with fewer bits.

    - `"none"`: as they are.
    - `"float16"`: each rounded to float16.
    - `"uint8"`: each matrix column by column, or row by row (an embedding's) where that loses less: `scale * number +
      minimum`, with a whole number from 0 to 255 for each weight. The rest, vectors for example, as `"float16"`.

    All runtimes compute in float32 from these numbers, so that a bundle answers as `translator` does.

    Args:
        translator: a `Translator` of a model, not of a SavedModel or an ensemble. It stays as it is.
        kind: one of `QUANTIZATIONS`.

    Attributes:
        kind: as given.
        translator: a `Translator` with these numbers: the given one, where none of them differ.
        lanes: list of `Lanes`, one for each matrix in uint8.

    Raises:
        UserError: for another `kind`, and for weights that are not finite or that float16 has no number for.

    Example:

        quantization = Quantization(Translator.load("mine"), "uint8")
        quantization.translator("march 3rd, 1999")  # what the bundle of `export_tfjs(quantize="uint8")` answers
    """

    def __init__(self, translator, kind):
        if kind not in QUANTIZATIONS:
            raise UserError(f"weights were to be quantized as {shortened(kind)}",
                            f"expected one of {', '.join(QUANTIZATIONS)}", "choose one of these")
        self.kind, self.lanes = kind, []
        before = [np.asarray(variable, "float32") for variable in saved_variables(translator.model)]
        after = [self._quantized(variable.path, values)
                 for variable, values in zip(saved_variables(translator.model), before, strict=True)]
        if all(np.array_equal(old, new) for old, new in zip(before, after, strict=True)):
            self.translator = translator
        else:
            self.translator = _with_weights(translator, after, "float16" if kind == "float16" else "float32")

    @property
    def weights(self):
        """What the numbers are: `"float32"`, `"float16"` or `"uint8"`."""
        return "uint8" if self.kind == "uint8" else self.translator.weights_dtype

    def _quantized(self, path, values):
        if not np.isfinite(values).all():
            raise UserError(f"the weights {path} hold numbers that are not finite", "expected a model that was trained",
                            "go back to a checkpoint from before they were lost")
        if self.kind == "none":
            return values
        if self.kind == "uint8" and values.ndim == 2:
            tried = [Lanes.of(values, axis) for axis in (0, 1) if values.shape[axis] >= _SHORTEST_LANE]
            if tried:
                best = min(tried, key=lambda lanes: np.square(lanes.values - values, dtype="float64").sum())
                self.lanes.append(best)
                return best.values
        with np.errstate(over="ignore"):
            rounded = values.astype("float16").astype("float32")
        if not np.isfinite(rounded).all():
            raise UserError(f"the weights {path} reach {np.abs(values).max():g}",
                            "expected at most 65504, the largest float16", "export with --quantize none")
        return rounded


class Lanes:
    """A matrix in uint8: `values = scales * numbers + minima`, with a scale and a minimum for each lane along `axis`.

    Args:
        numbers: `(rows, columns)` uint8.
        scales, minima: float32, of length 1 along `axis`.
        axis: int. 0: the lanes are the columns, 1: the rows.
    """

    def __init__(self, numbers, scales, minima, axis):
        self.numbers, self.scales, self.minima, self.axis = numbers, scales, minima, axis

    @classmethod
    def of(cls, values, axis):
        """The nearest to a matrix."""
        exact = values.astype("float64")
        minima = values.min(axis=axis, keepdims=True)
        scales = ((exact.max(axis=axis, keepdims=True) - minima) / LEVELS).astype("float32")
        steps = (exact - minima) / np.where(scales == 0, 1, scales)
        return cls(np.clip(np.rint(steps), 0, LEVELS).astype("uint8"), scales, minima, axis)

    @property
    def values(self):
        """The numbers that are computed with, `(rows, columns)` float32."""
        return dequantized(self.numbers, self.scales, self.minima)


def dequantized(numbers, scales, minima):
    """Float32 numbers of uint8 ones. In float64 and rounded once, as JavaScript does it."""
    return (numbers.astype("float64") * scales + minima).astype("float32")


def _with_weights(translator, values, dtype):
    """A translator like the given one, with other weights."""
    from keras_s2s.translator import Translator

    described = keras.saving.serialize_keras_object(translator.model)
    described.pop("compile_config", None)
    model = keras.saving.deserialize_keras_object(described)
    if not model.built:
        model.build()
    for variable, numbers in zip(saved_variables(model), values, strict=True):
        variable.assign(numbers)
    other = Translator(model, translator.source, translator.target, translator.name, translator.description,
                       translator.examples, translator.max_source_tokens, translator.target_length)
    other.weights_dtype, other.config = dtype, copy.deepcopy(translator.config)
    return other
