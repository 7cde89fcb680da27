"""The browser bundle. The one file that knows the TF.js converter."""

import contextlib
import hashlib
import importlib.util
import json
import os
import sys
import tempfile
from pathlib import Path

import tensorflow as tf

from keras_s2s.errors import UserError
from keras_s2s.export.browser_check import check_bundle
from keras_s2s.export.browser_graphs import BrowserGraphs
from keras_s2s.export.browser_trace import trace_description
from keras_s2s.export.compact_graph import compact_graph
from keras_s2s.export.converted_graph import read_converted_graph
from keras_s2s.export.site import copy_page, title, write_model_list
from keras_s2s.export.stored_weights import StoredWeights
from keras_s2s.files import directory_written_atomically
from keras_s2s.ids import END_ID, PADDING_ID, START_ID, UNKNOWN_ID
from keras_s2s.noise import noise_held_back
from keras_s2s.quantization import Quantization

FORMAT_VERSION = 2
RUNTIME_TOKENIZERS = ("character", "word", "sentencepiece")
"""The types that the runtime has, too."""


def export_tfjs(translator, directory, quantize="float16"):
    """Writes a folder that any static host serves: the page, the runtime and `model/`.

    `model/` holds three graphs (`decode`, the whole loop; `encode` and `step`, for a loop in JavaScript), whose
    weights are stored once, the tokenizers, the configuration and a manifest with sizes and sha256. It is run in Node
    before the folder takes its place, see `check_bundle`.

    Args:
        translator: a `Translator`.
        directory: the folder. It is written anew if it holds an earlier export.
        quantize: `"none"`, `"float16"` or `"uint8"`: what the weights are rounded to, see `Quantization`. The browser
            computes in float32 from these numbers. Defaults to `"float16"`.

    Returns:
        its path.

    Raises:
        UserError: where the converter is not installed, the model is none that the browser can run, its answers differ
            there, or `directory` holds something else.
    """
    directory = Path(directory)
    if directory.exists() and (not directory.is_dir() or
                               (any(directory.iterdir()) and not (directory / "model" / "manifest.json").exists())):
        raise UserError(f"the folder {directory} exists and is no browser bundle",
                        "expected a new or empty folder, or an earlier export", "choose another folder")
    with directory_written_atomically(directory) as temporary:
        copy_page(temporary)
        write_model_list(temporary, [{"name": translator.name, "path": "model/", "title": title(translator.name)}])
        write_bundle(translator, temporary / "model", quantize)
    return directory


def write_bundle(translator, path, quantize="float16"):
    """Writes `model/` itself to a path; see `export_tfjs`."""
    _check_tokenizers(translator)
    quantization = Quantization(translator, quantize)
    translator = quantization.translator
    path.mkdir(parents=True, exist_ok=True)
    module, stored = BrowserGraphs(translator), StoredWeights(quantization.lanes)
    converted = _convert(module)
    places: dict[str, dict] = {name: {} for name in converted}
    for name, spec, data in sorted(((name, *weight) for name, one in converted.items() for weight in one["weights"]),
                                   key=lambda given: -len(given[2])):
        places[name][spec["name"]] = stored.add(spec, data)
    graphs = {name: {"format": "graph-model", "modelTopology": one["topology"], "signature": one["signature"],
                     "weights": [places[name][spec["name"]] for spec, _ in one["weights"]]}
              for name, one in converted.items()}
    files = {"config.json": _json(bundle_config(translator, module)),
             "tokenizer.json": _json({"format_version": FORMAT_VERSION, "source": translator.source.to_json(),
                                      "target": translator.target.to_json()}),
             "weights.bin": bytes(stored.blob), **{f"{name}.json": _json(graph) for name, graph in graphs.items()}}
    for name, data in files.items():
        (path / name).write_bytes(data)
    manifest = {"format_version": FORMAT_VERSION, "name": translator.name, "weights": quantization.weights,
                "parameters": translator.parameters, "bytes": sum(map(len, files.values())),
                "files": {name: {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
                          for name, data in files.items()}}
    (path / "manifest.json").write_bytes(_json(manifest))
    check_bundle(translator, path)


def bundle_config(translator, graphs):
    """What the runtime has to know, as JSON types."""
    return {"format_version": FORMAT_VERSION, "name": translator.name, "kind": "text",
            "description": translator.description, "examples": translator.examples,
            "max_source_tokens": translator.max_source_tokens, "target_length": translator.target_length,
            "padding_id": PADDING_ID, "unknown_id": UNKNOWN_ID, "start_id": START_ID, "end_id": END_ID,
            "memory": graphs.memory_names, "state": graphs.state_names,
            "source_vocabulary_size": translator.source.vocabulary_size(),
            "target_vocabulary_size": translator.target.vocabulary_size(), "parameters": translator.parameters,
            "trace": trace_description(translator.model)}


def _check_tokenizers(translator):
    """Refuses a translator whose input or output the runtime could not read or write."""
    for side in ("source", "target"):
        kind = getattr(getattr(translator, side), "type_name", None)
        if kind not in RUNTIME_TOKENIZERS:
            raise UserError(f"the model {translator.name} has no {side} tokenizer that the browser's runtime knows"
                            f"{f', but one of the type {kind!r}' if kind else ''}",
                            f"expected text on both sides, and the tokenizers {', '.join(RUNTIME_TOKENIZERS)}",
                            "serve the model instead: keras-s2s export MODEL --saved-model DIR")


def _convert(module):
    """`{graph: {"topology", "signature", "weights": [(spec, bytes)]}}` of the three graphs."""
    with tempfile.TemporaryDirectory() as temporary:
        return {name: compact_graph(convert_graph(module, function, os.path.join(temporary, name)))
                for name, function in module.functions().items()}


def convert_graph(module, function, out):
    """Writes a graph as the converter makes it to the folder `out`; returns it mended, see `read_converted_graph`.

    Args:
        module: the `BrowserGraphs`.
        function: one of its functions.
        out: path of a new folder.
    """
    converter = _converter()
    with tempfile.TemporaryDirectory() as saved:
        # Each graph gets a SavedModel of its own: several in one share a control dependency that asks for the inputs
        # of all, and one with lookup tables does not convert.
        tf.saved_model.save(module, saved, signatures={"serving_default": function})
        with _quiet():
            converter.convert_tf_saved_model(
                saved, os.fspath(out), signature_def="serving_default", saved_model_tags="serve",
                control_flow_v2=True, weight_shard_size_bytes=1 << 30,
                skip_op_check=True)  # the runtime's own list decides
    return read_converted_graph(out, function)


def _converter():
    """The converter's module, imported so that it neither prints nor fails where it need not."""
    os.environ.setdefault("TFDF_DISABLE_WELCOME_MESSAGE", "1")
    if importlib.util.find_spec("tensorflowjs") is None:
        raise UserError("the TF.js converter is not installed",
                        "expected the extra 'tfjs', which exists for Python 3.11 and 3.12 on x86-64 Linux and macOS",
                        "pip install 'keras-s2s[tfjs]'")
    with _quiet():
        from tensorflowjs.converters import tf_saved_model_conversion_v2
    return tf_saved_model_conversion_v2


@contextlib.contextmanager
def _quiet():
    """Keeps what the converter prints off standard output, where results belong, and shows it only where it fails."""
    with noise_held_back(), contextlib.redirect_stdout(sys.stderr):
        yield


def _json(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
