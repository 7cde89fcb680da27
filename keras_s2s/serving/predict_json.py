"""The bodies of `:predict`: TensorFlow Serving's row format and column format."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from keras_s2s.serving.request_error import RequestError
from keras_s2s.serving.tensor_json import array_from_json, is_base64, json_from_array, quote
from keras_s2s.serving.tensor_spec import TensorSpec


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


def parse_body(body: bytes) -> PredictBody:
    """Reads a request body.

    Raises:
        RequestError: No JSON, not an object, neither or both of `instances` and `inputs`.
    """
    # Bytes that are no UTF-8 travel on as escapes: the graph mends them, as it does under TensorFlow Serving.
    text = body.decode("utf-8-sig", "surrogateescape")
    try:
        document = json.loads(text)
    except RecursionError:
        raise RequestError("JSON parse error: nested too deeply") from None
    except ValueError as error:
        raise RequestError(f"JSON parse error: {error}") from None
    if not isinstance(document, dict):
        raise RequestError(f"the body must be a JSON object, but it is {quote(document)}")
    signature = document.get("signature_name", "")
    if not isinstance(signature, str):
        raise RequestError(f"'signature_name' must be a string, but it is {quote(signature)}")
    given = [key for key in ("instances", "inputs") if key in document]
    if len(given) != 1:
        both = "both" if given else "neither"
        raise RequestError(f"expected one of 'instances' (rows) and 'inputs' (columns), but got {both}")
    content = document[given[0]]
    if given[0] == "instances" and not (isinstance(content, list) and content):
        raise RequestError(f"'instances' must be a list of at least one row, but it is {quote(content)}")
    return PredictBody(signature or None, given[0] == "instances", content)


def arrays_from_body(
    body: PredictBody, specs: Mapping[str, TensorSpec], most_rows: int
) -> dict[str, np.ndarray]:
    """Makes the arrays that a signature is fed with.

    Args:
        body: The parsed body.
        specs: The signature's inputs by name.
        most_rows: How many rows a request may have.

    Returns:
        An array for every input, rows along the first axis.

    Raises:
        RequestError: Names that do not match the signature, values that do not match their type or shape,
            more rows than allowed, inputs with different numbers of rows.
    """
    read = _columns_from_rows if body.row_format else _columns
    columns = read(body.content, specs)
    arrays = {}
    rows: dict[str, int] = {}
    for name, spec in specs.items():
        if isinstance(columns[name], list) and len(columns[name]) > most_rows:
            count = len(columns[name])
            raise RequestError(f"{count} rows in one request, at most {most_rows} are allowed: send several")
        arrays[name] = array_from_json(columns[name], spec)
        if arrays[name].ndim:
            rows[name] = len(arrays[name])
            if not rows[name]:
                raise RequestError(f"input {name!r} has no rows: give at least one")
    if len(set(rows.values())) > 1:
        counts = ", ".join(f"{name} {count}" for name, count in rows.items())
        raise RequestError(f"all inputs must have the same number of rows, but got {counts}")
    return arrays


def _columns(content: Any, specs: Mapping[str, TensorSpec]) -> dict[str, Any]:
    if isinstance(content, dict) and not is_base64(content):
        missing = [name for name in specs if name not in content]
        if missing:
            raise RequestError(f"'inputs' lacks {', '.join(missing)}; the signature takes {', '.join(specs)}")
        return content
    if len(specs) > 1:
        raise RequestError(f"'inputs' is a plain value, but the signature takes {', '.join(specs)}")
    return dict.fromkeys(specs, content)


def _columns_from_rows(content: list[Any], specs: Mapping[str, TensorSpec]) -> dict[str, Any]:
    named = isinstance(content[0], dict) and not is_base64(content[0])
    if not named and len(specs) > 1:
        raise RequestError(f"'instances' holds plain values, but the signature takes {', '.join(specs)}")
    for index, row in enumerate(content):
        if (isinstance(row, dict) and not is_base64(row)) != named:
            raise RequestError(f"'instances' mixes objects and plain values: see row {index}")
        if named and row.keys() != specs.keys():
            keys = f"{quote(sorted(row))}, expected {quote(sorted(specs))}"
            raise RequestError(f"row {index} of 'instances' has the keys {keys}")
    if named:
        return {name: [row[name] for row in content] for name in specs}
    return dict.fromkeys(specs, content)


def response_text(outputs: Mapping[str, np.ndarray], row_format: bool) -> str:
    """The answer's JSON: `predictions`, one a row, or `outputs`, one a column.

    A signature with a single output gives plain values, otherwise objects keyed by output name.

    Raises:
        RequestError: Row format, and the outputs do not all have the same number of rows.
    """
    columns = {name: json_from_array(name, array) for name, array in outputs.items()}
    plain = len(columns) == 1
    if not row_format:
        return _dump("outputs", next(iter(columns.values())) if plain else columns)
    rows = {array.shape[:1] for array in outputs.values()}
    if len(rows) != 1 or () in rows:
        raise RequestError("the outputs of this signature have no common first axis: ask in column format")
    if plain:
        return _dump("predictions", next(iter(columns.values())))
    return _dump(
        "predictions", [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    )


def _dump(key: str, value: Any) -> str:
    return json.dumps({key: value}, ensure_ascii=False)
