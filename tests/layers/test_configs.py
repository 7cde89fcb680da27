"""Every layer can be made anew from its configuration."""

import inspect

import pytest
from layer_checks import serialized_copy

from keras_s2s import layers
from keras_s2s.layers import (
    AttentionDecoder,
    BahdanauAttention,
    CopyBridge,
    CoverageAttention,
    DenseBridge,
    EncoderLayer,
    LocalAttention,
    LocationAttention,
    LuongAttention,
    MeanBridge,
    Recurrence,
    RNNDecoder,
    RNNEncoder,
    ZeroBridge,
)

MEMORY = {"values": (None, None, 6), "mask": (None, None)}
DROPOUT = {"embeddings": 0.1, "recurrent": 0.2}
FINAL_STATE = {"layer_0": {"hidden": (None, 6), "cell": (None, 6)}}
LSTM = ("hidden", "cell")

# Every layer with the shapes that it is built for, and no option at its default.
LAYERS = [
    *((attention, ((None, 6), MEMORY)) for attention in (
        BahdanauAttention(5, normalized=True), CoverageAttention(5, normalized=True),
        LocationAttention(5, normalized=True, filters=3, kernel_size=5), LocalAttention(6, score="dot", window=4),
        LuongAttention(6), LuongAttention(6, score="scaled_dot"), LuongAttention(5, score="concat"))),
    *((bridge(6, 2, LSTM), (FINAL_STATE, (None, None, 6))) for bridge in (
        CopyBridge, DenseBridge, MeanBridge, ZeroBridge)),
    (Recurrence(5, "lstm", layer_normalization=True, recurrent_dropout=0.2), ((None, None, 3),)),
    (EncoderLayer(5, "lstm", direction="backward", merge="sum", layer_normalization=True, recurrent_dropout=0.2),
     ((None, None, 3),)),
    (RNNEncoder(11, 5, 4, "lstm", 2, "backward", "sum", True, True, DROPOUT, True), ((None, None),)),
    (RNNEncoder(units=5, cell="simple_rnn", merge="sum", dropout=0.3), ((None, None, 3),)),
    (AttentionDecoder(11, 6, CoverageAttention(5), "before", "attention_vector", True, embedding_units=4, cell="lstm",
                      layers=2, residual=True, layer_normalization=True, first_input="end", tie_output=True,
                      dropout=DROPOUT, freeze_embeddings=True), ((None, None), MEMORY)),
    (AttentionDecoder(11, 6, LuongAttention(6, "dot"), "before", "state", dropout=0.3), ((None, None), MEMORY)),
    (RNNDecoder(11, 6, "every_step", "mean", "deep", embedding_units=4, cell="simple_rnn", layers=2, residual=True,
                layer_normalization=True, first_input="end", tie_output=True, dropout=DROPOUT, freeze_embeddings=True),
     ((None, None), MEMORY)),
]
ABSTRACT = {"Attention", "Bridge", "Decoder"}


def check(copy, layer):
    assert type(copy) is type(layer)
    assert copy.get_config() == layer.get_config()


@pytest.mark.parametrize("layer, shapes", LAYERS, ids=lambda value: getattr(value, "name", ""))
def test_round_trip(layer, shapes):
    for copy in (type(layer).from_config(layer.get_config()), serialized_copy(layer)):
        check(copy, layer)
    layer.build(*shapes)
    for copy in (type(layer).from_config(layer.get_config()), serialized_copy(layer)):
        check(copy, layer)
        copy.build(*shapes)
        assert [(weight.shape, weight.trainable) for weight in copy.weights] == [
            (weight.shape, weight.trainable) for weight in layer.weights]


def test_no_public_layer_is_forgotten():
    assert {type(layer).__name__ for layer, _ in LAYERS} | ABSTRACT == set(layers.__all__)


@pytest.mark.parametrize("layer", [layer for layer, _ in LAYERS], ids=lambda layer: layer.name)
def test_the_configuration_names_every_argument(layer):
    own = {name for kind in type(layer).__mro__ if kind.__module__.startswith("keras_s2s")
           for name in inspect.signature(kind.__init__).parameters} - {"self", "kwargs"}
    assert own <= set(layer.get_config())
