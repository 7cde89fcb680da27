"""JSON values <-> numpy arrays, with TensorFlow Serving's rules for types, shapes and base64."""

import base64
import binascii
import json
from typing import Any

import numpy as np

from keras_s2s.serving.request_error import RequestError
from keras_s2s.serving.tensor_spec import TensorSpec

_INTEGERS = ("int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64")
_FLOATS = ("float32", "float64")
_QUOTED_CHARACTERS = 80


def quote(value: Any) -> str:
    """A JSON value as it may stand in an error message: shortened, never huge."""
    try:
        text = json.dumps(value, ensure_ascii=True)
    except (ValueError, RecursionError):
        text = f"a {type(value).__name__}"
    return text if len(text) <= _QUOTED_CHARACTERS else text[: _QUOTED_CHARACTERS - 3] + "..."


def is_base64(value: Any) -> bool:
    """Whether the value is the object `{"b64": "..."}` that carries bytes, and nothing else."""
    return isinstance(value, dict) and len(value) == 1 and isinstance(value.get("b64"), str)


def _string_bytes(value: Any) -> bytes:
    if isinstance(value, str):
        try:
            # Bytes of the body that were no UTF-8 came in as escapes and go out as they were: the graph mends
            # them.
            return value.encode("utf-8", "surrogateescape")
        except UnicodeEncodeError:
            raise RequestError(f"JSON value {quote(value)} holds half a surrogate pair") from None
    if isinstance(value, dict) and not is_base64(value):
        raise RequestError(f"JSON Value: {quote(value)} not formatted correctly for base64 data")
    if not is_base64(value):
        raise _type_error(value, "string")
    encoded = value["b64"]
    try:
        encoded = "".join(encoded.split())  # blanks are skipped
        if "=" not in encoded:  # padding may be missing, but not be wrong
            encoded += "=" * (-len(encoded) % 4)
        if len(encoded) % 4:
            raise ValueError
        return base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        raise RequestError(f"JSON Value: {quote(value)} Unable to base64 decode") from None


def _type_error(value: Any, dtype: str) -> RequestError:
    dtype = {"float32": "float", "float64": "double"}.get(dtype, dtype)
    return RequestError(f"JSON Value: {quote(value)} is not of expected type: {dtype}")


def _number(value: Any, dtype: str) -> Any:
    """One number or truth value. A float takes any number, rounded or infinite where need be; nothing else bends."""
    if dtype == "bool":
        if isinstance(value, bool):
            return value
    elif isinstance(value, bool):
        pass
    elif dtype in _FLOATS:
        if isinstance(value, int | float):
            try:
                return float(value)
            except OverflowError:
                raise RequestError("JSON Parse error: Number too big to be stored in double.") from None
    elif isinstance(value, int) and np.iinfo(dtype).min <= value <= np.iinfo(dtype).max:
        return value
    raise _type_error(value, dtype)


def _shape(value: Any) -> tuple[int, ...]:
    """The shape that the first element of every level promises."""
    sizes: list[int] = []
    while isinstance(value, list):
        sizes.append(len(value))
        if not value:
            break
        value = value[0]
    return tuple(sizes)


def _collect(value: Any, shape: tuple[int, ...], level: int, dtype: str, values: list[Any]) -> None:
    if level == len(shape):
        if isinstance(value, list):
            raise RequestError(f"a list stands where a single {dtype} was expected: {quote(value)}")
        values.append(_string_bytes(value) if dtype == "string" else _number(value, dtype))
        return
    if not isinstance(value, list):
        raise RequestError(f"JSON value {quote(value)} stands where a list of {shape[level]} was expected")
    if len(value) != shape[level]:
        raise RequestError(
            f"a list of {len(value)} stands where a list of {shape[level]} was expected: rows must "
            "have one shape"
        )
    for item in value:
        _collect(item, shape, level + 1, dtype, values)


def array_from_json(value: Any, spec: TensorSpec) -> np.ndarray:
    """Makes the array that one input is fed with.

    Args:
        value: A JSON value: a scalar, or lists nested as deep as the array has axes, all of one shape.
        spec: What the signature expects. A string is UTF-8, or bytes as `{"b64": "..."}`.

    Returns:
        The array; strings are `bytes` in an array of objects.

    Raises:
        RequestError: A value of another type, a ragged list, a shape that the signature does not take.
    """
    if spec.dtype != "string" and spec.dtype not in (*_INTEGERS, *_FLOATS, "bool"):
        raise RequestError(
            f"input {spec.name!r} is of type {spec.dtype}, which JSON cannot carry here", "UNIMPLEMENTED"
        )
    shape = _shape(value)
    if not spec.accepts(shape):
        sizes = ",".join(map(str, shape[:8])) + (",..." if len(shape) > 8 else "")
        raise RequestError(f"input {spec.name!r} has shape [{sizes}], expected {spec}")
    values: list[Any] = []
    if spec.dtype == "string" and len(shape) == 1 and all(type(text) is str for text in value):
        values = [_string_bytes(text) for text in value]  # by far the most frequent case
    else:
        _collect(value, shape, 0, spec.dtype, values)
    array = np.empty(len(values), dtype=object if spec.dtype == "string" else spec.dtype)
    with np.errstate(over="ignore"):  # a float32 that is too large becomes infinite, as in TensorFlow Serving
        array[:] = values
    return array.reshape(shape)


def json_from_array(name: str, array: np.ndarray) -> Any:
    """The JSON value of one output.

    Strings become JSON strings, or `{"b64": "..."}` where the output's name ends in `_bytes`, as in
    TensorFlow Serving. A float32 is written with the digits that identify it (0.2, not 0.20000000298).
    """
    if array.dtype == object:
        if name.endswith("_bytes"):
            return _nested(array, lambda value: {"b64": base64.b64encode(value).decode("ascii")})
        return _nested(array, lambda value: value.decode("utf-8", "replace"))
    if array.dtype.kind == "f" and array.dtype != np.float16:
        # By way of text: the shortest decimal of a float32 is not that of the float64 it would be widened to.
        return array.astype("U32").astype(np.float64).tolist()
    if array.dtype.kind not in "iub" or array.dtype == np.float16:
        raise RequestError(f"Failed to write JSON value for tensor type: {array.dtype} (output {name!r})")
    return array.tolist()


def quick_json_from_array(name: str, array: np.ndarray) -> Any:
    """What `json_from_array` gives, as far as it is finite, with the numbers left to orjson, which writes a float32
    with its own digits. The first axis is a list, so that rows can be taken."""
    if array.dtype == object or array.dtype.kind not in "fiub" or array.dtype == np.float16:
        return json_from_array(name, array)
    if array.ndim <= 1 and array.dtype != np.float32:
        return array.tolist()
    return list(np.ascontiguousarray(array)) if array.ndim else array[()]


def _nested(array: np.ndarray, convert: Any) -> Any:
    if array.ndim == 0:
        return convert(array.item())
    return [_nested(row, convert) if isinstance(row, np.ndarray) else convert(row) for row in array]
