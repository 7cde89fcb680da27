"""From the graph's arrays to translations."""

import numpy as np
import pytest

from keras_s2s.answers import Answers
from keras_s2s.decoding import Decoding
from keras_s2s.reranking import minimum_bayes_risk
from keras_s2s.text import CharacterTokenizer, SentencePieceTokenizer, WordTokenizer

NO_HYPOTHESIS = -1e9


def row_of(*hypotheses):
    """A row of the graph with hypotheses `(text, score)`: as tokens their characters, padded to 8."""
    shape = len(hypotheses), 8
    tokens, log_probs = np.full(shape, b"", object), np.zeros(shape, "float32")
    for place, (text, score) in enumerate(hypotheses):
        if score != NO_HYPOTHESIS:
            tokens[place, :len(text) + 1] = [*(letter.encode() for letter in text), b"</s>"]
            log_probs[place, :len(text) + 1] = score
    n_best = {"translation": np.array([text.encode() for text, _ in hypotheses], object),
              "score": np.array([score for _, score in hypotheses], "float32"), "target_tokens": tokens,
              "token_log_probs": log_probs, "log_prob": log_probs.sum(1),
              "attention": np.repeat((log_probs != 0)[:, :, np.newaxis] / 5, 5, 2).astype("float32")}
    return {"n_best": n_best, "source_tokens": np.array([b"a", b"b", b"</s>", b"", b""], object)}


def told(answer):
    return [(one.text, pytest.approx(one.score)) for one in answer.n_best]


def test_each_text_once_best_first():
    row = row_of(("ab", -0.5), ("c", -0.1), ("ab", -0.2), ("", NO_HYPOTHESIS), ("d", -0.7), ("c", -0.9))
    answer = Answers(Decoding(beam_size=6, n_best=5)).of("ab", row)
    assert told(answer) == [("c", -0.1), ("ab", -0.2), ("d", -0.7)]
    assert (answer.text, answer.score) == ("c", pytest.approx(-0.1))
    ab = answer.n_best[1]
    assert (ab.source, ab.tokens, ab.source_tokens) == ("ab", ["a", "b", "</s>"], ["a", "b", "</s>"])
    assert ab.attention.shape == (3, 3)
    assert ab.attention.base is None  # holds nothing else in memory
    assert ab.token_log_probs == pytest.approx([-0.2] * 3)
    assert ab.log_prob == pytest.approx(-0.6)
    assert ab.n_best == ()


@pytest.mark.parametrize("wanted", [1, 2])
def test_no_more_than_were_asked_for(wanted):
    row = row_of(("ab", -0.5), ("c", -0.1), ("d", -0.7))
    answer = Answers(Decoding(samples=3, n_best=wanted)).of("ab", row)
    assert answer.text == "c"
    assert told(answer) == ([("c", -0.1), ("ab", -0.5)] if wanted == 2 else [])


def test_what_is_drawn_often_counts_as_often():
    drawn = ["abc", "xyz", "abd", "xyz", "xyz"]
    row = row_of(*((text, -0.1 * place) for place, text in enumerate(drawn)))
    answer = Answers(Decoding(samples=5, n_best=5, minimum_bayes_risk=True)).of("ab", row)
    _, expected = minimum_bayes_risk(drawn)
    assert [one.text for one in answer.n_best] == ["xyz", "abc", "abd"]
    assert answer.score == pytest.approx(expected[1])
    assert answer.n_best[1].score == pytest.approx(expected[0])
    # Without it the likeliest is the first.
    assert Answers(Decoding(samples=5)).of("ab", row).text == "abc"


def test_missing_hypotheses_do_not_count():
    row = row_of(("abc", -0.1), ("xyz", -0.2), ("", NO_HYPOTHESIS), ("", NO_HYPOTHESIS))
    answer = Answers(Decoding(beam_size=4, n_best=4, minimum_bayes_risk=True)).of("ab", row)
    assert [one.text for one in answer.n_best] == ["abc", "xyz"]
    assert answer.score == pytest.approx(minimum_bayes_risk(["abc", "xyz"])[1][0])


def test_nothing_at_all():
    answer = Answers(Decoding(beam_size=2, n_best=2)).of("ab", row_of(("", NO_HYPOTHESIS), ("", NO_HYPOTHESIS)))
    assert (answer.text, answer.tokens, answer.n_best) == ("", [], ())


def test_a_saved_model_has_no_words():
    answer = Answers(Decoding(beam_size=2)).of("ab", row_of(("ab", -0.5), ("c", -0.1)))
    assert answer.words is None and answer.source_words is None
    assert "alignment" not in answer.to_dict()


def adapted(tokenizer, *texts):
    tokenizer.adapt(texts)
    return tokenizer


@pytest.mark.parametrize("source, target, read, expected", [
    (WordTokenizer(), WordTokenizer(), ["cat", "Zoé", "</s>"], "Zoé der cat"),
    (CharacterTokenizer(), CharacterTokenizer(), ["c", "é", "</s>"], "éderc"),
    (WordTokenizer(), CharacterTokenizer(), ["cat", "Zoé", "</s>"], "Zoédercat"),
    # The tokens of a word together were looked at.
    (SentencePieceTokenizer(20), WordTokenizer(), ["▁c", "at", "▁Zo", "</s>"], "cat der cat"),
])
def test_unknown_tokens_are_replaced(source, target, read, expected):
    source, target = adapted(source, "the cat sat on the mat"), adapted(target, "der hund und die katze")
    weights = np.zeros((4, len(read)), "float32")
    weights[0, :3] = (0.25, 0.26, 0.24) if len(read) == 4 else (0.1, 0.8, 0.1)
    weights[2, 0] = 1.0
    words = [b"<unk>", b"der", b"<unk>", b"</s>"]
    row = {"translation": b"?", "score": -1.0, "log_prob": -4.0, "token_log_probs": np.full(4, -1.0),
           "target_tokens": np.array(words, object), "attention": weights,
           "source_tokens": np.array([token.encode() for token in read], object)}
    answer = Answers(Decoding(unknown="replace"), source, target).of("?", row)
    assert answer.text == expected
    assert answer.tokens == [*expected.split(), "</s>"] or target.type_name == "character"
    assert Answers(Decoding(), source, target).of("?", row).text == "?"
