"""Several models as one translator."""

import numpy as np
import pytest
import tensorflow as tf

from keras_s2s.errors import UserError
from keras_s2s.ids import START_ID
from keras_s2s.translator import Translator

TEXTS = ["the cat", "", "3 dogs", "a"]


@pytest.fixture(scope="module")
def both(tiny, sibling):
    return Translator.ensemble([tiny, sibling])


def forced(model, graph, text, target):
    """Attention and log-probabilities of all tokens at each step towards a target's ids."""
    memory, state = model.encode(graph.encode_source(tf.constant([text]))[0])
    weights, log_probs = [], []
    for token in [START_ID, *target[:-1]]:
        logits, state, attention = model.step(tf.constant([token]), state, memory)
        weights.append(attention[0])
        log_probs.append(tf.nn.log_softmax(logits[0]))
    return np.array(weights), np.array(log_probs)


def test_decides_by_the_mean_of_the_log_probabilities(both, tiny, sibling):
    """The mean is normalised anew; the attention is the mean, too."""
    assert both.name == "tiny"
    for options in ({}, {"beam_size": 4, "n_best": 4}):
        answers = both(TEXTS, **options)
        assert [answer.text for answer in answers] != [answer.text for answer in tiny(TEXTS, **options)]
        for answer in answers:
            target = [tiny.target.get_vocabulary().index(token) for token in answer.tokens]
            if not target:
                continue
            found = [forced(one.model, one.graph, answer.source, target) for one in (tiny, sibling)]
            weights, log_probs = (np.mean(parts, axis=0) for parts in zip(*found, strict=True))
            log_probs -= np.log(np.exp(log_probs).sum(1, keepdims=True))
            np.testing.assert_allclose(answer.attention, weights, atol=1e-5)
            np.testing.assert_allclose(answer.token_log_probs, log_probs[np.arange(len(target)), target], atol=1e-4)
            if not options:
                log_probs[:, [0, START_ID]] = -np.inf  # never written
                assert log_probs.argmax(1).tolist() == target


def test_twice_the_same_is_the_same(tiny):
    twice = Translator.ensemble(tiny for _ in range(2))
    options = {"samples": 4, "n_best": 4}
    for one, other in zip(twice(TEXTS, **options), tiny(TEXTS, **options), strict=True):
        assert [each.tokens for each in one.n_best] == [each.tokens for each in other.n_best]
        assert one.score == pytest.approx(other.score, abs=1e-4)


def test_exported_it_answers_the_same(both, tmp_path):
    loaded = Translator.load(both.export_saved_model(tmp_path, name="both"))
    for options in ({}, {"beam_size": 4, "n_best": 4}):
        for one, other in zip(loaded(TEXTS, **options), both(TEXTS, **options), strict=True):
            for first, second in zip((one, *one.n_best), (other, *other.n_best), strict=True):
                assert (first.text, first.tokens) == (second.text, second.tokens)
                assert first.score == pytest.approx(second.score, abs=1e-4)
                np.testing.assert_allclose(first.attention, second.attention, atol=1e-4)


def test_it_is_no_model_directory(both, tiny, tmp_path):
    for use in (lambda: both.save(tmp_path / "x"), lambda: both.export_tfjs(tmp_path / "x"), lambda: both.parameters,
                lambda: Translator.ensemble([both, tiny])):
        with pytest.raises(UserError, match="ensemble cannot be"):
            use()
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("others, message", [
    (["pieces"], "source tokenizers of tiny and pieces differ"), ([], "ensemble of 1 models"),
    (["sibling", "without_attention"], "source tokenizers of sibling and plain differ")])
def test_what_cannot_be_one(tiny, request, others, message):
    with pytest.raises(UserError, match=message) as caught:
        Translator.ensemble([tiny, *(request.getfixturevalue(name) for name in others)])
    assert caught.value.expected and caught.value.fix
    with pytest.raises(UserError, match="ensemble of 0 models"):
        Translator.ensemble([])
