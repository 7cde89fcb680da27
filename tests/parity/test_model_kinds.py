"""One answer for every kind of model: cells, layers, bridges, orders, scores, readouts, tokenizers.

The kinds are a covering array: every pair of values that goes together occurs. The ordinary suite runs those in which
every single value occurs, `-m slow` the rest.
"""

import keras
import numpy as np
import pytest
from comparison import assert_same_answers
from model_kinds import KINDS, USUAL_KINDS, build_model, name_of, random_translator

from keras_s2s.translator import Translator

pytestmark = pytest.mark.parity
TEXTS = ["Mi., 14.7.1789", "", "Übung macht den Meister – oft.", "🙂", "1.000.000 Bücher & 2 Hüte", "a", "ÄÖÜ äöü ß ẞ",
         "ä" * 70]
ALL_KINDS = [pytest.param(kind, id=name_of(kind), marks=() if kind in USUAL_KINDS else pytest.mark.slow)
             for kind in KINDS]
SMALL_KINDS = [kind for kind in USUAL_KINDS if kind["encoder_layers"] == kind["decoder_layers"] == 1]
SOURCE = np.array([[5, 6, 7, 8, 3], [9, 4, 3, 0, 0]])
TARGET_INPUT = np.array([[2, 8, 7, 6, 5], [2, 10, 9, 0, 0]])
LABELS = np.array([[8, 7, 6, 5, 3], [10, 9, 3, 0, 0]])


@pytest.fixture(scope="module", params=ALL_KINDS)
def kind(request, tmp_path_factory):
    """A translator, its answers, a folder."""
    translator = random_translator(request.param)
    return translator, translator(TEXTS), tmp_path_factory.mktemp("kind")


def as_dicts(answers):
    return [answer.to_dict() for answer in answers]


def test_the_answers_show_something(kind):
    translator, python, _ = kind
    assert len({answer.text for answer in python}) >= 5
    assert python[1].tokens == [] and len({len(answer.tokens) for answer in python}) >= 4
    attends = translator.model.decoder.attends
    for answer in python:
        total = answer.attention.sum(axis=-1)
        assert np.all(total <= 1 + 1e-5) and np.all(total > 0 if attends else total == 0)


def test_alone_as_in_a_batch(kind):
    translator, python, _ = kind
    assert_same_answers(translator, python, as_dicts([translator(text) for text in TEXTS]))


def test_keras_file(kind):
    translator, python, folder = kind
    translator.model.save(folder / "model.keras")
    loaded = Translator(keras.models.load_model(folder / "model.keras"), translator.source, translator.target,
                        max_source_tokens=translator.max_source_tokens, target_length=translator.target_length)
    assert_same_answers(translator, python, as_dicts(loaded(TEXTS)))


def test_model_directory(kind):
    translator, python, folder = kind
    translator.save(folder / "model")
    assert_same_answers(translator, python, as_dicts(Translator.load(folder / "model")(TEXTS)))


def test_saved_model(kind):
    translator, python, folder = kind
    path = translator.export_saved_model(folder / "exported")
    assert_same_answers(translator, python, as_dicts(Translator.load(path)(TEXTS)))


@pytest.mark.browser
def test_browser(kind, in_browser):
    translator, python, folder = kind
    page = translator.export_tfjs(folder / "page")
    for loop in ("graph", "step"):
        assert_same_answers(translator, python, in_browser(page, TEXTS, loop))


@pytest.mark.parametrize("row", USUAL_KINDS[:2], ids=name_of)  # one that attends, one that does not
def test_rest(row, tmp_path, over_rest):
    translator = random_translator(row)
    path = translator.export_saved_model(tmp_path)
    assert_same_answers(translator, translator(TEXTS), over_rest(path, TEXTS))


@pytest.mark.parametrize("row", ALL_KINDS)
def test_a_step_of_training_moves_every_weight(row):
    fit_one_batch(row, run_eagerly=True)


@pytest.mark.parametrize("row", SMALL_KINDS[:2], ids=name_of)  # one that attends after its cell, one before
def test_training_in_a_graph(row, tmp_path):
    model = fit_one_batch(row, run_eagerly=False)
    model.save(tmp_path / "model.keras")
    loaded = keras.models.load_model(tmp_path / "model.keras")
    batch = {"source": SOURCE, "target_input": TARGET_INPUT}
    np.testing.assert_allclose(loaded(batch), model(batch), atol=1e-6)
    assert loaded.optimizer.iterations == 1


def fit_one_batch(row, run_eagerly):
    """A model of a kind after one step of `fit`, with dropout wherever there is one."""
    keras.utils.set_random_seed(1)
    model = build_model(row, 12, 12, dropout=dict.fromkeys(("embeddings", "inputs", "outputs", "recurrent"), 0.2))
    before = [keras.ops.convert_to_numpy(variable).copy() for variable in model.trainable_variables]
    model.compile(run_eagerly=run_eagerly)
    history = model.fit({"source": SOURCE, "target_input": TARGET_INPUT}, LABELS, verbose=0)
    assert np.isfinite(history.history["loss"]).all()
    still = [variable.path for variable, old in zip(model.trainable_variables, before, strict=True)
             if np.array_equal(keras.ops.convert_to_numpy(variable), old)]
    assert still == []
    return model
