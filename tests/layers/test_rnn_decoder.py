"""The decoder without attention: whole sequences equal steps, and the context enters where it should."""

import numpy as np
import pytest
from keras import ops
from layer_checks import assert_close, numbers, random, randomize

from keras_s2s.layers import RNNDecoder

TARGET = np.array([[2, 5, 6, 7], [2, 8, 9, 0]])
MASK = ops.convert_to_tensor([[True, True, True], [True, False, False]])
USES = [("initial", "last"), *((context, summary) for context in ("every_step", "both")
                               for summary in ("last", "dense", "mean"))]


def decoder_of(**options):
    decoder = RNNDecoder(11, 6, embedding_units=5, **options)
    decoder.build((None, None), {"values": (None, None, 4)})
    return randomize(decoder)


def read(decoder, seed=0):
    """`(memory, state)` of a source: what an encoder and a bridge would give."""
    values = random(2, 3, 4, seed=seed) * ops.cast(ops.expand_dims(MASK, -1), "float32")
    final = {"layer_0": {"hidden": random(2, 4, seed=seed + 8)}, "layer_1": {"hidden": random(2, 4, seed=seed + 9)}}
    memory = decoder.build_memory(values, MASK, final)
    cells = {layer: {name: random(2, 6, seed=len(name)) for name in decoder.stack.state_names}
             for layer in decoder.stack.layer_names}
    return memory, decoder.initial_state(cells, memory)


@pytest.mark.parametrize("options", [
    *({"context": context, "summary": summary} for context, summary in USES),
    {"context": "both", "cell": "lstm", "layers": 2, "residual": True, "readout": "deep"},
    {"context": "both", "cell": "simple_rnn", "layers": 2, "layer_normalization": True},
    {"cell": "lstm", "readout": "deep", "tie_output": True, "first_input": "end"}], ids=str)
def test_whole_sequence_equals_steps(options):
    decoder = decoder_of(**options)
    memory, state = read(decoder)
    whole = decoder(TARGET, memory, state)
    for time in range(TARGET.shape[1]):
        logits, state, weights = decoder.step(ops.convert_to_tensor(TARGET[:, time]), state, memory)
        assert_close(whole[:, time], logits)
        assert not numbers(weights).any()
        assert weights.shape == (2, 3)


@pytest.mark.parametrize("context, summary", USES)
def test_the_context_enters_at_every_step_or_through_the_state_alone(context, summary):
    decoder = decoder_of(context=context, summary=summary)
    memory, state = read(decoder)
    other_memory, _ = read(decoder, seed=1)
    difference = np.abs(numbers(decoder(TARGET, memory, state) - decoder(TARGET, other_memory, state))).max(axis=-1)
    if context == "initial":
        assert set(memory) == {"mask"}
        assert not difference.any()
    else:
        assert np.all(difference > 1e-4)
    other_state = {"cells": {"layer_0": {"hidden": state["cells"]["layer_0"]["hidden"] + 1.0}}}
    difference = np.abs(numbers(decoder(TARGET, memory, state) - decoder(TARGET, memory, other_state))).max(axis=-1)
    assert np.all(difference > 1e-6)


def test_the_context_is_read_at_each_step_anew():
    """A context that changes after the first step changes the second, the state being the same."""
    decoder = decoder_of(context="every_step")
    memory, state = read(decoder)
    other, _ = read(decoder, seed=1)
    token = ops.convert_to_tensor([5, 6])
    _, state, _ = decoder.step(token, state, memory)
    assert np.abs(numbers(decoder.step(token, state, memory)[0] - decoder.step(token, state, other)[0])).max() > 1e-4


def test_summaries_by_hand():
    """The encoder's top state; its transformation; that of the mean of the real outputs."""
    final = {f"layer_{index}": {"hidden": ops.convert_to_tensor([[value]])} for index, value in enumerate([9.0, 2.0])}
    values, mask = ops.convert_to_tensor([[[1.0], [0.5], [0.0]]]), ops.convert_to_tensor([[True, True, False]])
    expected = {"last": 2.0, "dense": np.tanh(0.6 * 2.0 + 0.1), "mean": np.tanh(0.6 * 0.75 + 0.1)}
    for summary, context in expected.items():
        decoder = RNNDecoder(11, 1, context="both", summary=summary)
        decoder.build((None, None), {"values": (None, None, 1)})
        if summary != "last":
            decoder.context_projection.kernel.assign([[0.6]])
            decoder.context_projection.bias.assign([0.1])
        assert_close(decoder.build_memory(values, mask, final)["context"], np.array([[context]], "float32"))


def test_intermediates_belong_to_the_step():
    decoder = decoder_of(context="both", readout="deep")
    memory, state = read(decoder)
    token = ops.convert_to_tensor([2, 5])
    logits, new_state, _, seen = decoder.step(token, state, memory, intermediates=True)
    hidden = new_state["cells"]["layer_0"]["hidden"]
    features = ops.concatenate([hidden, memory["context"], decoder.embedding(token)], axis=-1)
    assert_close(seen["attention_vector"], ops.tanh(ops.matmul(features, decoder.readout.combine.kernel)))
    assert_close(decoder.output_projection(seen["attention_vector"]), logits)
    assert seen["query"] is None and seen["scores"] is None


def test_dropout_in_training_alone():
    rates = {"embeddings": 0.5, "inputs": 0.5, "outputs": 0.5, "recurrent": 0.5}
    for place in rates:
        decoder = decoder_of(context="both", layers=2, dropout={place: 0.5})
        memory, state = read(decoder)
        still = decoder(TARGET, memory, state)
        assert_close(decoder(TARGET, memory, state), still)
        assert np.any(numbers(decoder(TARGET, memory, state, training=True)) != numbers(still)), place
