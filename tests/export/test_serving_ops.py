"""Exports hold only what TensorFlow Serving links."""

import numpy as np
import pytest
import tensorflow as tf
from tensorflow.core.protobuf.saved_model_pb2 import SavedModel
from tensorflow.python.framework import op_def_registry

from keras_s2s.errors import UserError
from keras_s2s.export.serving_ops import TENSORFLOW_TEXT_OPS, check_ops


def graph_of(function, *specs):
    """The `GraphDef` of a traced function, its library included."""
    return tf.function(function).get_concrete_function(*specs).graph.as_graph_def()


TEXT = tf.TensorSpec([None], tf.string)
NUMBERS = tf.TensorSpec([None], tf.float32)


@pytest.mark.parametrize("which", ["tiny", "pieces", "rounded"])
def test_exports_pass(which, exported):
    model = SavedModel.FromString((exported[which] / "saved_model.pb").read_bytes())
    (meta_graph,) = model.meta_graphs
    assert len(meta_graph.graph_def.library.function) > 5
    check_ops(meta_graph.graph_def)


@pytest.mark.parametrize("function, op", [
    (lambda x: tf.py_function(np.square, [x], tf.float32), "EagerPyFunc"),
    (lambda x: tf.numpy_function(np.square, [x], tf.float32), "PyFunc"),
    (lambda x: tf.numpy_function(np.square, [x], tf.float32, stateful=False), "PyFuncStateless")])
def test_python_in_the_graph(function, op):
    with pytest.raises(UserError, match=rf"the op {op} \(node {op}\)") as caught:
        check_ops(graph_of(function, NUMBERS))
    assert "tensorflow-text" in caught.value.expected
    assert "py_function" in caught.value.fix


def test_python_in_a_function_of_the_graph():
    @tf.function
    def hidden(x):
        return tf.py_function(np.square, [x], tf.float32)

    with pytest.raises(UserError, match=r"EagerPyFunc \(node EagerPyFunc, function __inference_hidden_\d+\)"):
        check_ops(graph_of(lambda x: hidden(x) + 1.0, NUMBERS))


def test_what_only_a_gpu_runs():
    graph = tf.compat.v1.GraphDef()
    graph.node.add(name="recurrence", op="CudnnRNNV3")
    with pytest.raises(UserError, match=r"CudnnRNNV3 \(node recurrence\)"):
        check_ops(graph)


@pytest.mark.parametrize("op", ["XlaDot", "Unheard"])
def test_what_another_library_registers(op):
    graph = tf.compat.v1.GraphDef()
    graph.node.add(name="one", op=op)
    with pytest.raises(UserError, match=f"the op {op}"):
        check_ops(graph)
    graph.library.function.add().signature.name = op  # but a function of the graph can be called by its name
    check_ops(graph)


def test_tensorflow_text_has_these_ops():
    import tensorflow_text  # registers them

    assert tensorflow_text.__version__
    assert [op for op in sorted(TENSORFLOW_TEXT_OPS) if op_def_registry.get(op) is None] == []
    check_ops(graph_of(lambda text: tensorflow_text.normalize_utf8(text, "NFKC"), TEXT))


def test_a_refused_export_leaves_nothing(tiny, tmp_path, monkeypatch):
    translate = type(tiny.graph).translate

    def in_python(self, text):
        answer = translate(self, text)
        score = tf.py_function(lambda score: score, [answer["score"]], tf.float32)
        return {**answer, "score": tf.ensure_shape(score, [None])}

    monkeypatch.setattr(type(tiny.graph), "translate", in_python)
    with pytest.raises(UserError, match="EagerPyFunc"):
        tiny.export_saved_model(tmp_path)
    assert list((tmp_path / "tiny").iterdir()) == []
