"""Embeddings: the first input, tying, freezing."""

import keras
import numpy as np
import pytest
from keras import ops
from layer_checks import assert_close, gradients, numbers, randomize, same_weights, serialized_copy

from keras_s2s.layers import AttentionDecoder, BahdanauAttention, LuongAttention, RNNDecoder, RNNEncoder
from keras_s2s.model import Seq2Seq

SOURCE = np.array([[5, 6, 3], [7, 3, 0]])
TARGET_INPUT = np.array([[2, 8, 9], [2, 9, 8]])
INPUTS = {"source": SOURCE, "target_input": TARGET_INPUT}
LABELS = np.array([[8, 9, 3], [9, 8, 3]])


def attention_decoder(**options):
    return AttentionDecoder(12, 6, BahdanauAttention(6), **options)


def model_of(decoder, tie_embeddings=False, **options):
    model = Seq2Seq(RNNEncoder(12, units=4, embedding_units=6, **options), decoder, tie_embeddings=tie_embeddings)
    model.build()
    return randomize(model)


@pytest.mark.parametrize("decoder", [attention_decoder, lambda **options: RNNDecoder(12, 6, **options)],
                         ids=["attention", "no attention"])
def test_first_input_end_is_the_end_token_in_the_place_of_the_start_token(decoder):
    usual, other = model_of(decoder()), model_of(decoder(first_input="end"))
    same_weights(other, usual)
    with_end = {"source": SOURCE, "target_input": np.where(TARGET_INPUT == 2, 3, TARGET_INPUT)}
    assert_close(other(INPUTS), usual(with_end))
    assert np.abs(numbers(other(INPUTS) - usual(INPUTS))).max() > 1e-3
    memory, state = other.encode(SOURCE)
    found, expected = (layer.step(ops.convert_to_tensor([token] * 2), state, memory)[0]
                       for layer, token in ((other, 2), (usual, 3)))
    assert_close(found, expected)


def test_tied_output_multiplies_by_the_weights_of_the_embeddings():
    """With four units of 1 for r, E r is the sum of each token's weights, which are what is read."""
    decoder = model_of(attention_decoder(tie_output=True, embedding_units=4)).decoder
    weights = numbers(decoder.embedding.embeddings)
    assert_close(decoder.logits(ops.ones((1, 4))), (weights.sum(-1) + numbers(decoder.output_bias))[None])
    assert_close(decoder.embed(ops.convert_to_tensor([7, 2])), weights[[7, 2]])


@pytest.mark.parametrize(("options", "deviation"), [({}, 0.1), ({"embedding_deviation": 0.5}, 0.5)])
def test_how_large_embeddings_begin(options, deviation):
    decoder = AttentionDecoder(500, 6, BahdanauAttention(6), embedding_units=64, tie_output=True, **options)
    model = Seq2Seq(RNNEncoder(500, 4, 64, **options), decoder)
    model.build()
    tokens = ops.arange(500)
    assert numbers(decoder.embed(tokens)).std() == pytest.approx(deviation, rel=0.02)
    assert numbers(model.encoder.embedding(tokens)).std() == pytest.approx(deviation, rel=0.02)


ROWS_BY_SIDE = {"source": {5, 6, 7, 3}, "input": {2, 8, 9}, "output": {11}}


@pytest.mark.parametrize("tie_output, tie_embeddings, sides", [
    (False, False, ["input"]), (True, False, ["input", "output"]), (False, True, ["source", "input"]),
    (True, True, ["source", "input", "output"])])
def test_the_gradient_comes_from_every_side_that_shares_the_embeddings(tie_output, tie_embeddings, sides):
    """Of the logits of token 11 alone, which neither source nor target have."""
    model = model_of(attention_decoder(tie_output=tie_output), tie_embeddings)
    gradient, = gradients(lambda: ops.sum(model(INPUTS)[:, :, 11]), [model.decoder.embedding.embeddings])
    assert set(np.flatnonzero(np.abs(gradient).sum(-1))) == set().union(*(ROWS_BY_SIDE[side] for side in sides))


@pytest.mark.parametrize("tie_output, tie_embeddings", [(True, False), (False, True), (True, True)])
def test_shared_embeddings_are_one_variable_also_in_a_loaded_model(tmp_path, tie_output, tie_embeddings):
    model = model_of(attention_decoder(tie_output=tie_output), tie_embeddings)
    apart = model_of(attention_decoder())
    saved = apart.count_params() - model.count_params()
    assert saved == 6 * 12 * (tie_output + tie_embeddings)
    model.save(tmp_path / "model.keras")
    loaded = keras.models.load_model(tmp_path / "model.keras")
    assert [weight.shape for weight in loaded.weights] == [weight.shape for weight in model.weights]
    assert (loaded.encoder.embedding is loaded.decoder.embedding) == tie_embeddings
    assert_close(loaded(INPUTS), model(INPUTS))
    for changed in (model, loaded):
        changed.decoder.embedding.embeddings.assign(np.full((12, 6), 0.1))
    assert_close(loaded(INPUTS), model(INPUTS))


@pytest.mark.parametrize("frozen", ["source", "target", "both"])
def test_frozen_embeddings_do_not_move_in_fit(frozen):
    encoder_frozen, decoder_frozen = frozen in ("source", "both"), frozen in ("target", "both")
    decoder = AttentionDecoder(12, 6, LuongAttention(6), tie_output=True, freeze_embeddings=decoder_frozen)
    model = model_of(decoder, freeze_embeddings=encoder_frozen)
    before = numbers([weight.value for weight in model.weights])
    still = [side.embedding.embeddings for side, is_frozen in ((model.encoder, encoder_frozen),
                                                              (model.decoder, decoder_frozen)) if is_frozen]
    model.compile(run_eagerly=keras.backend.backend() == "tensorflow")  # one step: without tracing a graph
    model.fit(INPUTS, LABELS, verbose=0)
    for weight, old in zip(model.weights, before, strict=True):
        moved = np.any(numbers(weight.value) != old)
        assert moved != any(weight is other for other in still), weight.path


def test_frozen_embeddings_stay_so_in_a_copy():
    model = serialized_copy(model_of(attention_decoder(freeze_embeddings=True), freeze_embeddings=True))
    assert not model.encoder.embedding.trainable
    assert not model.decoder.embedding.trainable
    model.build()
    assert not {weight.path.split("/")[-1] for weight in model.trainable_weights} & {"embeddings"}


def test_tied_embeddings_of_a_frozen_source_are_frozen_on_both_sides():
    model = model_of(attention_decoder(tie_output=True), tie_embeddings=True, freeze_embeddings=True)
    assert not any(weight is model.decoder.embedding.embeddings for weight in model.trainable_weights)
