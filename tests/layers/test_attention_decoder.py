"""The decoder: the training path equals the step path, in both attend orders."""

import keras
import numpy as np
import pytest
from keras import ops

from keras_s2s.layers import AttentionDecoder, BahdanauAttention, LuongAttention

RANDOM = np.random.default_rng(0)
TARGET = np.array([[2, 5, 6, 7], [2, 8, 9, 0]])


def _decoder_and_inputs(attend, cell, attention, readout=None):
    decoder = AttentionDecoder(11, 6, attention(6), attend=attend, cell=cell, embedding_units=5, readout=readout)
    values = ops.convert_to_tensor(RANDOM.normal(size=(2, 3, 4)).astype("float32"))
    decoder.build((None, None), {"values": (None, None, 4)})
    memory = decoder.build_memory(values, ops.convert_to_tensor([[True, True, True], [True, False, False]]))
    state = decoder.initial_state({name: ops.convert_to_tensor(RANDOM.normal(size=(2, 6)).astype("float32"))
                                   for name in decoder.recurrence.state_names})
    return decoder, memory, state


@pytest.mark.parametrize("attention", [BahdanauAttention, LuongAttention])
@pytest.mark.parametrize("cell", ["gru", "lstm"])
@pytest.mark.parametrize("attend", ["after", "before"])
def test_training_path_equals_step_path(attend, cell, attention):
    decoder, memory, state = _decoder_and_inputs(attend, cell, attention)
    whole = decoder(TARGET, memory, state)
    for time in range(TARGET.shape[1]):
        logits, state, weights = decoder.step(ops.convert_to_tensor(TARGET[:, time]), state, memory)
        np.testing.assert_allclose(whole[:, time], logits, atol=1e-5)
        np.testing.assert_allclose(ops.sum(weights, axis=-1), [1.0, 1.0], atol=1e-6)
        assert float(weights[1, 0]) == 1.0  # the only real position of the second source


@pytest.mark.parametrize("attend", ["after", "before"])
@pytest.mark.parametrize("readout", ["attention_vector", "deep"])
def test_intermediates_belong_to_the_step(attend, readout):
    decoder, memory, state = _decoder_and_inputs(attend, "gru", BahdanauAttention, readout)
    token = ops.convert_to_tensor([2, 2])
    logits, new_state, weights, seen = decoder.step(token, state, memory, intermediates=True)
    before, after = state["cells"]["layer_0"]["hidden"], new_state["cells"]["layer_0"]["hidden"]
    np.testing.assert_array_equal(seen["query"], after if attend == "after" else before)
    np.testing.assert_allclose(seen["context"], ops.einsum("bt,btd->bd", weights, memory["values"]), atol=1e-6)
    np.testing.assert_allclose(decoder.output_projection(seen["attention_vector"]), logits, atol=1e-6)
    features = [after, seen["context"]] + ([decoder.embedding(token)] if readout == "deep" else [])
    by_hand = np.tanh(np.concatenate([np.asarray(f) for f in features], -1) @ np.asarray(decoder.combine.kernel))
    np.testing.assert_allclose(seen["attention_vector"], by_hand, atol=1e-6)


def test_override_steers_the_step():
    decoder, memory, state = _decoder_and_inputs("after", "gru", BahdanauAttention)
    override = ops.convert_to_tensor(np.array([[0, 1, 0], [1, 0, 0]], "float32"))
    token = ops.convert_to_tensor([2, 2])
    used = ops.convert_to_tensor([True, False])
    logits, _, weights = decoder.step(token, state, memory, attention_override=override, use_override=used)
    free_logits, _, _ = decoder.step(token, state, memory)
    np.testing.assert_array_equal(weights[0], [0, 1, 0])
    assert np.abs(np.asarray(logits - free_logits)[0]).max() > 1e-4
    np.testing.assert_allclose(logits[1], free_logits[1], atol=1e-6)


def test_config_round_trip():
    decoder = AttentionDecoder(11, 6, LuongAttention(6, score="dot"), attend="before", cell="lstm", dropout=0.2)
    copy = keras.saving.deserialize_keras_object(keras.saving.serialize_keras_object(decoder))
    assert copy.get_config() == decoder.get_config()


@pytest.mark.parametrize("arguments, message", [
    ({"attention": None}, "Pass attention="), ({"attend": "during"}, "'after' or 'before'"),
    ({"readout": "state"}, "Expected one of"), ({"cell": "rnn"}, "Expected one of")])
def test_clear_refusals(arguments, message):
    with pytest.raises(ValueError, match=message):
        AttentionDecoder(**{"vocabulary_size": 5, "attention": BahdanauAttention(3), **arguments})
