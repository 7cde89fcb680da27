"""One answer: every shipped model in Python and in both loops of the browser, on every backend."""

import functools

import pytest
from comparison import assert_same_answers, assert_same_n_best
from sentences import parity_texts, sentences_of

from keras_s2s.shipped import shipped_models
from keras_s2s.translator import Translator

pytestmark = [pytest.mark.parity, pytest.mark.browser, pytest.mark.parametrize("name", sorted(shipped_models()))]
FEW, MANY = 200, 2000
# Its shaders add up sums in another order and have exponentials of their own, coarser than a processor's.
COARSER = 10.0
on_each_backend = pytest.mark.parametrize("backend", ["wasm", "cpu"])
in_each_loop = pytest.mark.parametrize("loop", ["graph", "step"])


@pytest.fixture(scope="module")
def shipped(tmp_path_factory):
    """`shipped(name)` -> `(translator, folder of its page, sentences, their translations in Python)`."""
    @functools.cache
    def start(name):
        translator = Translator.load(name)
        folder = translator.export_tfjs(tmp_path_factory.mktemp("page") / "page")
        texts = sentences_of(translator, MANY)
        assert len(set(texts)) == MANY
        return translator, folder, texts, translator(texts)

    return start


@on_each_backend
@in_each_loop
def test_200_sentences(shipped, in_browser, name, backend, loop):
    translator, folder, texts, python = shipped(name)
    assert_same_answers(translator, python[:FEW], in_browser(folder, texts[:FEW], loop, backend))


@in_each_loop
def test_what_people_paste(shipped, in_browser, name, loop):
    translator, folder, *_ = shipped(name)
    texts = parity_texts()[300:]  # without the dates
    assert_same_answers(translator, translator(texts), in_browser(folder, texts, loop))


@pytest.mark.slow
@on_each_backend
@in_each_loop
def test_2000_sentences(shipped, in_browser, name, backend, loop):
    translator, folder, texts, python = shipped(name)
    assert_same_answers(translator, python, in_browser(folder, texts, loop, backend))


@pytest.mark.slow
@in_each_loop
def test_webgl(shipped, in_browser, name, loop):
    # Fewer: without a graphics card the processor does the shaders' work, several times slower than its own.
    translator, folder, texts, python = shipped(name)
    assert_same_answers(translator, python[:FEW], in_browser(folder, texts[:FEW], loop, "webgl"), coarser=COARSER)


@pytest.mark.slow
def test_n_best_order_of_a_beam_of_5(shipped, model_in_browser, name):
    translator, folder, texts, _ = shipped(name)
    with model_in_browser(folder) as translate:
        assert_same_n_best(translator(texts, beam_size=5, n_best=5), translate(texts, beam_size=5, n_best=5))
