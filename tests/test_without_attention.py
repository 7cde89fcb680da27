"""A model without attention: the same answers, weights of 0, and views that say so."""

import numpy as np
import pytest

from keras_s2s.demo.translation_html import details
from keras_s2s.errors import UserError
from keras_s2s.translator import Translator

TEXTS = ["abba", "", "cab", "b" * 30]


def test_attention_is_all_zero(without_attention):
    for answer in without_attention(TEXTS):
        assert answer.attention.shape == (len(answer.tokens), len(answer.source_tokens))
        assert not answer.attention.any()
        assert not answer.has_attention


def test_saved_model_answers_the_same(without_attention, tmp_path):
    loaded = Translator.load(without_attention.export_saved_model(tmp_path))
    for one, other in zip(without_attention(TEXTS), loaded(TEXTS), strict=True):
        assert one.tokens == other.tokens
        assert one.log_prob == pytest.approx(other.log_prob, abs=1e-4)
    scored = loaded.score("abba", "xy")
    assert scored["attention"].shape == (3, 5)
    assert len(scored["token_log_probs"]) == 3
    assert scored["log_prob"] == pytest.approx(without_attention.score("abba", "xy")["log_prob"], abs=1e-4)


def test_views_say_that_there_is_none(without_attention, command, tmp_path):
    answer = without_attention("abba")
    with pytest.raises(UserError, match="no attention to draw"):
        answer.plot()
    assert "no attention to look at" in details(answer)
    without_attention.save(tmp_path)
    ended = command("translate", tmp_path, "abba", "--alignments")
    assert (ended.status, ended.lines) == (0, [str(answer)])


def test_the_context_reaches_the_answer(without_attention):
    first, second = without_attention(["aaaa", "cbcb"])
    assert not np.isclose(first.log_prob, second.log_prob)
