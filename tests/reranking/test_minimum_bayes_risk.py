import doctest
import sys

import pytest
from sacrebleu.metrics import CHRF

from keras_s2s.errors import UserError
from keras_s2s.reranking import minimum_bayes_risk

TEXTS = ["a man rides a horse", "the man is riding a horse", "a man rides a horse", "a horse is ridden", "Ein Pferd!",
         "", "a man rides a horse ."]


def test_example():
    # The function hides the module of its name.
    assert doctest.testmod(sys.modules["keras_s2s.reranking.minimum_bayes_risk"]).failed == 0


def by_definition(texts, weights):
    metric = CHRF()
    return [sum(weight * metric.sentence_score(text, [reference]).score
                for reference, weight in zip(texts, weights, strict=True)) / sum(weights) for text in texts]


@pytest.mark.parametrize("weights", [None, [3, 1, 0.5, 1, 8, 2, 0]])
def test_as_defined(weights):
    order, expected = minimum_bayes_risk(TEXTS, weights)
    assert expected == pytest.approx(by_definition(TEXTS, weights or [1] * len(TEXTS)), abs=1e-9)
    assert order == sorted(range(len(TEXTS)), key=lambda place: (-round(expected[place], 9), place))


def test_the_text_that_agrees_with_the_others_wins():
    order, _ = minimum_bayes_risk(["entirely different", "the cat sat", "the cat sits", "a cat sat"])
    assert (order[0], order[-1]) == (1, 0)


def test_a_probable_text_wins():
    assert minimum_bayes_risk(["the cat", "the dog", "a bird"], [0.1, 0.1, 0.8])[0][0] == 2


def test_what_is_drawn_often_weighs_more():
    drawn = minimum_bayes_risk(["the cat", "a bird", "a bird", "a bird"])
    weighted = minimum_bayes_risk(["the cat", "a bird"], [1, 3])
    assert drawn[0] == [1, 2, 3, 0]
    assert drawn[1][:2] == weighted[1]


def test_of_equals_the_earlier():
    """One text with its letters exchanged in turn: all have the same utilities, each in another order."""
    texts = ["bdcddcaca", "cadaadbdb", "dbabbacac", "acbccbdbd"]
    order, expected = minimum_bayes_risk(texts + texts)
    assert order == list(range(8))
    assert len(set(expected)) == 1


def test_one_text_and_nothing():
    assert minimum_bayes_risk(["the cat"]) == ([0], [100.0])
    assert minimum_bayes_risk(["", ""]) == ([0, 1], [0.0, 0.0])


def test_equal_texts_are_scored_once(monkeypatch):
    calls = []
    score = CHRF.corpus_score
    monkeypatch.setattr(CHRF, "corpus_score", lambda *arguments: calls.append(1) or score(*arguments))
    minimum_bayes_risk(["a b", "b c"] * 8)
    assert len(calls) == 4


@pytest.mark.parametrize("texts, weights, message", [
    ([], None, "There are no texts"),
    ("the cat", None, "One string"),
    (["a", "b"], [1], "1 weights for 2 texts"),
    (["a", "b"], [0, 0], "weights are 0.0, 0.0"),
    (["a", "b"], [-0.5, -1.5], r"exp\(log_prob\)"),
    (["a", "b"], [1, float("nan")], "finite"),
    (["a", "b"], [1, float("inf")], "finite"),
])
def test_refused(texts, weights, message):
    with pytest.raises(UserError, match=message):
        minimum_bayes_risk(texts, weights)
