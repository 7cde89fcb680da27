"""The SavedModel for TF Serving."""

from pathlib import Path

import numpy as np
import tensorflow as tf
from tensorflow.core.protobuf.saved_model_pb2 import SavedModel

from keras_s2s.export.serving_ops import check_ops
from keras_s2s.export.warm_up import write_warm_up
from keras_s2s.files import directory_written_atomically
from keras_s2s.graph import TranslationGraph
from keras_s2s.weights import saved_variables


def export_saved_model(translator, directory, name=None):
    """Writes `DIRECTORY/NAME/<next integer>/`: `serving_default`, `explain`, `nbest`, `prefix`, `score`.

    It needs TensorFlow and tensorflow-text to run, not keras_s2s, and no GPU: the encoder's and the search's loops
    are plain ones. A model of float16 weights is stored as such and computes in float32. With it go requests from the
    model's examples, which TensorFlow Serving answers when it loads the model: see `write_warm_up`.

    Args:
        translator: a `Translator`.
        directory: where TF Serving looks for models.
        name: the model's name there. Defaults to the translator's.

    Returns:
        the path of the version directory.

    Raises:
        UserError: where the graph holds an op that TensorFlow Serving lacks.
    """
    base = Path(directory) / (name or translator.name)
    versions = [int(child.name) for child in base.iterdir() if child.name.isdecimal()] if base.is_dir() else []
    path = base / str(max(versions, default=0) + 1)
    with directory_written_atomically(path) as temporary:
        write_saved_model(translator, temporary, base.name)
    return path


def write_saved_model(translator, path, name=None):
    """Writes the SavedModel itself to a path; `name` is the model's name in the warm-up requests."""
    weights = [tf.Variable(np.asarray(variable, dtype=translator.weights_dtype), trainable=False)
               for variable in saved_variables(translator.model)]
    graph = TranslationGraph(translator.model, translator.source, translator.target, translator.max_source_tokens,
                             translator.target_length, weights=weights)
    texts = {name: tf.TensorSpec([None], tf.string, name=name)
             for name in ("text", "source", "target", "target_prefix")}
    beam_size = tf.TensorSpec([None], tf.int32, name="beam_size")
    signatures = {
        "serving_default": tf.function(graph.translate, input_signature=[texts["text"]]),
        "explain": tf.function(graph.explain, input_signature=[texts["text"]]),
        "nbest": tf.function(graph.nbest, input_signature=[texts["text"], beam_size]),
        "prefix": tf.function(graph.begin_with, input_signature=[texts["text"], texts["target_prefix"]]),
        "score": tf.function(graph.score, input_signature=[texts["source"], texts["target"]])}
    functions = {signature: function.get_concrete_function() for signature, function in signatures.items()}
    tf.saved_model.save(graph, str(path), signatures=functions)
    for meta_graph in SavedModel.FromString(Path(path, "saved_model.pb").read_bytes()).meta_graphs:
        check_ops(meta_graph.graph_def)
    write_warm_up(path, functions, name or translator.name, translator.examples, translator.max_source_tokens)
