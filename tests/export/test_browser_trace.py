"""The browser's graphs give all that a trace shows, with the numbers of Python's own trace."""

import numpy as np
import pytest
import tensorflow as tf

from keras_s2s.export.browser_graphs import BrowserGraphs
from keras_s2s.export.browser_trace import trace_description
from keras_s2s.layers import AttentionDecoder, LocalAttention, RNNEncoder
from keras_s2s.model import Seq2Seq
from keras_s2s.translator import Translator
from tests.export.graph_calls import call, without_trace

TEXT = "the cat"


@pytest.fixture(scope="module")
def local(tiny):
    """A model whose attention sees a window of the source, with random weights."""
    sizes = tiny.source.vocabulary_size(), tiny.target.vocabulary_size()
    model = Seq2Seq(RNNEncoder(sizes[0], 4, cell="simple_rnn", layers=2, direction="backward"),
                    AttentionDecoder(sizes[1], 6, LocalAttention(6, window=2), cell="simple_rnn", input_feeding=True))
    model.build()
    chance = np.random.default_rng(3)
    for variable in model.weights:
        variable.assign(chance.normal(0, 0.7, variable.shape))
    return Translator(model, tiny.source, tiny.target)


@pytest.mark.parametrize("which", ["tiny", "pieces", "without_attention", "local"])
def test_every_number_of_a_trace(which, request):
    translator = request.getfixturevalue(which)
    trace = translator.trace("abba" if which == "without_attention" else TEXT, max_length=3)
    graphs = BrowserGraphs(translator)
    functions, described = graphs.functions(), trace_description(translator.model)
    for name in ("attend_order", "context_use", "readout", "cell", "score_formula"):
        assert described[name] == getattr(trace, name), name
    source, _ = translator.graph.encode_source(tf.constant([trace.source["text"]]))
    found = call(functions["encode"], source=source)
    np.testing.assert_allclose(found["trace.embeddings"][0], trace.source_embeddings, atol=1e-6)
    np.testing.assert_allclose(found["trace.values"][0], trace.encoder_states["values"], atol=1e-6)
    states = {name: value[0] for name, value in found.items() if name.startswith("trace.states.")}
    assert len(states) == len(described["directions"]) * len(described["encoder_layers"])
    for direction in described["directions"]:
        for index, layer in enumerate(described["encoder_layers"]):
            np.testing.assert_allclose(states[f"trace.states.{layer}.{direction}"],
                                       trace.encoder_states[direction][index], atol=1e-6)
    memory = {name: found[name] for name in graphs.memory_names}
    state = {name: found[name] for name in graphs.state_names}
    unchanged = {"attention_override": np.zeros(source.shape, "float32"), "use_override": np.zeros(1, bool)}
    token = np.array([2], "int32")
    for step in trace.steps:
        answer = call(functions["step"], token=token, **unchanged, **memory, **state)
        for name in ("input_embedding", "query", "scores", "context", "attention_vector"):
            expected = getattr(step, name)
            assert (expected is None) == (f"trace.{name}" not in answer)
            if expected is not None:
                np.testing.assert_allclose(answer[f"trace.{name}"][0], expected, atol=1e-5)
        gates = {name for name in answer if name.startswith("trace.gates.")}
        assert gates == {f"trace.gates.{layer}.{gate}" for layer in described["layers"]
                         for gate in described["gates"] or ()}
        for index, layer in enumerate(described["layers"]):
            for gate in described["gates"] or ():
                np.testing.assert_allclose(answer[f"trace.gates.{layer}.{gate}"][0], step.gates[index][gate], atol=1e-5)
        token = answer["next_token"]
        state = {name: answer[name] for name in graphs.state_names}


def test_muted_positions_leave_the_window_where_it_is(local):
    """Local attention counts the source's items, those that are muted, too: `mask` changes and `read` does not."""
    graphs = BrowserGraphs(local)
    functions = graphs.functions()
    source, _ = local.graph.encode_source(tf.constant([TEXT]))
    given = without_trace(call(functions["encode"], source=source))
    assert "memory.read" in graphs.memory_names
    given |= {"token": np.array([2], "int32"), "attention_override": np.zeros(source.shape, "float32"),
              "use_override": np.zeros(1, bool)}
    position = int(local.trace(TEXT, max_length=1).weights[0].argmax())
    given["memory.mask"][0, position] = False
    weights = call(functions["step"], **given)["weights"][0]
    np.testing.assert_allclose(weights, local.intervene(TEXT, mute=position, max_length=1).after.weights[0], atol=1e-6)
    given["memory.read"] = given["memory.mask"]
    assert not np.allclose(call(functions["step"], **given)["weights"][0], weights, atol=1e-3)


def test_other_attentions_need_no_second_mask(tiny):
    assert "memory.read" not in BrowserGraphs(tiny).memory_names
