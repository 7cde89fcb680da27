"""A model without attention: the same answers, weights of 0, and views that say so."""

import numpy as np
import pytest

from keras_s2s.demo.answer import details
from keras_s2s.errors import UserError
from keras_s2s.translator import Translator
from tests.conftest import untrained

TEXTS = ["abba", "", "cab", "b" * 30]


@pytest.fixture(scope="module")
def plain():
    """A translator of letters whose decoder sees one context vector only."""
    from keras_s2s.text import CharacterTokenizer

    source, target = CharacterTokenizer(), CharacterTokenizer()
    source.adapt(["abc"])
    target.adapt(["xyz"])
    return untrained(source, target, cell="gru", attend=None, end=0.0, name="plain")


def test_attention_is_all_zero(plain):
    for answer in plain(TEXTS):
        assert answer.attention.shape == (len(answer.tokens), len(answer.source_tokens))
        assert not answer.attention.any()
        assert not answer.has_attention


def test_saved_model_answers_the_same(plain, tmp_path):
    loaded = Translator.load(plain.export_saved_model(tmp_path))
    for one, other in zip(plain(TEXTS), loaded(TEXTS), strict=True):
        assert one.tokens == other.tokens
        assert one.log_prob == pytest.approx(other.log_prob, abs=1e-4)
    scored = loaded.score("abba", "xy")
    assert scored["attention"].shape == (3, 5)
    assert len(scored["token_log_probs"]) == 3
    assert scored["log_prob"] == pytest.approx(plain.score("abba", "xy")["log_prob"], abs=1e-4)


def test_views_say_that_there_is_none(plain, command, tmp_path):
    answer = plain("abba")
    with pytest.raises(UserError, match="no attention to draw"):
        answer.plot()
    assert "no attention to look at" in details(answer)
    plain.save(tmp_path)
    ended = command("translate", tmp_path, "abba", "--alignments")
    assert (ended.status, ended.lines) == (0, [str(answer)])


def test_the_context_reaches_the_answer(plain):
    first, second = plain(["aaaa", "cbcb"])
    assert not np.isclose(first.log_prob, second.log_prob)
