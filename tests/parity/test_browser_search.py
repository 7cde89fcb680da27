"""One answer from every search: beams, samples, constraints and prefixes in Python and in Chromium."""

import contextlib
import functools

import pytest
from comparison import assert_same_n_best
from model_kinds import KINDS, random_translator
from sentences import parity_texts

from keras_s2s.translator import Translator

pytestmark = [pytest.mark.parity, pytest.mark.browser]
TEXTS = ["", *parity_texts()[::14]][:40]
SEARCHES = {
    "beam of 5": {"beam_size": 5, "n_best": 5},
    "beam of its own ranking": {"beam_size": 4, "n_best": 3, "length_normalization": "gnmt", "alpha": 0.6,
                                "coverage_penalty": 0.2, "early_stopping": False},
    "constrained beam": {"beam_size": 3, "n_best": 3, "no_repeat_ngram": 2, "min_length": 4, "max_length": 11,
                         "unknown": "forbid"},
    "constrained greedy": {"no_repeat_ngram": 3, "repetition_penalty": 1.4, "min_length_ratio": 0.3,
                           "max_length_ratio": 0.9},
    "samples": {"samples": 4, "n_best": 4, "seed": 11},
    "narrow samples": {"samples": 3, "temperature": 0.7, "top_k": 7, "top_p": 0.8, "repetition_penalty": 1.2},
    "prefix": {"prefix": "19"},
    "beam with a prefix for each": {"prefix": [f"{index} Ω" for index in range(len(TEXTS))], "beam_size": 3,
                                    "n_best": 2},
    "agreement": {"samples": 6, "n_best": 3, "minimum_bayes_risk": True},
    "source words in the place of unknown ones": {"unknown": "replace", "samples": 2, "n_best": 2},
}


def of_kind(**wanted):
    """A model of the first kind with these values."""
    return random_translator(next(kind for kind in KINDS if all(kind[name] == wanted[name] for name in wanted)))


MODELS = {"dates": lambda: Translator.load("dates"),
          "coverage, words": lambda: of_kind(score="coverage", tokenizer="words"),
          "no attention, pieces": lambda: of_kind(score=None, tokenizer="pieces")}
# Every search once, the rest when there is time.
USUAL = {"dates": ("beam of 5", "constrained greedy", "narrow samples", "beam with a prefix for each", "agreement"),
         "coverage, words": ("beam of its own ranking", "constrained beam", "samples", "prefix",
                             "source words in the place of unknown ones")}


@pytest.fixture(scope="module")
def both(tmp_path_factory, model_in_browser):
    """`both(model)` -> a translator, and its `translate` in the browser."""
    with contextlib.ExitStack() as opened:
        @functools.cache
        def start(name):
            translator = MODELS[name]()
            folder = translator.export_tfjs(tmp_path_factory.mktemp("searches") / "page")
            return translator, opened.enter_context(model_in_browser(folder))

        yield start


@pytest.mark.parametrize("model, search", [
    pytest.param(model, search, marks=() if search in USUAL.get(model, ()) else pytest.mark.slow)
    for model in MODELS for search in SEARCHES])
def test_same_answers(both, model, search):
    translator, in_browser = both(model)
    options = SEARCHES[search]
    python, browser = translator(TEXTS, **options), in_browser(TEXTS, **options)
    assert len({answer.text for answer in python}) > 5
    assert_same_n_best(python, browser)
