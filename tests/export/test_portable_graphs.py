"""Graphs that leave the machine hold no operation that another place lacks, wherever they were traced."""

import numpy as np
import pytest
import tensorflow as tf
from tensorflow.core.protobuf.saved_model_pb2 import SavedModel

from keras_s2s.export.browser_graphs import BrowserGraphs
from keras_s2s.export.saved_model import write_saved_model
from tests.export.graph_calls import call, without_trace

# Not in the TF.js converter, or not in its wasm backend.
NOT_IN_BROWSERS = {"Einsum", "ReverseSequence", "StatelessMultinomial", "StringLower", "Bitcast"}


def operations(graph_def):
    """Names of all operations of a graph and its functions."""
    bodies = [graph_def.node, *(function.node_def for function in graph_def.library.function)]
    return {node.op for body in bodies for node in body}


@pytest.fixture
def with_gpu(monkeypatch):
    """Whoever asks TensorFlow for a GPU, hears of one; so does Keras, which then takes cuDNN wherever it can."""
    devices = tf.config.list_logical_devices
    monkeypatch.setattr(tf.config, "list_logical_devices",
                        lambda kind=None: devices("CPU") if kind == "GPU" else devices(kind))


@pytest.mark.parametrize("which", ["tiny", "pieces"])
def test_no_cudnn_in_a_saved_model(which, request, with_gpu, tmp_path):
    translator = request.getfixturevalue(which)
    # Training does take it, or this test would show nothing.
    inputs = {"source": tf.TensorSpec([None, None], tf.int32), "target_input": tf.TensorSpec([None, None], tf.int32)}
    training = tf.function(lambda inputs: translator.model(inputs)).get_concrete_function(inputs)
    assert [name for name in operations(training.graph.as_graph_def()) if "Cudnn" in name]
    write_saved_model(translator, tmp_path / "1")
    model = SavedModel.FromString((tmp_path / "1" / "saved_model.pb").read_bytes())
    found = operations(model.meta_graphs[0].graph_def)
    assert {"While", "StatelessWhile"} & found
    assert not [name for name in found if "Cudnn" in name or name in ("PyFunc", "EagerPyFunc", "PyFuncStateless")]


@pytest.mark.parametrize("which", ["tiny", "pieces"])
def test_what_the_browser_gets(which, request, with_gpu):
    functions = BrowserGraphs(request.getfixturevalue(which)).functions()
    assert set(functions) == {"decode", "encode", "step"}
    for name, function in functions.items():
        found = operations(function.graph.as_graph_def())
        assert not [op for op in found if "Cudnn" in op or op.startswith(("TensorArray", "TensorList"))
                    or op in NOT_IN_BROWSERS], name
        loops = bool({"While", "StatelessWhile"} & found)
        assert loops == (name != "step")  # without a loop, `step` runs synchronously


@pytest.mark.parametrize("which", ["tiny", "pieces"])
def test_a_loop_over_step_finds_what_decode_finds(which, request):
    translator = request.getfixturevalue(which)
    graphs = BrowserGraphs(translator)
    functions = graphs.functions()
    source, _ = translator.graph.encode_source(tf.constant(["the cat", "3 dogs sat", ""]))
    decoded = call(functions["decode"], source=source)
    encoded = call(functions["encode"], source=source)
    assert without_trace(encoded).keys() == {*graphs.memory_names, *graphs.state_names}
    assert encoded["memory.mask"].dtype == bool
    memory = {name: encoded[name] for name in graphs.memory_names}
    memory |= {"attention_override": np.zeros(source.shape, "float32"), "use_override": np.zeros(3, bool)}
    state = {name: encoded[name] for name in graphs.state_names}
    token = np.full(3, 2, "int32")
    for index in range(decoded["ids"].shape[1]):
        answer = call(functions["step"], token=token, **state, **memory)
        token = answer["next_token"]
        state = {name: answer[name] for name in graphs.state_names}
        written = decoded["ids"][:, index] > 0
        np.testing.assert_array_equal(token[written], decoded["ids"][written, index])
        np.testing.assert_allclose(answer["token_log_prob"][written], decoded["token_log_probs"][written, index],
                                   atol=1e-5)
        np.testing.assert_allclose(answer["weights"][written], decoded["attention"][written, index], atol=1e-5)
        chosen = np.take_along_axis(answer["log_probs"], token[:, None], axis=1)[:, 0]
        np.testing.assert_allclose(answer["token_log_prob"], chosen, atol=1e-6)
        np.testing.assert_allclose(np.exp(answer["log_probs"]).sum(1), 1.0, atol=1e-5)
    assert decoded["ids"].shape[1] > 5


def test_the_attention_can_be_overridden(tiny):
    functions = BrowserGraphs(tiny).functions()
    source, _ = tiny.graph.encode_source(tf.constant(["cat", "dog"]))
    encoded = without_trace(call(functions["encode"], source=source))
    override = np.zeros((2, 4), "float32")
    override[:, 1] = 1.0
    plain, forced = (call(functions["step"], token=np.array([2, 2], "int32"), attention_override=override,
                          use_override=np.array([use, False]), **encoded) for use in (False, True))
    np.testing.assert_array_equal(forced["weights"][0], [0, 1, 0, 0])
    assert not np.allclose(plain["log_probs"][0], forced["log_probs"][0], atol=1e-3)
    for name in plain:
        np.testing.assert_allclose(plain[name][1], forced[name][1], atol=1e-6)
