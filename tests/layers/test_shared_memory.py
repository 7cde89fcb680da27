"""Several rows of a source share its memory: the same as the memory repeated for each."""

import numpy as np
import pytest
from keras import ops
from layer_checks import assert_close, numbers, random, randomize

from keras_s2s.layers import (
    AttentionDecoder,
    BahdanauAttention,
    CoverageAttention,
    LocalAttention,
    LocationAttention,
    LuongAttention,
    RNNDecoder,
)

ROWS = 3  # of each source
MASK = np.array([[True, True, True, True], [True, True, False, False]])
ATTENTIONS = {
    "additive": lambda: BahdanauAttention(4), "normalized": lambda: BahdanauAttention(4, normalized=True),
    "coverage": lambda: CoverageAttention(4), "location": lambda: LocationAttention(4, filters=2, kernel_size=3),
    "local": lambda: LocalAttention(4, window=2),
    **{score: lambda score=score: LuongAttention(4, score) for score in ("dot", "scaled_dot", "general", "concat")}}


def repeated(memory, rows=ROWS):
    return {name: ops.repeat(value, rows, axis=0) for name, value in memory.items()}


def attention_and_memory(name):
    layer = ATTENTIONS[name]()
    values = random(2, 4, 4)
    layer.build((None, 4), {"values": values.shape})
    randomize(layer)
    return layer, {"values": values, "keys": layer.project_keys(values), "mask": ops.convert_to_tensor(MASK)}


def remembered(layer, memory):
    """What the attention might remember after some steps, different in every row."""
    state = layer.initial_state(repeated(memory)["mask"])
    return {name: ops.abs(random(2 * ROWS, 4, seed=7)) for name in state}


@pytest.mark.parametrize("name", ATTENTIONS)
def test_attention(name):
    layer, memory = attention_and_memory(name)
    query, state = random(2 * ROWS, 4, seed=3), remembered(layer, memory)
    shared = layer(query, memory, state)
    assert_close(shared, layer(query, repeated(memory), state))
    # No two rows of a source look alike, and none looks at padding.
    weights = numbers(shared[1])
    assert weights.shape == (6, 4)
    assert np.abs(np.diff(weights, axis=0)).max(1).min() > 1e-4
    assert not weights[3:, 2:].any()
    assert shared[0].shape == (6, 4)


@pytest.mark.parametrize("name", ATTENTIONS)
def test_override(name):
    """In some rows of a source, others are free."""
    layer, memory = attention_and_memory(name)
    query, state = random(2 * ROWS, 4, seed=3), remembered(layer, memory)
    override = ops.convert_to_tensor(np.eye(4, dtype="float32")[[1, 2, 3, 0, 1, 1]])
    used = ops.convert_to_tensor([True, False, True, False, False, True])
    shared = layer(query, memory, state, override, used)
    assert_close(shared, layer(query, repeated(memory), state, override, used))
    weights, free = numbers(shared[1]), numbers(layer(query, memory, state)[1])
    np.testing.assert_array_equal(weights[[0, 2, 5]], np.eye(4)[[1, 3, 1]])
    np.testing.assert_array_equal(weights[[1, 3, 4]], free[[1, 3, 4]])
    assert_close(shared[0][2], memory["values"][0, 3])


def decoders():
    """Each kind of decoder, with all that it may carry, by name."""
    found = {}
    for attention in ATTENTIONS:
        for attend, feeding in (("after", True), ("before", False)):
            found[f"{attention}, {attend}"] = lambda attention=attention, attend=attend, feeding=feeding: (
                AttentionDecoder(11, 4, ATTENTIONS[attention](), attend=attend, input_feeding=feeding,
                                 embedding_units=5))
    for context, summary in (("initial", "last"), ("every_step", "last"), ("both", "dense"), ("both", "mean")):
        found[f"{context}, {summary}"] = lambda context=context, summary=summary: RNNDecoder(
            11, 4, context, summary, readout="deep", embedding_units=5)
    return found


@pytest.mark.parametrize("kind", decoders())
def test_decoder_steps(kind):
    decoder = decoders()[kind]()
    decoder.build((None, None), {"values": (None, None, 4)})
    randomize(decoder)
    memory = decoder.build_memory(random(2, 4, 4), ops.convert_to_tensor(MASK), {"layer_0": {"hidden": random(2, 4)}})
    copies = repeated(memory)
    cells = {"layer_0": {"hidden": random(2 * ROWS, 4, seed=2)}}
    shared = apart = decoder.initial_state(cells, copies)
    override = ops.convert_to_tensor(np.eye(4, dtype="float32")[[1, 2, 3, 0, 1, 1]])
    used = ops.convert_to_tensor([True, False, True, False, False, True])
    for step, token in enumerate(([2, 2, 2, 2, 2, 2], [4, 5, 6, 7, 8, 9], [3, 5, 9, 10, 4, 5])):
        token = ops.convert_to_tensor(token, "int32")
        given = {"attention_override": override, "use_override": used} if decoder.attends and step == 2 else {}
        logits, shared, weights = decoder.step(token, shared, memory, **given)
        expected, apart, their_weights = decoder.step(token, apart, copies, **given)
        assert_close([logits, shared, weights], [expected, apart, their_weights])
        assert weights.shape == (6, 4)
    seen, expected = (decoder.step(token, shared, each, intermediates=True)[3] for each in (memory, copies))
    for name in seen:
        if seen[name] is not None:
            assert_close(seen[name], expected[name])


# (Not location's: of no rows, TensorFlow's convolution makes no features.)
@pytest.mark.parametrize("kind", ["coverage, after", "dot, before", "concat, after", "local, before", "both, mean"])
def test_without_any_source(kind):
    """An empty batch has no rows, whatever each source would have."""
    decoder = decoders()[kind]()
    decoder.build((None, None), {"values": (None, None, 4)})
    memory = decoder.build_memory(ops.zeros((0, 4, 4)), ops.zeros((0, 4), "bool"), {
        "layer_0": {"hidden": ops.zeros((0, 4))}})
    state = decoder.initial_state({"layer_0": {"hidden": ops.zeros((0, 4))}}, memory)
    logits, _, weights = decoder.step(ops.zeros((0,), "int32"), state, memory)
    assert logits.shape == (0, 11)
    assert weights.shape == (0, 4)
