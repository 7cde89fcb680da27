"""A gradient reaches every weight of every kind of model."""

import numpy as np
import pytest
from keras import ops
from layer_checks import gradients, randomize

from keras_s2s.layers import (
    AttentionDecoder,
    BahdanauAttention,
    CoverageAttention,
    LocalAttention,
    LocationAttention,
    LuongAttention,
    RNNDecoder,
    RNNEncoder,
)
from keras_s2s.model import Seq2Seq

INPUTS = {"source": np.array([[5, 6, 7, 3], [9, 3, 0, 0]]), "target_input": np.array([[2, 7, 6], [2, 9, 0]])}
BOTH = ("cell", "layers", "residual", "layer_normalization", "dropout")
EVERYWHERE = {"embeddings": 0.2, "inputs": 0.2, "outputs": 0.2, "recurrent": 0.2}


def attending(kind, encoder=None, bridge=None, tie=False, width=6, **options):
    """A model with attention; options that both sides know go to both."""
    shared = {name: options[name] for name in BOTH if name in options}
    return lambda: Seq2Seq(RNNEncoder(12, units=width // 2, embedding_units=6, **{**shared, **(encoder or {})}),
                           AttentionDecoder(12, 6, kind(), **options), bridge, tie)


def reading(context="initial", encoder=None, bridge=None, tie=False, **options):
    """A model without attention."""
    shared = {name: options[name] for name in BOTH if name in options}
    return lambda: Seq2Seq(RNNEncoder(12, units=3, embedding_units=6, **{**shared, **(encoder or {})}),
                           RNNDecoder(12, 6, context, **options), bridge, tie)


# Every option and every layer is in one of these at least.
MODELS = {
    "additive, after": attending(lambda: BahdanauAttention(5)),
    "normalised, before": attending(lambda: BahdanauAttention(5, normalized=True), attend="before"),
    "dot, after, two layers, LSTM, copied": attending(
        lambda: LuongAttention(6, "dot"), layers=2, cell="lstm", bridge="copy", residual=True),
    "scaled dot, before, input feeding, simple RNN": attending(
        lambda: LuongAttention(6, "scaled_dot"), attend="before", input_feeding=True, cell="simple_rnn"),
    "general, after, input feeding, from the mean": attending(
        lambda: LuongAttention(6), input_feeding=True, bridge="mean", encoder={"merge": "sum"}),
    "concat, before, no readout, normalised layers": attending(
        lambda: LuongAttention(5, "concat"), attend="before", readout="state", layer_normalization=True, cell="lstm"),
    "local, before, attention vector, from zero": attending(
        lambda: LocalAttention(6, window=2), attend="before", readout="attention_vector", bridge="zero"),
    "location-sensitive, after, deep, backward": attending(
        lambda: LocationAttention(5, filters=2, kernel_size=3), readout="deep", encoder={"direction": "backward"}),
    "coverage, input feeding, all dropouts, two layers, one dictionary": attending(
        lambda: CoverageAttention(5), input_feeding=True, layers=2, dropout=EVERYWHERE, tie=True, tie_output=True,
        layer_normalization=True),
    "LSTM to GRU": attending(lambda: BahdanauAttention(5), encoder={"cell": "lstm", "layers": 2}),
    "GRU to LSTM": attending(lambda: BahdanauAttention(5), cell="lstm", layers=2, encoder={"cell": "gru", "layers": 1}),
    "initial": reading(),
    "initial, forward, tied output, LSTM": reading(
        encoder={"direction": "forward"}, cell="lstm", tie_output=True, first_input="end"),
    "every step": reading("every_step"),
    "every step, dense": reading("every_step", summary="dense", readout="deep", layers=2),
    "both, mean, all dropouts": reading("both", summary="mean", bridge="mean", dropout=EVERYWHERE, tie=True),
    "both, simple RNN, normalised layers": reading("both", cell="simple_rnn", layer_normalization=True, bridge="copy"),
}


@pytest.mark.parametrize("name", MODELS)
def test_every_weight_gets_a_gradient(name):
    model = MODELS[name]()
    model.build()
    randomize(model)
    found = gradients(lambda: ops.mean(ops.square(model(INPUTS, training=True))), model.trainable_variables)
    nothing = [variable.path for variable, gradient in zip(model.trainable_variables, found, strict=True)
               if gradient is None or not np.any(gradient)]
    assert not nothing
