"""The messages of gRPC's Predict: tensors in protocol buffers <-> arrays."""

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from keras_s2s.serving.limits import Limits
from keras_s2s.serving.predict_json import FILES
from keras_s2s.serving.request_error import RequestError
from keras_s2s.serving.servable import array_of
from keras_s2s.serving.tensor_spec import TensorSpec

# The field of a TensorProto that holds values of a type, as TensorFlow's `Tensor::AsProtoField` fills it.
_FIELDS = {
    "float32": "float_val",
    "float64": "double_val",
    "float16": "half_val",  # its bits
    "int8": "int_val",
    "int16": "int_val",
    "int32": "int_val",
    "uint8": "int_val",
    "uint16": "int_val",
    "int64": "int64_val",
    "bool": "bool_val",
    "uint32": "uint32_val",
    "uint64": "uint64_val",
}


def arrays_from_request(
    request: Any, specs: Mapping[str, TensorSpec], limits: Limits | None = None
) -> dict[str, np.ndarray]:
    """Makes the arrays that a signature is fed with.

    Args:
        request: A `PredictRequest`.
        specs: The signature's inputs by name.
        limits: What a request may ask for; the defaults of `Limits` when None.

    Returns:
        An array for each input.

    Raises:
        RequestError: Names, types or shapes that the signature does not have, a broken tensor, too much.
    """
    given = request.inputs
    if len(given) != len(specs):
        extra, missing = sorted(given.keys() - specs.keys()), sorted(specs.keys() - given.keys())
        raise RequestError(
            f"input size does not match signature: {len(given)}!={len(specs)}. Sent extra: "
            f"{{{','.join(extra)[:200]}}}. Missing but required: {{{','.join(missing)}}}."
        )
    for name in specs:
        if name not in given:
            raise RequestError(f"input {name!r} not found in request, which has {','.join(sorted(given))[:200]}")
    return {name: _array(given[name], spec, limits or Limits()) for name, spec in specs.items()}


def _array(proto: Any, spec: TensorSpec, limits: Limits) -> np.ndarray:
    import tensorflow as tf

    try:
        dtype = tf.as_dtype(proto.dtype).name
    except TypeError:
        dtype = "an unknown type"
    if dtype != spec.dtype:
        raise RequestError(f"input {spec.name!r} is of type {dtype}, expected {spec}")
    # One that says that its rank is unknown is read as a scalar.
    shape = tuple(dimension.size for dimension in proto.tensor_shape.dim)
    if min(shape, default=0) < 0:
        raise RequestError(f"tensor parsing error: {spec.name}")
    if not spec.accepts(shape):
        sizes = ",".join(map(str, shape[:8]))
        raise RequestError(f"input {spec.name!r} has shape [{sizes}], expected {spec}")
    if shape and shape[0] > limits.rows:
        raise RequestError(f"{shape[0]} rows in one request, at most {limits.rows} are allowed: send several")
    # A shape costs a sender nothing, the array that it stands for costs memory here.
    size = math.prod(shape)
    if size > limits.body_bytes:
        raise RequestError(f"input {spec.name!r} has {size} values: send several requests")
    if dtype == "string":
        _check_texts(proto, size, spec, limits)
    if dtype == "string" and len(proto.string_val) == size and not proto.tensor_content:
        array = np.empty(size, dtype=object)
        array[:] = list(proto.string_val)
        return array.reshape(shape)
    try:
        # What TensorFlow Serving reads tensors with: values that are missing repeat the last one, and so on.
        return array_of(tf.io.parse_tensor(proto.SerializeToString(), proto.dtype))
    except tf.errors.OpError:
        raise RequestError(f"tensor parsing error: {spec.name}") from None


def _check_texts(proto: Any, size: int, spec: TensorSpec, limits: Limits) -> None:
    """Looks at the texts before the last one is repeated for all that are missing."""
    lengths = [len(text) for text in proto.string_val]
    longest, missing = max(lengths, default=0), max(0, size - len(lengths))
    if longest > limits.text_bytes and spec.name not in FILES:
        raise RequestError(f"a text of {longest} bytes in {spec.name!r}, at most {limits.text_bytes} are allowed")
    if lengths and sum(lengths) + missing * lengths[-1] > limits.body_bytes:
        raise RequestError(f"the texts of input {spec.name!r} are longer than {limits.body_bytes} bytes: send several")


def largest_input(request: Any) -> int:
    """How many values the largest input has, going by its shape; whether it has them is another matter."""
    return max((math.prod(size.size for size in one.tensor_shape.dim) for one in request.inputs.values()), default=0)


def fill_tensor(proto: Any, array: np.ndarray) -> None:
    """Writes an array into a `TensorProto`, values in the field of their type."""
    import tensorflow as tf

    name = "string" if array.dtype == object else array.dtype.name
    if name not in _FIELDS and name != "string":
        proto.CopyFrom(tf.make_tensor_proto(array))
        return
    proto.dtype = tf.as_dtype(name).as_datatype_enum
    shape = proto.tensor_shape
    for size in array.shape:
        shape.dim.add().size = size
    if name == "float16":
        array = array.view(np.uint16)
    getattr(proto, _FIELDS.get(name, "string_val")).extend(array.ravel().tolist())
