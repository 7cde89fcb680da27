"""The decoder with attention: whole sequences equal steps, whatever is fed back."""

import itertools

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
)

TARGET = np.array([[2, 5, 6, 7], [2, 8, 9, 0]])
MASK = ops.convert_to_tensor([[True, True, True], [True, False, False]])
ATTENTIONS = {"plain": lambda: BahdanauAttention(6), "coverage": lambda: CoverageAttention(6),
              "location": lambda: LocationAttention(6, filters=2, kernel_size=3),
              "local": lambda: LocalAttention(6, window=2), "general": lambda: LuongAttention(6)}


def decoder_and_inputs(attention="plain", **options):
    """`(decoder, memory, state)`: what an encoder of width 4 and a bridge would give."""
    decoder = AttentionDecoder(11, 6, ATTENTIONS[attention](), embedding_units=5, **options)
    decoder.build((None, None), {"values": (None, None, 4)})
    randomize(decoder)
    memory = decoder.build_memory(random(2, 3, 4), MASK)
    cells = {layer: {name: random(2, 6, seed=len(name)) for name in decoder.stack.state_names}
             for layer in decoder.stack.layer_names}
    return decoder, memory, decoder.initial_state(cells, memory)


COMBINATIONS = [{"attend": attend, "input_feeding": feeding, "attention": attention, "layers": layers}
                for attend, feeding, attention, layers in itertools.product(
                    ("after", "before"), (False, True), ("plain", "coverage"), (1, 2))]
OTHERS = [
    {"attend": "before", "attention": "location", "cell": "lstm", "readout": "state"},
    {"attend": "after", "attention": "location", "cell": "simple_rnn", "residual": True, "layers": 3},
    {"attend": "after", "attention": "local", "readout": "deep", "layer_normalization": True, "cell": "lstm"},
    {"attend": "before", "attention": "local", "readout": "attention_vector", "layer_normalization": True, "layers": 2},
    {"attend": "before", "attention": "general", "input_feeding": True, "readout": "deep", "residual": True,
     "layers": 2, "cell": "lstm", "tie_output": True, "first_input": "end"}]


@pytest.mark.parametrize("options", COMBINATIONS + OTHERS, ids=lambda options: "-".join(map(str, options.values())))
def test_whole_sequence_equals_steps(options):
    decoder, memory, state = decoder_and_inputs(**options)
    whole = decoder(TARGET, memory, state)
    for time in range(TARGET.shape[1]):
        logits, state, weights = decoder.step(ops.convert_to_tensor(TARGET[:, time]), state, memory)
        assert_close(whole[:, time], logits)
        if options["attention"] != "local":
            np.testing.assert_allclose(numbers(weights).sum(-1), 1.0, rtol=1e-5)
        assert not numbers(weights)[1, 1:].any()  # padding


@pytest.mark.parametrize("attention", ["plain", "coverage", "location"])
@pytest.mark.parametrize("input_feeding", [False, True])
def test_the_state_holds_what_is_carried_and_nothing_else(attention, input_feeding):
    decoder, memory, state = decoder_and_inputs(attention, input_feeding=input_feeding)
    remembered = {"plain": set(), "coverage": {"coverage"}, "location": {"weights"}}[attention]
    expected = {"cells", *remembered, *({"attention_vector"} if input_feeding else ())}
    assert set(state) == expected
    assert not any(numbers(state[name]).any() for name in expected - {"cells"})
    _, new_state, weights, seen = decoder.step(ops.convert_to_tensor([2, 2]), state, memory, intermediates=True)
    assert set(new_state) == expected
    for name in remembered:  # after one step, the sum of the weights and the last weights are the same
        assert_close(new_state[name], weights)
    if input_feeding:
        assert_close(new_state["attention_vector"], seen["attention_vector"])


@pytest.mark.parametrize("attend", ["after", "before"])
def test_input_feeding_reads_the_last_attention_vector(attend):
    decoder, memory, state = decoder_and_inputs(attend=attend, input_feeding=True)
    other = {**state, "attention_vector": state["attention_vector"] + 1.0}
    token = ops.convert_to_tensor([2, 2])
    assert np.all(np.abs(numbers(decoder.step(token, state, memory)[0] - decoder.step(token, other, memory)[0])).max(-1)
                  > 1e-4)


@pytest.mark.parametrize("layers", [1, 2])
@pytest.mark.parametrize("readout", ["attention_vector", "deep"])
@pytest.mark.parametrize("attend", ["after", "before"])
def test_intermediates_belong_to_the_step(attend, readout, layers):
    decoder, memory, state = decoder_and_inputs(attend=attend, readout=readout, layers=layers)
    token = ops.convert_to_tensor([2, 2])
    logits, new_state, weights, seen = decoder.step(token, state, memory, intermediates=True)
    top = f"layer_{layers - 1}"
    before, after = state["cells"][top]["hidden"], new_state["cells"][top]["hidden"]
    assert_close(seen["query"], after if attend == "after" else before)
    assert_close(seen["context"], ops.squeeze(ops.matmul(ops.expand_dims(weights, 1), memory["values"]), 1))
    assert_close(seen["input_embedding"], decoder.embedding(token))
    assert set(seen["gates"]) == set(decoder.stack.layer_names)
    features = [after, seen["context"]] + ([decoder.embedding(token)] if readout == "deep" else [])
    by_hand = ops.tanh(ops.matmul(ops.concatenate(features, axis=-1), decoder.readout.combine.kernel))
    assert_close(seen["attention_vector"], by_hand)
    assert_close(decoder.output_projection(by_hand), logits)


@pytest.mark.parametrize("attend, input_feeding", [("after", False), ("before", True)])
def test_override_steers_the_step(attend, input_feeding):
    decoder, memory, state = decoder_and_inputs("coverage", attend=attend, input_feeding=input_feeding)
    override = ops.convert_to_tensor(np.array([[0, 1, 0], [1, 0, 0]], "float32"))
    token = ops.convert_to_tensor([2, 2])
    used = ops.convert_to_tensor([True, False])
    logits, new_state, weights = decoder.step(token, state, memory, attention_override=override, use_override=used)
    free_logits, _, _ = decoder.step(token, state, memory)
    assert_close([weights[0], new_state["coverage"][0]], [np.array([0, 1, 0], "float32")] * 2)
    assert np.abs(numbers(logits - free_logits)[0]).max() > 1e-4
    assert_close(logits[1], free_logits[1])


@pytest.mark.parametrize("place", ["embeddings", "inputs", "outputs", "recurrent"])
@pytest.mark.parametrize("attend", ["after", "before"])
def test_dropout_in_training_alone(attend, place):
    decoder, memory, state = decoder_and_inputs(attend=attend, layers=2, dropout={place: 0.5})
    still = decoder(TARGET, memory, state)
    assert_close(decoder(TARGET, memory, state), still)
    one, other = (numbers(decoder(TARGET, memory, state, training=True)) for _ in range(2))
    assert np.any(one != numbers(still))
    assert np.any(one != other)


def test_recurrent_dropout_drops_the_same_units_at_all_steps():
    """The logits are the state: h_t = tanh(mask * h_{t-1} + 0.5), where a unit that is dropped stays at tanh(0.5)."""
    decoder = AttentionDecoder(20, 20, BahdanauAttention(3), attend="before", readout="state", cell="simple_rnn",
                               dropout={"recurrent": 0.5})
    decoder.build((None, None), {"values": (None, None, 4)})
    weights = decoder.stack.recurrences[0].rnn.cell
    weights.kernel.assign(np.zeros(weights.kernel.shape))
    weights.recurrent_kernel.assign(np.eye(20))
    weights.bias.assign(np.full(20, 0.5))
    decoder.output_projection.kernel.assign(np.eye(20))
    memory = decoder.build_memory(random(2, 3, 4), MASK)
    state = decoder.initial_state({"layer_0": {"hidden": ops.ones((2, 20))}}, memory)
    dropped = np.isclose(numbers(decoder(TARGET, memory, state, training=True)), np.tanh(0.5))
    assert np.all(dropped == dropped[:, :1])
    assert 5 < dropped[:, 0].sum() < 35
