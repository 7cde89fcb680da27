"""The bodies of `:predict`: TensorFlow Serving's row format and column format."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import orjson

from keras_s2s.serving.json_body import parse_object
from keras_s2s.serving.limits import Limits
from keras_s2s.serving.request_error import RequestError
from keras_s2s.serving.tensor_json import (
    array_from_json,
    is_base64,
    json_from_array,
    quick_json_from_array,
    quote,
)
from keras_s2s.serving.tensor_spec import TensorSpec

# Inputs that carry a file: how long it is, the body alone bounds.
FILES = ("audio", "image")


@dataclass(frozen=True)
class PredictBody:
    """A request body, parsed but not yet held against a signature.

    Attributes:
        signature: `signature_name`, None when the body names none.
        row_format: True for `instances`, False for `inputs`.
        content: The value of `instances` or `inputs`.
    """

    signature: str | None
    row_format: bool
    content: Any


def parse_body(body: bytes, most_deep: int = 128) -> PredictBody:
    """Reads a request body.

    Args:
        body: The bytes.
        most_deep: How deep lists and objects may be nested.

    Raises:
        RequestError: No JSON, not an object, neither or both of `instances` and `inputs`.
    """
    document = parse_object(body, most_deep)
    signature = document.get("signature_name", "")
    if not isinstance(signature, str):
        raise RequestError(f"{quote(signature)}: 'signature_name' key must be a string value.")
    if "instances" in document and "inputs" in document:
        raise RequestError("Not formatted correctly expecting only one of 'inputs' or 'instances' keys to exist")
    if "inputs" in document:
        return PredictBody(signature or None, False, document["inputs"])
    if "instances" not in document:
        raise RequestError("Missing 'inputs' or 'instances' key")
    content = document["instances"]
    if not isinstance(content, list):
        raise RequestError(f"JSON Value: {quote(content)} Expecting 'instances' to be an list/array")
    if not content:
        raise RequestError("No values in 'instances' array")
    return PredictBody(signature or None, True, content)


def arrays_from_body(
    body: PredictBody, specs: Mapping[str, TensorSpec], limits: Limits
) -> dict[str, np.ndarray]:
    """Makes the arrays that a signature is fed with.

    Args:
        body: The parsed body.
        specs: The signature's inputs by name.
        limits: How many rows a request may have, and how long their texts may be.

    Returns:
        An array for every input, rows along the first axis.

    Raises:
        RequestError: Names that do not match the signature, values that do not match their type or shape,
            more rows than allowed, inputs with different numbers of rows.
    """
    read = _columns_from_rows if body.row_format else _columns
    columns = read(body.content, specs)
    arrays = {}
    for name, spec in specs.items():
        if isinstance(columns[name], list) and len(columns[name]) > limits.rows:
            count = len(columns[name])
            raise RequestError(f"{count} rows in one request, at most {limits.rows} are allowed: send several")
        try:
            arrays[name] = array_from_json(columns[name], spec)
        except RequestError as error:
            # TensorFlow Serving calls whatever is wrong in a row an invalid argument, also a type that JSON lacks.
            raise RequestError(error.message) if body.row_format else error from None
    check_arrays(arrays, specs, limits)
    return arrays


def check_arrays(arrays: Mapping[str, np.ndarray], specs: Mapping[str, TensorSpec], limits: Limits) -> None:
    """Holds what one request gives against each other and against the limits.

    Raises:
        RequestError: Inputs with different numbers of rows; a text that is too long. Files (`audio`, `image`)
            are bounded by the body alone.
    """
    rows = {name: len(arrays[name]) for name, spec in specs.items() if spec.shape and spec.shape[0] is None}
    if len(set(rows.values())) > 1:
        counts = ", ".join(f"{name} {count}" for name, count in rows.items())
        raise RequestError(f"all inputs must have the same number of rows, but got {counts}")
    for name, array in arrays.items():
        if array.dtype == object and name not in FILES:
            longest = max(map(len, array.ravel().tolist()), default=0)
            if longest > limits.text_bytes:
                raise RequestError(f"a text of {longest} bytes in {name!r}, at most {limits.text_bytes} are allowed")


def _columns(content: Any, specs: Mapping[str, TensorSpec]) -> dict[str, Any]:
    if isinstance(content, dict) and not is_base64(content):
        for name in specs:
            if name not in content:
                raise RequestError(
                    f"Missing named input: {name} in 'inputs' object. The signature takes {', '.join(specs)}"
                )
        return content
    if len(specs) > 1:
        raise RequestError(
            "inputs is a plain value/list, but expecting an object as multiple input tensors required: "
            f"the signature takes {', '.join(specs)}"
        )
    return dict.fromkeys(specs, content)


def _columns_from_rows(content: list[Any], specs: Mapping[str, TensorSpec]) -> dict[str, Any]:
    named = isinstance(content[0], dict) and not is_base64(content[0])
    if not named and len(specs) > 1:
        raise RequestError(
            "instances is a plain list, but expecting list of objects as multiple input tensors required: "
            f"the signature takes {', '.join(specs)}"
        )
    for index, row in enumerate(content):
        if type(row) is str and not named:
            continue
        if (isinstance(row, dict) and not is_base64(row)) != named:
            found = "object but got list" if named else "value/list but got object"
            raise RequestError(f"Expecting {found} at item {index} of input list")
        if named and row.keys() != specs.keys():
            unknown = [key for key in row if key not in specs]
            if unknown:
                raise RequestError(f"JSON object: does not have named input: {quote(unknown[0])[1:-1]} (row {index})")
            raise RequestError(f"JSON Value: {quote(row)} (row {index}): keys must be equal to: {','.join(specs)}")
    if named:
        return {name: [row[name] for row in content] for name in specs}
    return dict.fromkeys(specs, content)


def response_body(outputs: Mapping[str, np.ndarray], row_format: bool) -> bytes:
    """The answer's JSON: `predictions`, one a row, or `outputs`, one a column.

    A signature with a single output gives plain values, otherwise objects keyed by output name. Values that
    JSON lacks are written `NaN`, `Infinity` and `-Infinity`, as TensorFlow Serving has it.

    Raises:
        RequestError: Row format, and the outputs do not all have the same number of rows.
    """
    if row_format:
        rows = None
        for name, array in sorted(outputs.items()):
            if not array.ndim:
                raise RequestError(f"Tensor name: {name} has no shape information: ask in column format")
            if rows not in (None, len(array)):
                raise RequestError(
                    f"Tensor name: {name} has inconsistent batch size: {len(array)} expecting: {rows}: "
                    "ask in column format"
                )
            rows = len(array)
    finite = all(array.dtype.kind != "f" or np.isfinite(array).all() for array in outputs.values())
    convert = quick_json_from_array if finite else json_from_array
    columns = {name: convert(name, array) for name, array in outputs.items()}
    plain = len(columns) == 1
    only = next(iter(columns.values())) if plain else None
    if not row_format:
        answer = {"outputs": only if plain else columns}
    elif plain:
        answer = {"predictions": only}
    else:
        names = list(columns)
        answer = {"predictions": [dict(zip(names, row, strict=True)) for row in zip(*columns.values(), strict=True)]}
    if finite:
        return orjson.dumps(answer, option=orjson.OPT_SERIALIZE_NUMPY)
    return json.dumps(answer, ensure_ascii=False).encode("utf-8")
