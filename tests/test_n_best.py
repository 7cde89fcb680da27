"""N-best lists against what the search has found and against forced decoding."""

import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given, settings
from hypothesis import strategies as st

from keras_s2s.decoding import Decoding
from keras_s2s.ids import START_ID
from keras_s2s.search import Forced
from keras_s2s.search.beam import NO_HYPOTHESIS

SIZE = 5
TEXTS = st.lists(st.text("thecasonm3dg ", max_size=10), min_size=1, max_size=3)


def forced(translator, source, targets):
    """Log-probabilities of lists of token ids, by forced decoding; never by text, which may have other tokens."""
    memory, state = translator.model.encode(translator.graph.encode_source(tf.constant([source] * len(targets)))[0])
    labels = np.zeros((len(targets), max(map(len, targets), default=0)), "int32")
    for row, target in enumerate(targets):
        labels[row, :len(target)] = target
    inputs = np.pad(labels, ((0, 0), (1, 0)), constant_values=START_ID)[:, :-1]
    return Forced()(translator.model.step, state, memory, tf.constant(inputs), tf.constant(labels))


def all_found(translator, texts, **options):
    """For each text all that the beam has found: `[(text, score), ...]`, as often as found."""
    run = translator._functions.function(Decoding(beam_size=SIZE, n_best=SIZE, **options), False)
    n_best = run({"text": tf.constant(texts, tf.string)})["n_best"]
    rows = zip(n_best["translation"].numpy(), n_best["score"].numpy(), strict=True)
    return [[(text.decode(), score) for text, score in zip(*row, strict=True) if score > NO_HYPOTHESIS / 2]
            for row in rows]


@pytest.mark.parametrize("which", ["twins", "pieces"])
@settings(max_examples=8, deadline=None)
@given(texts=TEXTS, wanted=st.integers(2, SIZE))
def test_n_best(which, twins, pieces, texts, wanted):
    translator = {"twins": twins, "pieces": pieces}[which]
    vocabulary = translator.target.get_vocabulary()
    answers = translator(texts, beam_size=SIZE, n_best=wanted)
    for text, answer, found in zip(texts, answers, all_found(translator, texts), strict=True):
        scores = [one.score for one in answer.n_best]
        assert scores == sorted(scores, reverse=True)
        assert (answer.text, answer.score, answer.tokens) == (
            answer.n_best[0].text, scores[0], answer.n_best[0].tokens)
        best: dict[str, float] = {}
        for one, score in found:
            best[one] = max(score, best.get(one, -np.inf))
        expected = sorted(best.items(), key=lambda entry: -entry[1])[:wanted]
        assert [one.text for one in answer.n_best] == [one for one, _ in expected]
        np.testing.assert_allclose(scores, [score for _, score in expected], atol=1e-6)
        if not answer.source_tokens[:-1]:
            assert (answer.text, scores) == ("", [0.0])
            continue
        ids = [[vocabulary.index(token) for token in one.tokens] for one in answer.n_best]
        scored = forced(translator, text, ids)
        for row, one in enumerate(answer.n_best):
            assert one.log_prob == pytest.approx(float(scored["log_prob"][row]), abs=1e-4)
            np.testing.assert_allclose(one.token_log_probs, scored["token_log_probs"][row, :len(ids[row])], atol=1e-4)
            np.testing.assert_allclose(one.attention, scored["attention"][row, :len(ids[row])], atol=1e-4)


def test_different_tokens_of_one_text_leave_their_place_to_another(twins):
    """`twins` finds texts more often than once. Early stopping, too, must not count them twice."""
    texts = [first + second for first in "thecasonm " for second in "thecasonm"]
    found = all_found(twins, texts, length_normalization="none")
    assert any(len({text for text, _ in row[:3]}) < 3 <= len({text for text, _ in row}) for row in found)
    answers = twins(texts, beam_size=SIZE, n_best=3, length_normalization="none")
    for answer, row in zip(answers, found, strict=True):
        assert len(answer.n_best) == min(3, len({text for text, _ in row}))


@pytest.mark.parametrize("options", [{"samples": 3}, {"beam_size": 4, "no_repeat_ngram": 2, "repetition_penalty": 1.3}])
def test_log_probabilities_are_the_models_own(tiny, eagerly, options):
    """Whatever has been drawn, forbidden or penalised."""
    vocabulary = tiny.target.get_vocabulary()
    answer = tiny("the cat", n_best=3, temperature=3.0, **options) if "samples" in options else tiny(
        "the cat", n_best=3, **options)
    ids = [[vocabulary.index(token) for token in one.tokens] for one in answer.n_best]
    scored = forced(tiny, "the cat", ids)
    for row, one in enumerate(answer.n_best):
        assert one.log_prob == pytest.approx(float(scored["log_prob"][row]), abs=1e-4)


def test_compiled_by_xla(tiny, monkeypatch):
    """The same tokens and scores, however they are computed."""
    graph = tiny._functions.function(Decoding(max_length=8, jit_compile=True), False).graph.as_graph_def()
    assert any(function.attr["_XlaMustCompile"].b for function in graph.library.function)
    texts = ["the cat", "", "3 do"]
    for options in ({}, {"beam_size": 3, "n_best": 2}, {"samples": 2, "n_best": 2}, {"prefix": ["12", "", "1x"]}):
        compiled = tiny(texts, max_length=8, jit_compile=True, **options)
        with monkeypatch.context() as patched:
            patched.setattr("keras_s2s.graph_functions._traced", lambda function, given: function)
            patched.setattr(tiny._functions, "_traced", {})
            plain = tiny(texts, max_length=8, **options)
        for one, other in zip(compiled, plain, strict=True):
            for first, second in zip([one, *one.n_best], [other, *other.n_best], strict=True):
                assert first.tokens == second.tokens
                assert first.score == pytest.approx(second.score, abs=1e-4)
                np.testing.assert_allclose(first.attention, second.attention, atol=1e-4)
