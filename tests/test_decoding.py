"""Every option of a translation: what it does, and what is refused."""

import math

import numpy as np
import pytest

from keras_s2s.decoding import Decoding
from keras_s2s.errors import UserError
from keras_s2s.reranking import minimum_bayes_risk

TEXTS = ["the cat", "dog", "3 dogs", "Ä"]


@pytest.mark.parametrize("options, message", [
    ({"beam_size": 0}, "beam_size=0.*whole number from 1 to 1,000.*Use 1"),
    ({"beam_size": -3}, "beam_size=-3"),
    ({"beam_size": 2.5}, "beam_size=2.5"),
    ({"beam_size": 10**6}, "beam_size=1000000.*Use 1000"),
    ({"beam_size": "5"}, "beam_size='5'.*a number"),
    ({"beam_size": None}, "beam_size=None.*a number"),
    ({"beam_size": True}, "beam_size=True"),
    ({"beam_size": math.nan}, "beam_size=nan"),
    ({"beam_size": math.inf}, "beam_size=inf"),
    ({"n_best": 0}, "n_best=0"),
    ({"n_best": 2}, "n_best=2 of 1.*Use beam_size=2"),
    ({"beam_size": 3, "n_best": 4}, "n_best=4 of 3"),
    ({"samples": 3, "n_best": 4}, "n_best=4 of 3"),
    ({"samples": -1}, "samples=-1"),
    ({"samples": 10**6}, "samples=1000000"),
    ({"samples": 2, "beam_size": 2}, "samples=2 with beam_size=2.*Leave one out"),
    ({"beam_size": 2, "length_normalization": "sum"}, "length_normalization='sum'.*mean, gnmt, none"),
    ({"beam_size": 2, "alpha": -0.1}, "alpha=-0.1"),
    ({"beam_size": 2, "alpha": "x"}, "alpha='x'"),
    ({"beam_size": 2, "alpha": 0.6, "length_normalization": "none"}, "alpha=0.6 with length_normalization='none'"),
    ({"beam_size": 2, "coverage_penalty": math.nan}, "coverage_penalty=nan"),
    ({"alpha": 0.6}, "alpha without beam_size.*Add beam_size=5"),
    ({"coverage_penalty": 0.2}, "coverage_penalty without beam_size"),
    ({"early_stopping": False}, "early_stopping without beam_size"),
    ({"beam_size": 2, "early_stopping": 1.5}, "early_stopping=1.5.*True or False"),
    ({"samples": 2, "alpha": 0.6}, "alpha without beam_size"),
    ({"temperature": 0.5}, "temperature without samples.*Add samples=1"),
    ({"beam_size": 2, "top_k": 5}, "top_k without samples"),
    ({"top_p": 0.5}, "top_p without samples"),
    ({"seed": 3}, "seed without samples"),
    ({"samples": 1, "temperature": 0}, "temperature=0.*greedy search"),
    ({"samples": 1, "temperature": math.inf}, "temperature=inf"),
    ({"samples": 1, "temperature": "hot"}, "temperature='hot'"),
    ({"samples": 1, "top_k": -1}, "top_k=-1"),
    ({"samples": 1, "top_p": 0}, "top_p=0"),
    ({"samples": 1, "top_p": 1.1}, "top_p=1.1"),
    ({"samples": 1, "seed": -1}, "seed=-1"),
    ({"minimum_bayes_risk": True}, "minimum_bayes_risk with one translation.*samples=16"),
    ({"samples": 1, "minimum_bayes_risk": True}, "minimum_bayes_risk with one translation"),
    ({"max_length": 0}, "max_length=0"),
    ({"max_length": 10**12}, "max_length=1000000000000.*10,000"),
    ({"min_length": 10**12}, "min_length=1000000000000.*10,000"),
    ({"min_length": 4, "max_length": 4}, "min_length=4 with max_length=4.*end token"),
    ({"min_length_ratio": 1.0, "max_length_ratio": 0.5}, "min_length_ratio=1.0 with max_length_ratio=0.5"),
    ({"min_length_ratio": -1.0}, "min_length_ratio=-1.0"),
    ({"max_length_ratio": 0.0}, "max_length_ratio=0.0"),
    ({"max_length_ratio": math.inf}, "max_length_ratio=inf"),
    ({"forbid": 5}, "forbid=5.*as strings"),
    ({"forbid": ["a", 5]}, "forbid=.*as strings"),
    ({"no_repeat_ngram": -1}, "no_repeat_ngram=-1"),
    ({"no_repeat_ngram": 10**6}, "no_repeat_ngram=1000000.*to 100"),
    ({"repetition_penalty": 0.9}, "repetition_penalty=0.9"),
    ({"repetition_penalty": math.inf}, "repetition_penalty=inf"),
    ({"unknown": "drop"}, "unknown='drop'.*keep, forbid, replace"),
    ({"jit_compile": "no"}, "jit_compile='no'"),
])
def test_refused(options, message):
    with pytest.raises(UserError, match=f"(?si)^{message}") as caught:
        Decoding(**options)
    assert caught.value.given and caught.value.expected and caught.value.fix


def test_unknown_options_are_no_options(tiny):
    with pytest.raises(TypeError, match="beam"):
        tiny("cat", beam=5)


def test_tokens_that_cannot_be_forbidden(tiny):
    with pytest.raises(UserError, match="'x' is to be forbidden"):
        tiny("cat", forbid=["a", "x"])
    with pytest.raises(UserError, match=r"(?s)Every token is forbidden.*Forbid fewer"):
        tiny("cat", forbid=tiny.target.get_vocabulary()[3:])


def test_whole_numbers_of_any_type():
    options = Decoding(samples=np.int64(3), top_k=2.0, seed=np.float32(4), max_length=5.0)
    assert options == Decoding(samples=3, top_k=2, seed=4, max_length=5)
    assert all(type(getattr(options, name)) is int for name in ("samples", "top_k", "seed", "max_length"))
    assert Decoding(forbid="abc").forbid == ("abc",)  # one token, not three


def tokens(answers):
    return [answer.tokens for answer in answers]


@pytest.mark.parametrize("options, divisor", [
    ({}, lambda length: length), ({"alpha": 0.5}, math.sqrt),
    ({"length_normalization": "gnmt", "alpha": 0.6}, lambda length: ((5 + length) / 6) ** 0.6),
    ({"length_normalization": "none"}, lambda length: 1.0),
    ({"coverage_penalty": 0.5}, lambda length: length)])
def test_what_a_beam_ranks_by(tiny, eagerly, options, divisor):
    answers = tiny(TEXTS, beam_size=4, n_best=4, **options)
    for answer in answers:
        assert len(answer.n_best) == 4
        for one in answer.n_best:
            covered = np.log(np.minimum(one.attention.sum(0), 1.0)).sum()
            expected = one.log_prob / divisor(len(one.tokens)) + options.get("coverage_penalty", 0.0) * covered
            assert one.score == pytest.approx(expected, abs=1e-4)
    if options:
        assert tokens(answers) != tokens(tiny(TEXTS, beam_size=4, n_best=4))


def test_beam_size(tiny, eagerly):
    """With so many hypotheses, none is likelier than the best; early stopping does not change it."""
    greedy, four, many = (tiny(TEXTS, beam_size=size, length_normalization="none") if size > 1 else tiny(TEXTS)
                          for size in (1, 4, 40))
    assert tokens(greedy) != tokens(four)
    assert all(better.log_prob >= one.log_prob - 1e-5 for better, one in zip(many, greedy, strict=True))
    late = tiny(TEXTS, beam_size=4, length_normalization="none", early_stopping=False)
    assert tokens(late) == tokens(four)
    assert not Decoding(beam_size=4, early_stopping=False).search(tiny.target).early_stopping


def test_n_best(tiny, eagerly):
    alone, several = tiny(TEXTS, beam_size=4), tiny(TEXTS, beam_size=4, n_best=3)
    assert [one.n_best for one in alone] == [()] * 4
    for one, best in zip(alone, several, strict=True):
        assert len(best.n_best) == 3
        assert one.text == best.text == best.n_best[0].text
        assert one.score == pytest.approx(best.score, abs=1e-6)
        assert [entry["text"] for entry in best.to_dict()["n_best"]] == [other.text for other in best.n_best]


def test_samples(tiny, eagerly):
    answers = tiny(TEXTS, samples=4, n_best=4)
    assert tokens(answers) == tokens(tiny(TEXTS, samples=4, n_best=4))
    assert tokens(answers) != tokens(tiny(TEXTS, samples=4, n_best=4, seed=1))
    for answer in answers:
        assert answer.n_best[0].text == answer.text
        for one in answer.n_best:
            assert one.score == pytest.approx(one.log_prob / len(one.tokens), abs=1e-5)
    assert any(len(answer.n_best) > 2 for answer in answers)
    # One is drawn as the first of several is.
    assert {answer.text for answer in tiny(TEXTS, samples=1)} <= {one.text for best in answers for one in best.n_best}


@pytest.mark.parametrize("options", [{"top_k": 1}, {"top_p": 1e-6}, {"temperature": 0.001}])
def test_samples_of_the_likeliest_only(tiny, eagerly, options):
    assert tokens(tiny(TEXTS, samples=2, **options)) == tokens(tiny(TEXTS))


@pytest.mark.parametrize("options", [{"samples": 4, "temperature": 2.0}, {"beam_size": 4}])
def test_minimum_bayes_risk(tiny, eagerly, options):
    several = tiny(TEXTS, n_best=4, **options)
    ranked, compared = tiny(TEXTS, n_best=4, minimum_bayes_risk=True, **options), 0
    for before, after in zip(several, ranked, strict=True):
        texts = [one.text for one in before.n_best]
        if len(texts) < 4:  # a text that was drawn twice counts twice
            continue
        compared += 1
        order, expected = minimum_bayes_risk(texts)
        assert [one.text for one in after.n_best] == [texts[place] for place in order]
        assert [one.score for one in after.n_best] == pytest.approx([expected[place] for place in order])
    assert compared > 1
    assert tokens(several) != tokens(ranked)
    assert tokens(tiny(TEXTS, minimum_bayes_risk=True, **options)) == tokens(ranked)


@pytest.mark.parametrize("options", [{}, {"beam_size": 3}])
def test_lengths(tiny, eagerly, options):
    free = tiny(TEXTS, **options)
    read = [len(answer.source_tokens) - 1 for answer in free]
    short = tiny(TEXTS, max_length=3, **options)
    assert all(len(answer.tokens) <= 3 for answer in short)
    assert any(len(answer.tokens) == 3 and answer.tokens[-1] != "</s>" for answer in short)
    ratio = tiny(TEXTS, max_length_ratio=0.5, **options)
    assert all(len(answer.tokens) <= max(n // 2, 1) for answer, n in zip(ratio, read, strict=True))
    long = tiny(TEXTS, min_length=4, max_length=9, **options)
    assert all(len(answer.tokens) > 4 for answer in long)
    both = tiny(TEXTS, min_length_ratio=1.2, **options)
    assert all(len(answer.tokens) > min(int(1.2 * n), int(1.5 * n) + 2) for answer, n in zip(both, read, strict=True))
    assert len({str(tokens(answers)) for answers in (free, short, ratio, long, both)}) == 5


@pytest.mark.parametrize("options", [{"beam_size": 3}, {"samples": 2}])
def test_constraints(tiny, eagerly, options):
    free = tiny(TEXTS, **options)
    token = free[0].tokens[0]
    assert all(token not in answer.tokens for answer in tiny(TEXTS, forbid=[token], **options))

    def repeated(answers):
        return sum(len(answer.tokens) - len(set(answer.tokens)) for answer in answers)

    once = tiny(TEXTS, no_repeat_ngram=1, **options)
    assert repeated(once) == 0 < repeated(free)
    assert repeated(tiny(TEXTS, repetition_penalty=3.0, **options)) < repeated(free)


def test_prefix(tiny, eagerly):
    for options in ({}, {"beam_size": 3, "n_best": 3}, {"samples": 3, "n_best": 2}):
        answers = tiny(TEXTS, prefix=["12", "", "1x2", "c"], **options)
        for answer, prefix in zip(answers, ["12", "", "1x2", "c"], strict=True):
            assert all(one.text.startswith(prefix) for one in answer.n_best or [answer])
        assert answers[2].tokens[:3] == ["1", "x", "2"]  # stays as it was given, unknown or not
    assert [answer.text[:2] for answer in tiny(TEXTS, prefix="12")] == ["12"] * 4
    assert tiny("", prefix="12").text == ""
    # What follows may be as long as a translation without a prefix, up to the model's maximum.
    assert len(tiny("a", prefix="1" * 20, min_length=25).tokens) == 20 + 4


@pytest.mark.parametrize("prefix, message", [
    (["1"], "1 prefixes for 4 texts"), (3, "int in place of text"), (["1", None, "", ""], "in place of text"),
    ("1" * 30, "(?s)has 30 tokens.*fewer than 30")])
def test_prefixes_that_are_none(tiny, prefix, message):
    with pytest.raises(UserError, match=message):
        tiny(TEXTS, prefix=prefix)
    with pytest.raises(UserError, match=r"(?s)has 3 tokens.*fewer than 3"):
        tiny("a", prefix="111", max_length=3)


@pytest.mark.parametrize("options", [{}, {"beam_size": 3, "n_best": 3}])
def test_unknown_tokens(words, eagerly, options):
    texts = ["the zebra sat on a mat", "Zoé and 3 cats", "a b c d"]
    kept, replaced, never = (words(texts, unknown=unknown, **options) for unknown in ("keep", "replace", "forbid"))
    assert any("<unk>" in answer.tokens for answer in kept)
    copied = 0
    for before, after, other in zip(kept, replaced, never, strict=True):
        assert "<unk>" not in after.tokens + other.tokens
        assert after.text == " ".join(token for token in after.tokens if token != "</s>")
        best = next((one for one in before.n_best if one.score == after.score), before)
        for old, new, looks in zip(best.tokens, after.tokens, best.attention, strict=True):
            expected = before.source.split()[looks[:-1].argmax()] if old == "<unk>" else old
            copied += new != old
            assert new == expected
    assert copied


def test_unknown_characters_become_characters(tiny, eagerly):
    before, after = tiny("dog"), tiny("dog", unknown="replace")
    assert "<unk>" in before.tokens
    assert len(after.tokens) == len(before.tokens)
    assert all(new in ("d", "o", "g") for old, new in zip(before.tokens, after.tokens, strict=True) if old == "<unk>")
