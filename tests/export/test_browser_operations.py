"""What the runtime could not run is refused when the bundle is written."""

import pytest
import tensorflow as tf

from keras_s2s.errors import UserError
from keras_s2s.export import tfjs
from keras_s2s.export.browser_operations import browser_operations, check_operations


def test_a_graph_of_known_operations_passes():
    assert {"MatMul", "StatelessWhile", "Const", "Placeholder"} <= browser_operations()
    assert not {"Einsum", "CudnnRNNV3", "TensorListReserve", "PyFunc"} & browser_operations()
    check_operations({"node": [{"name": "x", "op": "Placeholder"}], "library": {"function": [
        {"nodeDef": [{"name": "y", "op": "Tanh"}]}, {}]}})


@pytest.mark.parametrize("topology", [
    {"node": [{"name": "strange", "op": "Betainc"}]},
    {"node": [], "library": {"function": [{"nodeDef": [{"name": "strange", "op": "Betainc"}]}]}}])
def test_an_unknown_operation_is_named(topology):
    with pytest.raises(UserError, match=r"operation Betainc \(node strange\)"):
        check_operations(topology)


def test_a_model_with_an_unknown_operation_leaves_nothing_behind(tiny, tmp_path, monkeypatch):
    class Strange(tfjs.BrowserGraphs):
        def functions(self):
            function = tf.function(lambda x: {"y": tf.math.betainc(x, x, x)})
            return {"step": function.get_concrete_function(x=tf.TensorSpec([None], tf.float32, name="x"))}

    monkeypatch.setattr(tfjs, "BrowserGraphs", Strange)
    with pytest.raises(UserError, match="operation Betainc"):
        tiny.export_tfjs(tmp_path / "page")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("tokenizer", [None, object()])
def test_a_model_without_text_is_refused(tiny, tmp_path, monkeypatch, tokenizer):
    monkeypatch.setattr(tiny, "source", tokenizer)
    with pytest.raises(UserError, match="The model tiny has no source tokenizer that the browser's runtime knows"):
        tiny.export_tfjs(tmp_path / "page")
    assert list(tmp_path.iterdir()) == []
