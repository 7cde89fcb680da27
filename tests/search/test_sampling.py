"""Sampling: what is drawn, how often, and that it is the same again."""

import numpy as np
import pytest
from keras import ops
from toys import END, Constant, Markov, decode, targets

from keras_s2s.errors import UserError
from keras_s2s.search import Constraints, Greedy, Sampling

DRAWS = 20_000
LOGITS = np.array([1.5, 0.3, 2.0, -0.4, 1.2, 0.1, -1.0, 0.6])  # padding and start are likely, and never drawn
ALLOWED = [1, 3, 4, 5, 6, 7]
KEYS = [b"the", b"cat", b"", b"the"]


def one_step(**options):
    """How often each token is drawn, of one step whose logits are `LOGITS`."""
    search = Sampling(samples=DRAWS, **options)
    found = decode(search, Constant([LOGITS]), 1, draws=search.draws([b"key"], 1))
    assert found["n_best"]["ids"].shape == (1, DRAWS, 1)
    return np.bincount(found["n_best"]["ids"].ravel().astype("int64"), minlength=8) / DRAWS


def softmax(logits):
    return np.exp(logits - np.logaddexp.reduce(logits))


def assert_drawn_from(found, expected):
    """Within 4.5 standard deviations for each token, and never where the probability is 0."""
    assert np.all(np.abs(found - expected) <= 4.5 * np.sqrt(expected * (1 - expected) / DRAWS))


def among(tokens, temperature=1.0):
    expected = np.zeros(8)
    expected[tokens] = softmax(LOGITS[tokens] / temperature)
    return expected


@pytest.mark.parametrize("temperature", [0.5, 1.0, 3.0])
def test_frequencies_are_the_probabilities(temperature):
    assert_drawn_from(one_step(temperature=temperature), among(ALLOWED, temperature))


@pytest.mark.parametrize("temperature", [0.001, 100.0])
def test_the_extremes_of_the_temperature(temperature):
    found = one_step(temperature=temperature)
    assert found[[0, 2]].tolist() == [0.0, 0.0]
    assert_drawn_from(found, among([4] if temperature < 1 else ALLOWED, temperature))


def test_top_k():
    assert_drawn_from(one_step(top_k=3), among([4, 7, 1]))
    assert_drawn_from(one_step(top_k=1), among([4]))
    assert_drawn_from(one_step(top_k=50), among(ALLOWED))


def test_top_p():
    probabilities = softmax(LOGITS[ALLOWED])  # of 4, 7, 1, 5, 3, 6: 0.40, 0.22, 0.16, 0.13 ...
    by_size = [ALLOWED[place] for place in np.argsort(-probabilities)]
    assert by_size == [4, 7, 1, 5, 3, 6]
    for kept in (1, 2, 4, 6):
        up_to = np.sort(probabilities)[::-1][:kept].sum()
        assert_drawn_from(one_step(top_p=up_to - 0.01), among(by_size[:kept]))
    assert_drawn_from(one_step(top_p=1e-9), among([4]))


def test_top_p_of_the_top_k_and_of_the_temperature():
    # Of 4, 7, 1: 0.52, 0.28, 0.21.
    assert_drawn_from(one_step(top_k=3, top_p=0.6), among([4, 7]))
    # With temperature 0.5: 0.61, 0.18, 0.10.
    assert_drawn_from(one_step(temperature=0.5, top_p=0.65), among([4, 7], 0.5))


def test_what_is_blocked_is_never_drawn():
    constraints = Constraints(forbidden=(4, 5, END))
    assert_drawn_from(one_step(constraints=constraints), among([1, 6, 7]))
    assert_drawn_from(one_step(top_k=7, top_p=0.9999, constraints=constraints), among([1, 6, 7]))


@pytest.mark.parametrize("vocabulary", [12, 3000])
@pytest.mark.parametrize("options", [{}, {"top_k": 5}, {"top_p": 0.9}], ids=str)
def test_the_smallest_and_the_largest_number(options, vocabulary):
    """0 draws the first token of any probability, the largest number below 1 the last."""
    logits = np.random.default_rng(0).normal(size=(40, vocabulary)).astype("float32")
    logits[:, -3:] = -2e4  # impossible
    draws = np.tile(np.array([[[0.0], [0.99999994]]], "float32"), (40, 1, 1))
    found = decode(Sampling(samples=2, **options), Constant(logits), 1, draws=draws)["n_best"]["ids"][:, :, 0]
    allowed = np.delete(np.arange(vocabulary), [0, 2])
    if not options:
        assert set(found[:, 0]) == {1}
        assert set(found[:, 1]) == {vocabulary - 4}
        return
    by_size = allowed[np.argsort(-logits[:, allowed], axis=1)]
    shares = np.take_along_axis(np.exp(logits), by_size, 1)
    shares = np.cumsum(shares, axis=1) / shares.sum(1, keepdims=True)
    last = np.sum(shares < 0.9, axis=1) if "top_p" in options else np.full(40, 4)
    np.testing.assert_array_equal(found[:, 0], by_size[:, 0])
    np.testing.assert_array_equal(found[:, 1], by_size[np.arange(40), last])


def test_impossible_tokens_are_not_drawn_by_rounding():
    """Sums that were added up in another order may grow where nothing is added: draws that would hit such growth."""
    chance = np.random.default_rng(1)
    logits = np.where(chance.random((1, 4000)) < 0.5, -2e4, chance.normal(size=(1, 4000))).astype("float32")
    logits[0, [0, 2]] = -2e4
    sums = ops.convert_to_numpy(ops.cumsum(ops.softmax(ops.convert_to_tensor(logits)), axis=1))[0]
    impossible = np.flatnonzero(logits[0] == -2e4)
    draws = (sums[impossible - 1] / sums.max()).astype("float32")
    draws = np.concatenate([draws, np.nextafter(draws, 0, dtype="float32")]).clip(0, 0.99999994)
    found = decode(Sampling(samples=len(draws)), Constant(logits), 1, draws=draws[None, :, None])["n_best"]["ids"]
    assert np.all(logits[0, found.ravel()] > -2e4)


def samples(search, keys, limit=7, toy=None):
    return decode(search, toy or Markov.random(len(keys), seed=1), limit, draws=search.draws(keys, np.max(limit)))


def test_the_same_seed_and_sentence_give_the_same_samples():
    toy = Markov.random(1).of(0, 0, 0, 0)
    first, again = (samples(Sampling(samples=3, seed=5), KEYS, toy=toy) for _ in range(2))
    for name in first["n_best"]:
        np.testing.assert_array_equal(first["n_best"][name], again["n_best"][name])
    np.testing.assert_array_equal(first["n_best"]["ids"][0], first["n_best"]["ids"][3])
    assert (first["n_best"]["ids"][0] != first["n_best"]["ids"][1]).any()


def test_seeds_samples_and_sentences_have_streams_of_their_own():
    streams = [Sampling(samples=3, seed=seed).draws(KEYS[:3], 50) for seed in (0, 1)]
    streams = np.stack(streams).reshape(18, 50)
    assert np.all(np.abs(np.corrcoef(streams)[~np.eye(18, dtype=bool)]) < 0.6)
    assert streams.dtype == np.float32
    assert 0 <= streams.min() < 0.01 and 0.99 < streams.max() < 1


def test_draws_do_not_depend_on_their_number():
    """More samples or a longer limit leave the first ones as they were."""
    few, many = Sampling(samples=2, seed=9).draws(KEYS, 5), Sampling(samples=4, seed=9).draws(KEYS, 11)
    np.testing.assert_array_equal(many[:, :2, :5], few)
    toy = Markov.random(4)
    few, many = (samples(Sampling(samples=number, seed=9), KEYS, toy=toy)["n_best"]["ids"] for number in (2, 4))
    assert targets(few[:, 1]) == targets(many[:, 1])


def test_what_is_reported_is_the_models_own():
    """Whatever the temperature, the constraints and the tokens left out."""
    toy, limit = Markov.random(3, seed=6), [7, 3, 0]
    search = Sampling(samples=5, temperature=0.7, top_k=3, top_p=0.95, constraints=Constraints(forbidden=(4,)))
    found = samples(search, [b"a", b"b", b"c"], limit, toy)
    for source in range(3):
        for sample, target in enumerate(targets(found["n_best"]["ids"][source])):
            got = {name: value[source, sample] for name, value in found["n_best"].items()}
            assert got["length"] == len(target) <= limit[source]
            if not target:
                assert got["log_prob"] == got["score"] == 0
                continue
            log_probs = toy.log_probs(source, target)
            np.testing.assert_allclose(got["token_log_probs"][:len(target)], log_probs, atol=1e-5)
            np.testing.assert_allclose(got["log_prob"], sum(log_probs), atol=1e-5)
            np.testing.assert_allclose(got["score"], np.mean(log_probs), atol=1e-5)
            np.testing.assert_allclose(got["attention"][:len(target)], toy.attention(source, target), atol=1e-6)
    for name, value in found.items():
        if name != "n_best":
            np.testing.assert_array_equal(value, found["n_best"][name][:, 0])


@pytest.mark.parametrize("options", [{"top_k": 1}, {"top_p": 1e-9}, {"temperature": 0.001}], ids=str)
def test_only_the_best_is_greedy(options):
    toy = Markov.random(6, seed=8)
    found = samples(Sampling(samples=2, **options), [bytes([row]) for row in range(6)], 8, toy)
    greedy = decode(Greedy(), toy, 8)
    for sample in range(2):
        assert targets(found["n_best"]["ids"][:, sample]) == targets(greedy["ids"])


def test_targets_are_as_frequent_as_they_are_likely():
    """Several steps: each token's probability given those before it."""
    toy = Markov.random(1, seed=4, scale=0.5)
    search = Sampling(samples=DRAWS)
    found = targets(samples(search, [b"x"], 2, toy)["n_best"]["ids"][0])
    for begun in (1, 4, 5):
        probabilities = np.exp([toy.log_probs(0, (begun, token)) for token in (1, END, 4, 5)])
        shares = np.exp(toy.log_probs(0, (1,))[0]), np.exp([toy.log_probs(0, (token,))[0] for token in (1, END, 4, 5)])
        first = np.exp(toy.log_probs(0, (begun,))[0]) / shares[1].sum()
        for token, probability in zip((1, END, 4, 5), probabilities[:, 1] / probabilities[:, 1].sum(), strict=True):
            expected = first * probability
            share = found.count((begun, token)) / DRAWS
            assert abs(share - expected) < 4.5 * np.sqrt(expected * (1 - expected) / DRAWS)


@pytest.mark.parametrize("batch", [0, 2])
def test_nothing_to_write(batch):
    search = Sampling(samples=3, constraints=Constraints((4,), 2, 1.5))
    found = samples(search, KEYS[:batch], 0, Markov.random(2).of(*range(batch)))
    assert found["ids"].shape == (batch, 0)
    assert found["n_best"]["attention"].shape == (batch, 3, 0, 3)


@pytest.mark.parametrize("options, given", [
    ({"samples": 0}, "samples=0"), ({"samples": 1.5}, "samples=1.5"), ({"top_k": -1}, "top_k=-1"),
    ({"seed": -1}, "seed=-1"), ({"temperature": 0}, "temperature=0"), ({"temperature": -1.0}, "temperature=-1.0"),
    ({"temperature": float("inf")}, "temperature=inf"), ({"temperature": float("nan")}, "temperature=nan"),
    ({"temperature": 101.0}, "temperature=101.0"), ({"temperature": 1e-30}, "temperature=1e-30"),
    ({"top_p": 0.0}, "top_p=0.0"), ({"top_p": 1.1}, "top_p=1.1"), ({"top_p": float("nan")}, "top_p=nan")])
def test_arguments_out_of_range(options, given):
    with pytest.raises(UserError, match=given):
        Sampling(**options)
