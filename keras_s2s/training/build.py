"""Tokenizers and model from a configuration."""

import math

import numpy as np

from keras_s2s.layers import AttentionDecoder, BahdanauAttention, LuongAttention, RNNEncoder
from keras_s2s.model import Seq2Seq
from keras_s2s.text import CharacterTokenizer, SentencePieceTokenizer, WordTokenizer

_ATTENTIONS = {"bahdanau": BahdanauAttention, "luong": LuongAttention}


def build_tokenizer(config):
    """A tokenizer, not yet adapted, from a `source` or `target` section."""
    if config.tokenizer == "sentencepiece":
        return SentencePieceTokenizer(config.vocabulary_size or 4000, lowercase=config.lowercase)
    arguments = {"vocabulary_size": config.vocabulary_size, "min_count": config.min_count,
                 "lowercase": config.lowercase}
    if config.tokenizer == "character":
        return CharacterTokenizer(**arguments)
    return WordTokenizer(split_punctuation=config.split_punctuation, **arguments)


def build_model(config, source_vocabulary_size, target_vocabulary_size):
    """A built `Seq2Seq` from a `model` section whose sizes are resolved."""
    encoder = RNNEncoder(source_vocabulary_size, units=config.encoder_units or config.units,
                         embedding_units=config.embedding_units, cell=config.cell, direction=config.direction,
                         dropout=config.dropout, name="encoder")
    decoder = AttentionDecoder(target_vocabulary_size, units=config.units,
                               attention=_ATTENTIONS[config.attention](config.units, name="attention"),
                               attend=config.attend, embedding_units=config.embedding_units, cell=config.cell,
                               dropout=config.dropout, name="decoder")
    model = Seq2Seq(encoder, decoder, bridge=config.bridge, name="seq2seq")
    model.build()
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
