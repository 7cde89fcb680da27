"""Beam search over toys of which everything is known."""

import numpy as np
import pytest
from keras import ops
from keras.config import backend
from toys import END, NO_HYPOTHESIS, START, Markov, assert_same_row, decode, every_target, hypotheses, targets

from keras_s2s.errors import UserError
from keras_s2s.search import Beam, Constraints, Greedy

TRACED = backend() == "jax"  # the body of a loop runs once, whatever the number of steps
LIMIT = 4
ALL = list(every_target(6, LIMIT))
NORMALIZATIONS = [("mean", 0.5), ("mean", 1.0), ("gnmt", 0.6), ("none", 1.0)]


def spell(speller, words, limit, search=None):
    memory, state = speller.start(words)
    found = (search or Beam(4))(speller.step, state, memory, ops.convert_to_tensor(limit, "int32"))
    return {name: np.asarray(value) for name, value in found.items() if name != "n_best"}


@pytest.mark.parametrize("coverage_penalty", [0.0, 0.3])
@pytest.mark.parametrize("length_normalization, alpha", NORMALIZATIONS)
def test_with_room_for_all_the_ranking_is_that_of_an_exhaustive_search(length_normalization, alpha, coverage_penalty):
    options = {"length_normalization": length_normalization, "alpha": alpha, "coverage_penalty": coverage_penalty}
    toy = Markov.random(3)
    found = decode(Beam(4 ** LIMIT, **options, early_stopping=False), toy, LIMIT)
    for source in range(3):
        expected = {target: toy.score(source, target, **options) for target in ALL}
        got = hypotheses(found, source)
        assert got.keys() == expected.keys()
        np.testing.assert_allclose(list(got.values()), sorted(expected.values(), reverse=True), atol=1e-5)
        np.testing.assert_allclose(list(got.values()), [expected[target] for target in got], atol=1e-5)
        assert targets(found["ids"][source:source + 1]) == [max(expected, key=expected.get)]


def test_every_normalization_has_a_winner_of_its_own():
    """Or else the test above could not tell them apart."""
    toy = Markov.random(40, seed=1, scale=0.7)
    options = [{"length_normalization": "none"}, {"length_normalization": "gnmt"}, {"alpha": 1.0}, {"alpha": 0.5},
               {"coverage_penalty": 0.3}]
    best = [[max(ALL, key=lambda target: toy.score(source, target, **each)) for source in range(40)]
            for each in options]
    assert len({tuple(winners) for winners in best}) == len(options)


@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_a_narrow_beam_is_that_of_its_definition(size):
    """Of all that go on and all that have ended the best `size` stay, in plain Python."""
    toy = Markov.random(4, seed=size)
    found = decode(Beam(size, early_stopping=False), toy, 6)
    for source in range(4):
        kept = [()]
        for step in range(6):
            ended = [target for target in kept if target[-1:] == (END,) or len(target) < step]
            longer = [(*target, token) for target in kept if target not in ended for token in (1, END, 4, 5)]
            kept = sorted(ended + longer, key=lambda target: -toy.score(source, target))[:size]
        assert list(hypotheses(found, source)) == kept


@pytest.mark.parametrize("options", [
    {}, {"length_normalization": "gnmt"}, {"constraints": Constraints(forbidden=(4,), no_repeat_ngram=2)},
    {"minimum": np.array([3, 0, 6, 9, 1])}, {"prefix": np.array([[5, 0], [4, 4], [0, 0], [1, 3], [5, 5]])},
    {"constraints": Constraints(repetition_penalty=1.7), "columns": 9}], ids=str)
def test_a_beam_of_one_is_greedy(options):
    toy, limit = Markov.random(5, seed=3), [8, 5, 9, 7, 0]
    given = {name: value for name, value in options.items() if name in ("minimum", "prefix", "columns")}
    constraints = options.get("constraints", Constraints())
    searches = [Beam(1, length_normalization=options.get("length_normalization", "mean"), constraints=constraints),
                Greedy(constraints)]
    beam, greedy = (decode(search, toy, limit, **given) for search in searches)
    n_best = beam.pop("n_best")
    np.testing.assert_array_equal(beam["ids"], greedy["ids"])
    np.testing.assert_array_equal(n_best["ids"][:, 0], greedy["ids"])
    # The score is what ranks: normalised as the search was told to, and with a penalty of repetitions.
    same = {"token_log_probs", "log_prob", "length", "attention"} | (set() if options.get("length_normalization") or
                                                                     "columns" in options else {"score"})
    for name in same:
        np.testing.assert_allclose(beam[name], greedy[name], rtol=1e-6, atol=1e-6, err_msg=name)


def test_what_greedy_misses():
    """A likely first token that leads nowhere, and an unlikely one that leads to a certain end."""
    tables = np.zeros((1, 2, 6, 6))
    tables[0, 0, START, 4:] = [5.0, 4.5]
    tables[0, 0, 5, END] = 9.0
    toy = Markov(tables)
    assert targets(decode(Greedy(), toy, 2)["ids"])[0][0] == 4
    assert targets(decode(Beam(2), toy, 2)["ids"]) == [(5, END)]


def test_spells_words_and_stops_when_no_other_can_win(speller):
    for early_stopping in (True, False):
        speller.steps = 0
        found = spell(speller, ["letter", "by", "a"], [30, 20, 30],
                      Beam(4, length_normalization="none", early_stopping=early_stopping))
        assert speller.words(found["ids"]) == ["letter</s>", "by</s>", "a</s>"]
        if not TRACED:
            assert found["ids"].shape[1] == speller.steps
            assert (speller.steps == 7) == early_stopping


def test_attention_belongs_to_its_hypothesis(speller):
    memory, state = speller.start(["abc", "de"])
    found = Beam(3, early_stopping=False)(speller.step, state, memory, ops.convert_to_tensor([5, 4]))
    np.testing.assert_array_equal(found["attention"], [np.eye(5, 4), np.diag([1, 1, 1, 0, 0])[:, :4]])
    toy = Markov.random(3, seed=5)
    found = decode(Beam(6, early_stopping=False), toy, [6, 4, 5])
    for source in range(3):
        for place, target in enumerate(hypotheses(found, source)):
            attention = found["n_best"]["attention"][source, place]
            np.testing.assert_allclose(attention[:len(target)], toy.attention(source, target), atol=1e-6)
            assert not attention[len(target):].any()
            log_probs = found["n_best"]["token_log_probs"][source, place]
            np.testing.assert_allclose(log_probs[:len(target)], toy.log_probs(source, target), atol=1e-5)


def test_each_source_its_own_limit(speller):
    found = spell(speller, ["letter", "letter", "letter", "letter"], [2, 7, 0, 6])
    assert speller.words(found["ids"]) == ["le", "letter</s>", "", "letter"]
    assert found["length"].tolist() == [2, 7, 0, 6]
    np.testing.assert_allclose(found["score"], [speller.right, speller.right, 0, speller.right], atol=1e-5)


@pytest.mark.parametrize("batch", [0, 3])
def test_nothing_to_write(batch):
    found = decode(Beam(2), Markov.random(3).of(*range(batch)), 0)
    shapes = {name: value.shape for name, value in found["n_best"].items()}
    assert shapes == {"ids": (batch, 2, 0), "token_log_probs": (batch, 2, 0), "log_prob": (batch, 2),
                      "score": (batch, 2), "length": (batch, 2), "attention": (batch, 2, 0, 3)}
    assert found["ids"].shape == (batch, 0)
    assert not found["score"].any()
    assert not found["length"].any()


def test_fewer_tokens_than_hypotheses():
    """All that there is: five targets of at most two tokens from a vocabulary of five."""
    found = decode(Beam(8, early_stopping=False), Markov.random(1, vocabulary=5), 2)
    assert hypotheses(found, 0).keys() == set(every_target(5, 2))
    assert len(hypotheses(found, 0)) == 7
    assert found["n_best"]["score"][0, 7] == np.float32(NO_HYPOTHESIS)
    assert not found["n_best"]["ids"][0, 7].any()


def test_columns_are_those_asked_for():
    toy = Markov.random(3, seed=2)
    expected, found = (decode(Beam(3), toy, [3, 5, 0], columns=columns) for columns in (None, 8))
    assert found["ids"].shape == (3, 8)
    assert found["n_best"]["attention"].shape == (3, 3, 8, 3)
    for row in range(3):
        assert_same_row(found, row, expected, row)


@pytest.mark.parametrize("early_stopping", [True, False])
def test_each_source_its_own_size(early_stopping):
    toy, sizes = Markov.random(5, seed=4), [3, 1, 7, 2, 1]
    # The search's own size has no part in it.
    found = decode(Beam(2, early_stopping=early_stopping), toy, [5, 5, 6, 4, 0], sizes=np.array(sizes, "int32"))
    assert found["n_best"]["ids"].shape[:2] == (5, 7)
    for source, (size, limit) in enumerate(zip(sizes, [5, 5, 6, 4, 0], strict=True)):
        alone = decode(Beam(size, size, early_stopping=early_stopping), toy.of(source), limit)
        assert_same_row(found, source, alone, 0)
        assert len(hypotheses(found, source)) == (size if limit else 1)
        assert np.all(found["n_best"]["score"][source, size:] == np.float32(NO_HYPOTHESIS))
        for name in ("ids", "token_log_probs", "log_prob", "length", "attention"):
            assert not found["n_best"][name][source, size:].any(), name


@pytest.mark.parametrize("options, given", [
    ({"size": 0}, "A beam with size=0"), ({"size": 2.5}, "A beam with size=2.5"), ({"n_best": 0}, "n_best=0"),
    ({"size": 3, "n_best": 4}, "n_best=4 with a beam of 3"), ({"length_normalization": "sum"}, "'sum'"),
    ({"alpha": -0.1}, "alpha=-0.1"), ({"alpha": float("inf")}, "alpha=inf"),
    ({"coverage_penalty": float("nan")}, "coverage_penalty=nan")])
def test_arguments_out_of_range(options, given):
    with pytest.raises(UserError, match=given):
        Beam(**options)
