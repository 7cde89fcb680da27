"""One loaded SavedModel."""

import contextlib
import os
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from keras_s2s.errors import UserError
from keras_s2s.serving.request_error import RequestError
from keras_s2s.serving.temporary_load_error import TemporaryLoadError, may_pass
from keras_s2s.serving.tensor_spec import TensorSpec

DEFAULT_SIGNATURE = "serving_default"
_PREDICT_METHOD = "tensorflow/serving/predict"


class Servable:
    """A SavedModel that answers: arrays in, arrays out, and what it says about itself.

    Args:
        name: The name it is served under.
        version: Its version, a positive whole number.
        path: The folder that holds `saved_model.pb`.

    Raises:
        UserError: The folder holds no SavedModel that this TensorFlow can load.
        TemporaryLoadError: It could not be loaded now.
    """

    def __init__(self, name: str, version: int, path: Path):
        # A symbolic link may be set to another folder in between: graph and weights are read from one.
        self.name, self.version, self.path = name, version, Path(path).resolve()
        definitions = self._read_signatures()
        self._functions = self._load()
        self.metadata = {key: _signature_json(definition) for key, definition in sorted(definitions.items())}
        self.inputs: dict[str, dict[str, TensorSpec]] = {
            key: _specs(definition)
            for key, definition in definitions.items()
            if definition.method_name == _PREDICT_METHOD and key in self._functions
        }
        self.definitions = definitions
        self._batched = {key: _is_batched(definitions[key]) for key in self.inputs}
        self._splits = {key: self._batched[key] and _has_fixed_rows(definitions[key]) for key in self.inputs}
        # The first call of a signature traces it; two at once would do that twice.
        self._first_call = {key: threading.Lock() for key in self.inputs}
        self._called: set[str] = set()

    def _read_signatures(self) -> Any:
        from google.protobuf.message import DecodeError
        from tensorflow.core.protobuf import saved_model_pb2

        saved_model = saved_model_pb2.SavedModel()
        try:
            saved_model.ParseFromString((self.path / "saved_model.pb").read_bytes())
        except (OSError, DecodeError, MemoryError) as error:
            raise self._unreadable(error) from None
        for graph in saved_model.meta_graphs:
            if "serve" in graph.meta_info_def.tags:
                return graph.signature_def
        raise self._unreadable("it has no graph tagged 'serve'")

    def _load(self) -> Any:
        os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
        import tensorflow as tf

        # Importing registers the ops that tokenize inside the graph. Windows has no wheel, but there a model
        # without such ops loads all the same.
        with contextlib.suppress(ImportError):
            import tensorflow_text  # noqa: F401
        try:
            self._model = tf.saved_model.load(str(self.path))  # the functions die with their model: keep it
        except Exception as error:
            raise self._unreadable(error) from None
        return self._model.signatures

    def _unreadable(self, why: Exception | str) -> UserError:
        reason = (str(why) or type(why).__name__).splitlines()[0]
        return (TemporaryLoadError if may_pass(why) else UserError)(
            f"{self.path} cannot be loaded as a SavedModel: {reason[:300]}",
            "expected a folder with an intact saved_model.pb and variables/",
            "export the model again: keras-s2s export MODEL --saved-model DIR",
        )

    def signature(self, signature: str | None) -> str:
        """The signature to use: the given one, or `serving_default`.

        Raises:
            RequestError: The model has no such signature.
        """
        wanted = signature or DEFAULT_SIGNATURE
        if wanted not in self.inputs:
            raise RequestError(
                f'Serving signature name: "{wanted[:80]}" not found in signature def; '
                f"this model has {', '.join(sorted(self.inputs))}"
            )
        return wanted

    def batches(self, signature: str) -> bool:
        """Whether requests can be joined: every input and output has an open first axis."""
        return self._batched[signature]

    def splits(self, signature: str) -> bool:
        """Whether answers can be joined, too: but for the first axis all outputs have a fixed shape."""
        return self._splits[signature]

    def predict(self, signature: str, inputs: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
        """Runs one signature.

        Args:
            signature: One of `self.inputs`.
            inputs: An array for each of its inputs, rows along the first axis; strings as `bytes` objects.

        Returns:
            Its outputs by name, in the order of the signature's names.

        Raises:
            RequestError: The graph refused the values.
        """
        import tensorflow as tf

        tensors = {
            name: tf.constant(inputs[name], dtype=tf.as_dtype(spec.dtype))
            for name, spec in self.inputs[signature].items()
        }
        try:
            if signature in self._called:
                outputs = self._functions[signature](**tensors)
            else:
                with self._first_call[signature]:
                    outputs = self._functions[signature](**tensors)
                self._called.add(signature)
        except tf.errors.OpError as error:
            raise RequestError(_what_the_graph_said(error.message), _code(error)) from None
        return {name: array_of(outputs[name]) for name in sorted(outputs)}


def array_of(tensor: Any) -> np.ndarray:
    """A tensor's values; TensorFlow gives those of a scalar without an array around them."""
    values = tensor.numpy()
    return np.array(values, dtype=object) if isinstance(values, bytes) else np.asarray(values)


def _what_the_graph_said(message: str) -> str:
    """The line that tells the reason: before it stands the Python stack of the export, after it the node."""
    reason = message.partition("[[{{")[0].strip() or message.strip()
    return (reason.splitlines() or ["the graph refused the values"])[-1][:500]


def _code(error: Any) -> str:
    """The canonical code of an error of the graph."""
    from tensorflow.core.protobuf import error_codes_pb2

    return error_codes_pb2.Code.Name(error.error_code)


def _is_batched(definition: Any) -> bool:
    """Whether every input and output has an axis, the first of any size; an output's may be unknown altogether."""
    inputs, outputs = definition.inputs.values(), definition.outputs.values()
    shapes = [info.tensor_shape for info in (*inputs, *outputs)]
    if not inputs or any(info.tensor_shape.unknown_rank for info in inputs):
        return False
    return all(shape.unknown_rank or (shape.dim and shape.dim[0].size < 0) for shape in shapes)


def _has_fixed_rows(definition: Any) -> bool:
    shapes = [info.tensor_shape for info in definition.outputs.values()]
    return all(not shape.unknown_rank and all(axis.size >= 0 for axis in shape.dim[1:]) for shape in shapes)


def _specs(definition: Any) -> dict[str, TensorSpec]:
    import tensorflow as tf

    specs = {}
    for name, info in sorted(definition.inputs.items()):
        sizes = tuple(None if size.size < 0 else size.size for size in info.tensor_shape.dim)
        shape = None if info.tensor_shape.unknown_rank else sizes
        specs[name] = TensorSpec(name, tf.as_dtype(info.dtype).name, shape)
    return specs


def _signature_json(definition: Any) -> dict[str, Any]:
    """A signature as TensorFlow Serving prints it: every field, 64-bit numbers as strings."""
    return {
        "inputs": {name: _tensor_json(info) for name, info in sorted(definition.inputs.items())},
        "outputs": {name: _tensor_json(info) for name, info in sorted(definition.outputs.items())},
        "method_name": definition.method_name,
        "defaults": {},
    }


def _tensor_json(info: Any) -> dict[str, Any]:
    from tensorflow.core.framework import types_pb2

    dimensions = [{"size": str(size.size), "name": size.name} for size in info.tensor_shape.dim]
    return {
        "dtype": types_pb2.DataType.Name(info.dtype),
        "tensor_shape": {"dim": dimensions, "unknown_rank": info.tensor_shape.unknown_rank},
        "name": info.name,
    }
