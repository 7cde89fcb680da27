"""Models from the `model` section of a configuration."""

from typing import get_args

import numpy as np
import pytest

from keras_s2s.config import load_config, resolve_sizes
from keras_s2s.config.model_config import ModelConfig
from keras_s2s.errors import UserError
from keras_s2s.layers import AttentionDecoder, RNNDecoder
from keras_s2s.training.build import build_model
from keras_s2s.training.recipe import train
from tests.training.conftest import OPTIONS

ATTENTIONS = get_args(ModelConfig.model_fields["attention"].annotation)
SOURCE = np.array([[5, 6, 7, 3], [8, 3, 0, 0]])
TARGET = np.array([[2, 6, 7], [2, 8, 0]])


def built(*overrides):
    """A model of the options, small where they do not say otherwise."""
    config = resolve_sizes(load_config("characters", [*OPTIONS, *overrides]), 100)
    return build_model(config.model, 12, 12)


def logits_of(model):
    return np.asarray(model({"source": SOURCE, "target_input": TARGET}))


@pytest.mark.parametrize("attention", ATTENTIONS)
def test_every_attention(attention):
    model = built(f"model.attention={attention}")
    assert isinstance(model.decoder, RNNDecoder if attention == "none" else AttentionDecoder)
    assert logits_of(model).shape == (2, 3, 12)


def test_options_reach_the_layers():
    model = built("model.cell=lstm", "model.encoder_layers=3", "model.decoder_layers=2", "model.direction=backward",
                  "model.encoder_units=12", "model.residual=true", "model.layer_normalization=true",
                  "model.attention=location", "model.attend=before", "model.input_feeding=true", "model.readout=deep",
                  "model.bridge=mean", "model.first_input=end", "model.recurrent_dropout=0.25")
    encoder, decoder = model.encoder.get_config(), model.decoder.get_config()
    both = {"cell": "lstm", "residual": True, "layer_normalization": True, "embedding_units": 8,
            "dropout": {"embeddings": 0.2, "inputs": 0.2, "outputs": 0.2, "recurrent": 0.25}}
    assert both.items() <= encoder.items()
    assert both.items() <= decoder.items()
    assert {"units": 12, "layers": 3, "direction": "backward"}.items() <= encoder.items()
    assert {"units": 12, "layers": 2, "attend": "before", "input_feeding": True, "readout": "deep",
            "first_input": "end"}.items() <= decoder.items()
    assert type(decoder["attention"]) is dict and decoder["attention"]["class_name"] == "LocationAttention"
    assert type(model.bridge).__name__ == "MeanBridge"


def test_a_sum_of_directions_is_as_wide_as_the_decoder():
    config = resolve_sizes(load_config("characters", ["model.merge=sum", "model.units=12"]), 100)
    model = build_model(config.model, 12, 12)
    assert (model.encoder.units, model.encoder.output_units) == (12, 12)


@pytest.mark.parametrize("context, bridge", [("initial", "DenseBridge"), ("every_step", "ZeroBridge"),
                                             ("both", "DenseBridge")])
def test_contexts_without_attention(context, bridge):
    model = built("model.attention=none", f"model.context={context}")
    assert model.decoder.context == context
    assert type(model.bridge).__name__ == bridge


@pytest.mark.parametrize("overrides, message", [
    (["model.attention=dot", "model.encoder_units=5"], "must be equal"),
    (["model.bridge=copy", "model.encoder_units=5"], "bridge='dense'"),
    (["model.attend=after", "model.readout=state"], "leaves the context out"),
    (["model.attention=none", "model.context=every_step", "model.bridge=dense"], "Expected the bridge 'zero'"),
    (["model.attention=none", "model.input_feeding=true"], "(?i)choose an attention"),
    (["model.attention=none", "model.readout=attention_vector"], "(?i)choose one of these, or an attention"),
    (["model.context=both"], "attention: none"),
    (["model.tied_embeddings=all", "source.lowercase=true"], "one vocabulary"),
])
def test_what_does_not_go_together_is_refused(overrides, message):
    with pytest.raises(UserError, match=message):
        built(*overrides)


@pytest.mark.training
def test_one_vocabulary_and_one_matrix(pairs_file, tmp_path, console):
    translator = train("characters", pairs_file, tmp_path / "mine", console=console,
                       overrides=[*OPTIONS, "model.tied_embeddings=all", "training.epochs=1"])
    assert translator.source.get_vocabulary() == translator.target.get_vocabulary()
    assert set("abcxyzABC0123") <= set(translator.target.get_vocabulary())  # letters of both sides
    assert len([weight for weight in translator.model.weights if weight.name == "embeddings"]) == 1
    loaded = type(translator).load(tmp_path / "mine")
    assert loaded.model.encoder.embedding is loaded.model.decoder.embedding
    assert loaded("ax1").log_prob == pytest.approx(translator("ax1").log_prob, abs=1e-5)
