"""One gRPC call and what TensorFlow Serving answers to it."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class GrpcCase:
    """A call and the answer that it must get.

    In `request`, `message` and `expect`, `$shapes` and `$dates` stand for the names of the two models.

    Attributes:
        name: What the case is about; unique, it names the test.
        origin: Which document, or which source file and function of TensorFlow Serving, shows the answer.
        request: The request in protobuf's text format.
        method: `Predict`, `GetModelMetadata`, `Classify`, `Regress`, `MultiInference`, `GetModelStatus`,
            `HandleReloadConfigRequest`, `Check` (health), or a whole path `/package.Service/Method` that is called
            without a body. Default: `Predict`.
        code: The status code's name. Default: `OK`.
        message: A part of the error message. Default: not looked at.
        expect: The answer (see `matchers`) as proto3's JSON with the fields' own names; `outputs` of a `Predict` as
            nested lists by name, read from the typed fields such as `float_val`. Default: not looked at.
        timeout: The deadline in seconds. Default: 30.
        locally: Where keras_s2s answers otherwise on purpose: its code, and why. Default: as TensorFlow Serving.
        local_only: True for what TensorFlow Serving does not have. Default: False.
    """

    name: str
    origin: str
    request: str = ""
    method: str = "Predict"
    code: str = "OK"
    message: str = ""
    expect: Any = None
    timeout: float = 30.0
    locally: tuple[str, str] | None = None
    local_only: bool = False


def model(name: str = "$shapes", more: str = "") -> str:
    """A model_spec, with further fields of it."""
    return f'model_spec {{ name: "{name}" {more} }}'


def tensor(name: str, dtype: str, shape: list[int], values: str) -> str:
    """One of a request's inputs.

    Args:
        name: The input's name.
        dtype: `DT_FLOAT`, ...
        shape: The sizes.
        values: The field with the values, e.g. `float_val: [1, 2]`.
    """
    sizes = " ".join(f"dim {{ size: {size} }}" for size in shape)
    value = f"dtype: {dtype} tensor_shape {{ {sizes} }} {values}"
    return f'inputs {{ key: "{name}" value {{ {value} }} }}'


def floats(*values: float, name: str = "x") -> str:
    """A vector of float32."""
    return tensor(name, "DT_FLOAT", [len(values)], f"float_val: [{', '.join(map(str, values))}]")


def texts(*values: str, name: str = "x") -> str:
    """A vector of strings without quotes in them."""
    return tensor(name, "DT_STRING", [len(values)], " ".join(f'string_val: "{value}"' for value in values))


def integers(*values: int, name: str = "x") -> str:
    """A vector of int32."""
    return tensor(name, "DT_INT32", [len(values)], f"int_val: [{', '.join(map(str, values))}]")
