"""A beam that stops early finds the same best hypotheses as one that goes on."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from keras.config import backend
from toys import Markov, assert_same_row, decode, hypotheses

from keras_s2s.search import Beam, Constraints

SOURCES = 16


@st.composite
def toys(draw):
    """Sources with logits of few different values, so that many targets are equally likely, some certain."""
    chance = np.random.default_rng(draw(st.integers(0, 9999)))
    most, scale = draw(st.integers(1, 5)), draw(st.sampled_from([0.1, 1.0, 7.0, 40.0]))
    logits = scale * chance.integers(0, most + 1, (SOURCES, 2, 6, 6))
    return Markov(logits, (chance.integers(0, 5, (SOURCES, 6, 2)) / 4).astype("float32"))


@st.composite
def options(draw):
    """Sizes and what scores are made of."""
    size = draw(st.integers(1, 6))
    return {"size": size, "n_best": draw(st.integers(1, size)),
            "length_normalization": draw(st.sampled_from(["mean", "gnmt", "none"])),
            "alpha": draw(st.sampled_from([0.0, 0.2, 0.5, 1.0, 1.5, 3.0])),
            "coverage_penalty": draw(st.sampled_from([0.0, 0.2, 5.0])),
            "constraints": draw(st.sampled_from([Constraints(), Constraints(repetition_penalty=1.5),
                                                 Constraints((4,), no_repeat_ngram=2)]))}


@settings(deadline=None, max_examples=8 if backend() == "jax" else 20)
@given(toy=toys(), options=options(), columns=st.sampled_from([None, 8]),
       limit=st.lists(st.integers(0, 7), min_size=SOURCES, max_size=SOURCES))
def test_the_best_are_the_same(toy, options, columns, limit):
    early, patient = (decode(Beam(**options, early_stopping=stops), toy, limit, columns=columns)
                      for stops in (True, False))
    for source in range(SOURCES):
        expected = list(hypotheses(patient, source).items())[:options["n_best"]]
        assert list(hypotheses(early, source).items())[:options["n_best"]] == expected
        one, other = ({name: value[source] for name, value in found["n_best"].items()} for found in (early, patient))
        for place in range(len(expected)):
            assert_same_row(one, place, other, place, tolerance=0)


def test_it_does_stop_early():
    """Some hypotheses are given up: their places are empty."""
    early, patient = (decode(Beam(5, 2, early_stopping=stops), Markov.random(30), 9) for stops in (True, False))
    left = [len(hypotheses(early, source)) for source in range(30)]
    assert all(2 <= number <= 5 for number in left)
    assert min(left) < 4
    assert all(len(hypotheses(patient, source)) == 5 for source in range(30))
