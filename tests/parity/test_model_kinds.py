"""One answer for every kind of model: tokenizers, attend orders, cells, attentions."""

import keras
import numpy as np
import pytest
from comparison import assert_same_answers
from sentences import GERMAN, UNUSUAL, parity_texts

from keras_s2s.layers import AttentionDecoder, BahdanauAttention, LuongAttention, RNNEncoder
from keras_s2s.model import Seq2Seq
from keras_s2s.text import CharacterTokenizer, SentencePieceTokenizer, WordTokenizer
from keras_s2s.translator import Translator

pytestmark = pytest.mark.parity
TEXTS = [*GERMAN, *UNUSUAL, "ä" * 70]
KINDS = {
    "words-before-gru-bahdanau": (lambda: WordTokenizer(split_punctuation=True, lowercase=True), "before", "gru",
                                  BahdanauAttention),
    "pieces-after-lstm-luong": (lambda: SentencePieceTokenizer(180), "after", "lstm", LuongAttention),
    "characters-before-lstm-luong": (CharacterTokenizer, "before", "lstm", LuongAttention),
}


def random_translator(kind):
    """A model with large random weights, so that its choices are clear, and tokenizers learned from the texts."""
    tokenizer, attend, cell, attention = KINDS[kind]
    source, target = tokenizer(), tokenizer()
    lines = [text for text in parity_texts() if text.strip()]
    source.adapt(lines)
    target.adapt(lines)
    keras.utils.set_random_seed(3)
    model = Seq2Seq(RNNEncoder(source.vocabulary_size(), units=12, cell=cell, name="encoder"),
                    AttentionDecoder(target.vocabulary_size(), 20, attention(20), attend=attend, cell=cell,
                                     name="decoder"))
    model.build()
    generator = np.random.default_rng(5)
    for variable in model.weights:
        variable.assign(generator.normal(scale=0.6, size=variable.shape))
    translator = Translator(model, source, target, name="random", max_source_tokens=40,
                            target_length={"factor": 1.5, "offset": 5, "maximum": 40})
    translator.round_to_float16()
    return translator


@pytest.fixture(scope="module", params=KINDS)
def kind(request, tmp_path_factory):
    translator = random_translator(request.param)
    folder = tmp_path_factory.mktemp(request.param)
    translator.save(folder / "model")
    return translator, translator(TEXTS), folder


def test_saved_and_loaded(kind):
    translator, python, folder = kind
    loaded = Translator.load(folder / "model")
    assert_same_answers(translator, python, [answer.to_dict() for answer in loaded(TEXTS)])


def test_saved_model_and_rest(kind, over_rest):
    translator, python, folder = kind
    path = translator.export_saved_model(folder / "exported")
    assert_same_answers(translator, python, over_rest(path, TEXTS))


@pytest.mark.browser
def test_browser(kind, in_browser):
    translator, python, folder = kind
    page = translator.export_tfjs(folder / "page")
    for loop in ("graph", "step"):
        assert_same_answers(translator, python, in_browser(page, TEXTS, loop))
