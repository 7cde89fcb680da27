"""Weights in one file: a NumPy archive, checked on reading."""

import io
import zipfile

import numpy as np

from keras_s2s.errors import UserError
from keras_s2s.files import write_atomically


def save_weights(model, path, dtype="float32"):
    """Writes all variables of a built model, in order, as `float32` or `float16`; `UserError` for others."""
    if dtype not in ("float32", "float16"):
        raise UserError(f"weights of the type {dtype!r} were asked for", "expected 'float32' or 'float16'",
                        "choose one of these")
    arrays = {_key(index, variable): np.asarray(variable, dtype=dtype)
              for index, variable in enumerate(saved_variables(model))}
    buffer = io.BytesIO()
    np.savez(buffer, **arrays)
    write_atomically(path, buffer.getvalue())


def load_weights(model, path):
    """Reads what `save_weights` wrote into a built model of the same shape.

    Returns:
        the type of the numbers in the file, `"float32"` or `"float16"`.

    Raises:
        UserError: where the file is missing, damaged, or of another model.
    """
    variables = saved_variables(model)
    try:
        with np.load(path, allow_pickle=False) as archive:
            arrays = [archive[_key(index, variable)] for index, variable in enumerate(variables)]
            names = len(archive.files)
    except (OSError, ValueError, EOFError, KeyError, TypeError, AttributeError, zipfile.BadZipFile) as error:
        raise UserError(f"the weights in {path} cannot be read ({error})",
                        "expected a whole file that belongs to the model beside it",
                        "copy the model directory again or train anew") from error
    for array, variable in zip(arrays, variables, strict=True):
        if array.shape != tuple(variable.shape) or names != len(variables):
            raise UserError(f"the weights in {path} are of another model: {variable.path} is {array.shape}",
                            f"expected {tuple(variable.shape)}", "copy the model directory again or train anew")
    for array, variable in zip(arrays, variables, strict=True):
        variable.assign(array.astype("float32"))
    return str(arrays[0].dtype)


def mean_weights(model, paths):
    """Gives a model the mean of several files' weights, computed in float64; raises as `load_weights` does."""
    sums = [np.zeros(variable.shape, "float64") for variable in saved_variables(model)]
    for path in paths:
        load_weights(model, path)
        for total, variable in zip(sums, saved_variables(model), strict=True):
            total += np.asarray(variable, dtype="float64")
    for variable, total in zip(saved_variables(model), sums, strict=True):
        variable.assign((total / len(paths)).astype("float32"))


def saved_variables(model):
    """The variables that a translation depends on: no state of random generators."""
    return list(model.weights)


def _key(index, variable):
    return f"{index:03d}_{variable.name}"
