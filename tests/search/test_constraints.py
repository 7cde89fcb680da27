"""What may be written, in all searches."""

import itertools

import numpy as np
import pytest
from keras import ops
from toys import END, START, UNKNOWN, Markov, decode, hypotheses, targets

from keras_s2s.errors import UserError
from keras_s2s.search import Beam, Constraints, Greedy, Sampling

SEARCHES = {
    "greedy": Greedy,
    "beam": lambda constraints: Beam(4, 4, constraints=constraints),
    "sampling": lambda constraints: Sampling(samples=4, temperature=1.5, seed=3, constraints=constraints),
    "sampling of few": lambda constraints: Sampling(samples=4, top_k=3, top_p=0.8, constraints=constraints)}
EVERY = pytest.mark.parametrize("kind", SEARCHES)


def written(kind, toy, limit, constraints=None, **options):
    """`(result, targets of each source)` of a search."""
    search = SEARCHES[kind](constraints or Constraints())
    if isinstance(search, Sampling):
        options["draws"] = search.draws([bytes([row]) for row in range(len(toy.tables))], int(np.max(limit)))
    found = decode(search, toy, limit, **options)
    if "n_best" not in found:
        return found, [targets(found["ids"][row:row + 1]) for row in range(len(toy.tables))]
    return found, [list(hypotheses(found, row)) if kind == "beam" else targets(found["n_best"]["ids"][row])
                   for row in range(len(toy.tables))]


def repeated(target, length):
    """Whether a sequence of so many tokens occurs twice."""
    grams = [target[place:place + length] for place in range(len(target) - length + 1)]
    return len(set(grams)) < len(grams)


@EVERY
def test_the_toys_write_what_is_forbidden_below(kind):
    """Or else these tests could not fail."""
    found = [target for row in written(kind, Markov.random(20), 12)[1] for target in row]
    assert all(any(repeated(target, length) for target in found) for length in (1, 2, 3))
    assert {UNKNOWN, END, 4, 5} == {token for target in found for token in target}
    assert any(len(target) < 3 for target in found)


@EVERY
def test_forbidden_tokens(kind):
    found = written(kind, Markov.random(20), 9, Constraints(forbidden=(UNKNOWN, 5)))[1]
    assert {token for row in found for target in row for token in target} == {END, 4}


@EVERY
def test_without_an_end_token_all_run_to_their_limits(kind):
    limit = [9, 4, 0, 1]
    found = written(kind, Markov.random(4), limit, Constraints(forbidden=(END,)))[1]
    for row, length in zip(found, limit, strict=True):
        assert row
        assert {len(target) for target in row} == {length}


@EVERY
@pytest.mark.parametrize("forbidden", [range(30), (UNKNOWN, END, 4, 5), (0, UNKNOWN, START, END, 4, 5)])
def test_where_nothing_is_left_the_target_ends(kind, forbidden):
    """Not with padding or the start token, which the toys find likely."""
    tables = np.random.default_rng(0).normal(size=(3, 2, 6, 6))
    tables[..., [0, START]] += 5.0
    found, rows = written(kind, Markov(tables), 9, Constraints(forbidden=tuple(forbidden)))
    assert all(set(row) == {(END,)} for row in rows)
    np.testing.assert_allclose(found["log_prob"], [Markov(tables).log_probs(row, (END,))[0] for row in range(3)],
                               atol=1e-5)


@EVERY
def test_a_minimum_for_each_source(kind):
    toy, minimum = Markov.random(12), np.array([0, 1, 2, 3, 4, 9, 12, 20, 3, 3, 3, 3], "int32")
    found = written(kind, toy, 12, minimum=minimum)[1]
    for row, least in zip(found, minimum, strict=True):
        assert all(len(target) > least or len(target) == 12 for target in row)
        assert all(END not in target[:least] for target in row)
    free = written(kind, toy, 12)[1]
    assert free[0] == found[0]
    assert free != found
    toy.tables[..., END] += 20.0  # all end as soon as they may
    assert written(kind, toy, 12, minimum=minimum)[0]["length"].tolist() == np.minimum(minimum + 1, 12).tolist()


@EVERY
def test_a_prefix_for_each_source(kind):
    """Then the search goes on freely; nothing of it stands in the prefix's way."""
    toy = Markov.random(6)
    prefix = np.array([[5, 5, 4], [4, 0, 0], [0, 0, 0], [1, 5, 0], [4, END, 0], [5, 5, 5]], "int32")
    free = written(kind, toy, [9, 9, 9, 9, 9, 2])[1]
    found, rows = written(kind, toy, [9, 9, 9, 9, 9, 2], prefix=prefix)
    assert all(target[:2] == (5, 5) and target[2:3] == (4,) for target in rows[0])
    assert all(target[0] == 4 for target in rows[1])
    assert rows[2] == free[2]
    assert all(target[:2] == (1, 5) for target in rows[3])
    assert set(rows[4]) == {(4, END)}
    assert set(rows[5]) == {(5, 5)}
    assert max(len(target) for row in rows for target in row) > 4
    for row in range(6):
        own = toy.log_probs(row, targets(found["ids"])[row])
        np.testing.assert_allclose(found["log_prob"][row], sum(own), atol=1e-4)
    forbidding = written(kind, toy, 9, Constraints(forbidden=(4, 5), no_repeat_ngram=1), prefix=prefix)[1]
    assert all(target[:3] == (5, 5, 4) and set(target[3:]) <= {UNKNOWN, END} for target in forbidding[0])


@EVERY
def test_an_empty_prefix_is_none(kind):
    toy = Markov.random(3)
    assert written(kind, toy, 6, prefix=np.zeros((3, 0), "int32"))[1] == written(kind, toy, 6)[1]


def test_the_search_goes_on_from_a_prefix_as_if_it_had_written_it():
    """Greedily from its own first tokens: what it would have written anyway."""
    toy = Markov.random(8, seed=2)
    free = decode(Greedy(), toy, 9)
    for length in (1, 2, 5):
        again = decode(Greedy(), toy, 9, prefix=free["ids"][:, :length].astype("int32"))
        for name in free:
            np.testing.assert_allclose(again[name], free[name], atol=1e-6)


@EVERY
@pytest.mark.parametrize("length", [1, 2, 3])
def test_no_sequence_of_tokens_twice(kind, length):
    found = written(kind, Markov.random(10, vocabulary=7), 14, Constraints(no_repeat_ngram=length))[1]
    assert not [target for row in found for target in row if repeated(target, length)]
    if length > 1:  # shorter sequences may
        assert [target for row in found for target in row if repeated(target, length - 1)]


@pytest.mark.parametrize("length", [1, 2, 3])
def test_greedily_the_best_that_repeats_nothing(length):
    """The next token is the likeliest of those with which no sequence comes twice, in plain Python."""
    toy = Markov.random(10, vocabulary=7, seed=7)
    found = targets(decode(Greedy(Constraints(no_repeat_ngram=length)), toy, 14)["ids"])
    for row, target in enumerate(found):
        for place, token in enumerate(target):
            begun = target[:place]
            free = [other for other in (1, END, 4, 5, 6) if not repeated((*begun, other), length)] or [END]
            assert token == max(free, key=lambda other: toy.log_probs(row, (*begun, other))[-1])


def test_the_repetition_penalty_by_hand():
    """Log-probabilities of 5 and 4 are -0.6 and -1.0: with a factor of 1.5, 5 is ranked at -0.9 the second time; of 2,
    at -1.2. What is reported is the model's own."""
    probabilities = np.exp([-60.0, -60.0, -60.0, -60.0, -1.0, -0.6])
    tables = np.zeros((1, 2, 6, 6))
    tables[0, 0] = np.log(probabilities)
    toy = Markov(tables)
    norm = np.log(probabilities.sum())
    for penalty, expected in ((1.0, (5, 5, 5)), (1.5, (5, 5, 5)), (2.0, (5, 4, 5))):
        constraints = Constraints(repetition_penalty=penalty)
        for search in (Greedy(constraints), Beam(1, length_normalization="none", constraints=constraints)):
            found = decode(search, toy, 3)
            assert targets(found["ids"]) == [expected]
            own = [{4: -1.0, 5: -0.6}[token] - norm for token in expected]
            np.testing.assert_allclose(found["token_log_probs"][0], own, atol=1e-5)
            if isinstance(search, Beam):
                ranked = [value * (penalty if token in expected[:place] else 1.0)
                          for place, (token, value) in enumerate(zip(expected, own, strict=True))]
                np.testing.assert_allclose(found["score"], [sum(ranked)], atol=1e-5)


def test_the_penalty_of_whole_targets_in_a_beam():
    toy, penalty = Markov.random(3, scale=0.5), 1.3
    found = decode(Beam(256, early_stopping=False, constraints=Constraints(repetition_penalty=penalty)), toy, 4)
    for source in range(3):
        for target, score in itertools.islice(hypotheses(found, source).items(), 60):
            own = toy.log_probs(source, target)
            ranked = [value * (penalty if token in target[:place] else 1.0)
                      for place, (token, value) in enumerate(zip(target, own, strict=True))]
            np.testing.assert_allclose(score, np.mean(ranked), atol=1e-5)


@EVERY
def test_no_penalty_makes_padding_the_best(kind):
    """Where every token was written before and costs more than any that is blocked."""
    constraints = Constraints(forbidden=(END,), repetition_penalty=1e6)
    found = written(kind, Markov.random(3), 8, constraints)[1]
    assert {token for row in found for target in row for token in target} == {UNKNOWN, 4, 5}
    assert {len(target) for row in found for target in row} == {8}


@pytest.mark.parametrize("options, given", [
    ({"no_repeat_ngram": -1}, "no_repeat_ngram=-1"), ({"no_repeat_ngram": 1.5}, "no_repeat_ngram=1.5"),
    ({"repetition_penalty": 0.9}, "repetition_penalty=0.9"),
    ({"repetition_penalty": float("inf")}, "repetition_penalty=inf"),
    ({"repetition_penalty": float("nan")}, "repetition_penalty=nan")])
def test_arguments_out_of_range(options, given):
    with pytest.raises(UserError, match=given):
        Constraints(**options)


def test_forbidden_ids_in_any_form_and_order():
    one, other = Constraints(forbidden=[5, np.int64(4), 5]), Constraints(forbidden=(4, 5))
    assert one == other
    assert hash(one) == hash(other)


def test_apply_without_any_constraint_changes_nothing():
    logits = ops.convert_to_tensor(np.random.default_rng(0).normal(size=(2, 6)).astype("float32"))
    assert Constraints().apply(logits) is logits
