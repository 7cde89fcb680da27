"""Tokenizers and model from a configuration."""

import math
from contextlib import nullcontext
from typing import Any

import keras
import numpy as np

from keras_s2s.errors import UserError
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
from keras_s2s.text import CharacterTokenizer, SentencePieceTokenizer, WordTokenizer
from keras_s2s.text.tokenizer import Tokenizer


def build_tokenizer(config):
    """A tokenizer, not yet adapted, from a `source` or `target` section."""
    if config.tokenizer == "sentencepiece":
        return SentencePieceTokenizer(config.vocabulary_size or 4000, lowercase=config.lowercase)
    arguments = {"vocabulary_size": config.vocabulary_size, "min_count": config.min_count,
                 "lowercase": config.lowercase}
    if config.tokenizer == "character":
        return CharacterTokenizer(**arguments)
    return WordTokenizer(split_punctuation=config.split_punctuation, **arguments)


def adapted_tokenizer(side, config, texts):
    """The tokenizer of a `source` or `target` section, with the vocabulary of `texts` or the one that it names.

    Raises:
        UserError: where a tokenizer that is named cannot be read, or is of another kind.
    """
    if config.vocabulary is None:
        tokenizer = build_tokenizer(config)
        tokenizer.adapt(texts)
        return tokenizer
    tokenizer = Tokenizer.load(config.vocabulary)
    if tokenizer.type_name != config.tokenizer:
        raise UserError(f"{side}.vocabulary is {config.vocabulary}, a {tokenizer.type_name} tokenizer, and "
                        f"{side}.tokenizer is {config.tokenizer}", "expected one of that kind",
                        f"set {side}.tokenizer={tokenizer.type_name}, or name another directory")
    return tokenizer


def build_attention(name, units):
    """The attention that a `model` section names."""
    kinds: dict[str, tuple[Any, dict]] = {
        "bahdanau": (BahdanauAttention, {}), "normalized_bahdanau": (BahdanauAttention, {"normalized": True}),
        "local": (LocalAttention, {}), "location": (LocationAttention, {}), "coverage": (CoverageAttention, {}),
        **{score: (LuongAttention, {"score": score}) for score in ("dot", "scaled_dot", "general", "concat")}}
    kind, options = kinds[name]
    return kind(units, name="attention", **options)


def build_model(config, source_vocabulary_size, target_vocabulary_size, freeze_source=False, freeze_target=False):
    """A built `Seq2Seq`.

    Args:
        config: a `model` section whose sizes are resolved.
        source_vocabulary_size, target_vocabulary_size: ints.
        freeze_source, freeze_target: bool. Whether the embeddings are left as they are in training.

    Raises:
        UserError: where the options do not go together.
    """
    dropout = {**dict.fromkeys(("embeddings", "inputs", "outputs"), config.dropout),
               "recurrent": config.recurrent_dropout}
    both = {"embedding_units": config.embedding_units, "cell": config.cell, "residual": config.residual,
            "layer_normalization": config.layer_normalization, "dropout": dropout,
            "embedding_deviation": config.embedding_deviation}
    options = {**both, "layers": config.decoder_layers, "first_input": config.first_input,
               "tie_output": config.tied_embeddings != "none", "freeze_embeddings": freeze_target, "name": "decoder"}
    if config.readout != "auto":
        options["readout"] = config.readout
    try:
        encoder = RNNEncoder(source_vocabulary_size, units=config.encoder_units or config.units,
                             layers=config.encoder_layers, direction=config.direction, merge=config.merge,
                             freeze_embeddings=freeze_source, name="encoder", **both)
        if config.attention == "none":
            decoder = RNNDecoder(target_vocabulary_size, config.units, config.context, config.summary, **options)
        else:
            decoder = AttentionDecoder(
                target_vocabulary_size, config.units, build_attention(config.attention, config.units), config.attend,
                input_feeding=config.input_feeding, **options)
        model = Seq2Seq(encoder, decoder, bridge=None if config.bridge == "auto" else config.bridge,
                        tie_embeddings=config.tied_embeddings == "all", name="seq2seq")
        model.build()
    except ValueError as error:
        raise UserError(f"the options of the model do not go together: {error}", "expected some that do",
                        "change the model section") from error
    return model


def model_in_precision(config, translator, scope=None):
    """The model to train: the translator's own, or for another `training.precision` one like it with its weights.

    The translator's stays in float32, as all runtimes compute. With `scope`, that of a `tf.distribute` strategy, it is
    always another one, made within it; the translator's stays on one device.
    """
    precision = config.training.precision
    if precision == "float32" and scope is None:
        return translator.model
    before = keras.config.dtype_policy()
    keras.config.set_dtype_policy(precision if precision == "float32" else f"mixed_{precision}")
    try:
        with scope or nullcontext():
            model = build_model(config.model, translator.source.vocabulary_size(),
                                translator.target.vocabulary_size(), config.source.freeze_vectors,
                                config.target.freeze_vectors)
    finally:
        keras.config.set_dtype_policy(before)
    model.set_weights(translator.model.get_weights())
    return model


def target_length_rule(source_lengths, target_lengths, maximum):
    """How long a translation may get, from the training pairs: min(maximum, offset + floor(factor * n)).

    Nearly all training targets (99.9 %) stay below half of the rule's length; the rest of it is for the unseen.

    Args:
        source_lengths, target_lengths: numbers of tokens of the training pairs.
        maximum: int.

    Returns:
        dict with `factor`, `offset`, `maximum`.
    """
    offset = 10
    needed = (np.asarray(target_lengths) + 1 - offset) / np.maximum(np.asarray(source_lengths), 1)
    factor = min(max(2.0, math.ceil(20 * float(np.quantile(needed, 0.999))) / 10), 20.0)
    return {"factor": factor, "offset": offset, "maximum": int(maximum)}
