"""Every kind of model: what it can be made of, and one of each kind with random weights."""

import functools

import numpy as np
from pairwise import covering_array, with_every_value
from sentences import parity_texts

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
from keras_s2s.translator import Translator

CELLS = ("simple_rnn", "gru", "lstm")
FED = " and fed"  # input feeding
ATTENDS = ("after", "before", "after" + FED, "before" + FED)
CONTEXTS = ("initial", "every_step", "both")
UNITS = 12
ATTENTIONS = {
    "bahdanau": BahdanauAttention,
    "normalized_bahdanau": functools.partial(BahdanauAttention, normalized=True),
    **{score: functools.partial(LuongAttention, score=score) for score in ("dot", "scaled_dot", "general", "concat")},
    # Narrower than their defaults, so that short sources have places out of their sight.
    "local": functools.partial(LocalAttention, window=3),
    "location": functools.partial(LocationAttention, filters=4, kernel_size=5),
    "coverage": CoverageAttention}
TOKENIZERS = {
    "characters": CharacterTokenizer, "words": lambda: WordTokenizer(split_punctuation=True, lowercase=True),
    "pieces": lambda: SentencePieceTokenizer(180)}

# The largest first: so the covering array comes out shorter.
FACTORS = {
    "score": (*ATTENTIONS, None), "context": (*ATTENDS, *CONTEXTS), "summary": (None, "last", "dense", "mean"),
    "bridge": ("dense", "copy", "mean", "zero"), "reading": ("forward", "backward", "concatenate", "sum"),
    "readout": ("attention_vector", "deep", "state"), "encoder_cell": CELLS, "decoder_cell": CELLS,
    "encoder_layers": (1, 2, 3), "decoder_layers": (1, 2), "tied_embeddings": ("none", "target_output", "all"),
    "tokenizer": tuple(TOKENIZERS), "residual": (False, True), "layer_normalization": (False, True),
    "first_input": ("start", "end")}


def allowed(kind):
    """Whether the chosen values go together; `kind` may lack factors."""
    context, bridge = kind.get("context"), kind.get("bridge")
    if context in ATTENDS:
        if ("score" in kind and kind["score"] is None) or kind.get("summary") is not None:
            return False
        if kind.get("readout") == "state" and context != "before":
            return False
    if context in CONTEXTS:
        if kind.get("score") is not None or kind.get("readout") == "attention_vector":
            return False
        if "summary" in kind and (kind["summary"] is None) != (context == "initial"):
            return False
        # From every step only, the first state is 0; from the first state only, it must not be.
        if bridge and (context, bridge == "zero") in (("initial", True), ("every_step", False)):
            return False
    # Residual connections begin at a second layer.
    return not (kind.get("residual") and kind.get("encoder_layers") == 1)


def build_model(kind, source_vocabulary_size, target_vocabulary_size, dropout=0.0):
    """The model of a kind, with the weights that it begins training with."""
    same_widths = kind["bridge"] == "copy" or kind["score"] in ("dot", "scaled_dot")
    encoder_units = UNITS // (2 if kind["reading"] == "concatenate" else 1) if same_widths else 7
    embeds_state = kind["tied_embeddings"] != "none" and kind["readout"] == "state"
    both = {"embedding_units": UNITS if embeds_state else 9, "residual": kind["residual"],
            "layer_normalization": kind["layer_normalization"], "dropout": dropout}
    merged = kind["reading"] in ("concatenate", "sum")
    encoder = RNNEncoder(
        source_vocabulary_size, encoder_units, cell=kind["encoder_cell"], layers=kind["encoder_layers"],
        direction="bidirectional" if merged else kind["reading"],
        merge=kind["reading"] if merged else "concatenate", name="encoder", **both)
    both |= {"cell": kind["decoder_cell"], "layers": kind["decoder_layers"], "readout": kind["readout"],
             "first_input": kind["first_input"], "tie_output": kind["tied_embeddings"] != "none", "name": "decoder"}
    if kind["context"] in CONTEXTS:
        decoder = RNNDecoder(target_vocabulary_size, UNITS, context=kind["context"],
                             summary=kind["summary"] or "last", **both)
    else:
        decoder = AttentionDecoder(
            target_vocabulary_size, UNITS, ATTENTIONS[kind["score"]](UNITS),
            attend=kind["context"].removesuffix(FED), input_feeding=kind["context"].endswith(FED), **both)
    model = Seq2Seq(encoder, decoder, bridge=kind["bridge"], tie_embeddings=kind["tied_embeddings"] == "all")
    model.build()
    return model


@functools.cache
def tokenizer(name):
    """A tokenizer that has learned the parity texts, for both sides."""
    made = TOKENIZERS[name]()
    made.adapt([text for text in parity_texts() if text.strip()])
    return made


def _random_weight(variable, chance):
    """Numbers so large that answers differ from source to source, so small that rounding errors do not grow by step."""
    shape = tuple(variable.shape)
    if "gain" in variable.name:
        return chance.normal(0.5, 0.1, shape)
    if len(shape) < 2:
        return chance.normal(0.0, 0.2, shape)
    if "embedding" in variable.path:
        return chance.normal(0.0, 1.0, shape)
    return chance.normal(0.0, (0.8 if "recurrent" in variable.name else 1.2) / np.sqrt(np.prod(shape[:-1])), shape)


def random_translator(kind):
    """A model with large random weights, so that its choices are clear."""
    text = tokenizer(kind["tokenizer"])
    model = build_model(kind, text.vocabulary_size(), text.vocabulary_size())
    chance = np.random.default_rng(6)
    for variable in model.weights:
        variable.assign(_random_weight(variable, chance))
    translator = Translator(model, text, text, name="random", max_source_tokens=40,
                            target_length={"factor": 1.0, "offset": 4, "maximum": 20})
    translator.round_to_float16()
    return translator


KINDS = covering_array(FACTORS, allowed)
USUAL_KINDS = with_every_value(KINDS)  # what the ordinary suite runs


def name_of(kind):
    """A kind's name among the tests."""
    values = [name if value is True else str(value) for name, value in kind.items() if value not in (None, False)]
    return "-".join(values).replace(" ", "_")
