"""Classify, Regress and MultiInference: what TensorFlow Serving says where a model has no such signature."""

from collections.abc import Mapping
from typing import Any

from keras_s2s.serving.request_error import RequestError
from keras_s2s.serving.servable import DEFAULT_SIGNATURE, Servable
from keras_s2s.serving.tensor_json import quote

_KINDS = {"classify": "classification", "regress": "regression"}


def check_examples(document: Mapping[str, Any], method: str) -> None:
    """Looks at the body of `:classify` or `:regress`, which TensorFlow Serving does before it looks for the model.

    Raises:
        RequestError: There is no list of examples that are objects.
    """
    examples = document.get("examples")
    if "examples" not in document:
        raise RequestError(f"When method is {method}, key 'examples' is expected and was not found")
    if not isinstance(examples, list):
        raise RequestError(f"Expecting 'examples' value to be an list/array, but it is {quote(examples)}")
    if not examples:
        raise RequestError("'examples' value is an empty array")
    for example in examples:
        if not isinstance(example, dict):
            raise RequestError(f"Example must be JSON object but got {quote(example)}")


def refuse_method(servable: Servable, signature: str, method: str) -> None:
    """Says that a model cannot classify or regress.

    Args:
        servable: The model.
        signature: The signature asked for, `""` for the default.
        method: `"classify"` or `"regress"`.

    Raises:
        RequestError: Always.
    """
    wanted = signature or DEFAULT_SIGNATURE
    if wanted not in servable.definitions:
        raise RequestError(f"No signature was found with the name: {wanted[:80]}")
    raise RequestError(
        f"Expected {_KINDS[method]} signature method_name to be tensorflow/serving/{method}. "
        f"Was: {servable.definitions[wanted].method_name}: use predict"
    )


def refuse_multi_inference(servable: Servable, tasks: Any) -> None:
    """Says that a model cannot do several inferences at once.

    Args:
        servable: The model.
        tasks: `InferenceTask` messages.

    Raises:
        RequestError: Always.
    """
    for task in tasks:
        wanted = task.model_spec.signature_name or DEFAULT_SIGNATURE
        if wanted not in servable.definitions:
            raise RequestError(f"Requested signature not found in model graph: {wanted[:80]}")
        if task.method_name not in ("tensorflow/serving/classify", "tensorflow/serving/regress"):
            raise RequestError(f"Unsupported signature method_name: {task.method_name[:80]}", "UNIMPLEMENTED")
        refuse_method(servable, wanted, task.method_name.rpartition("/")[2])
    raise RequestError("Inference tasks size must be greater than 0")
