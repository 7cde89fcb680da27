import numpy as np
import pytest
import tensorflow as tf
from matplotlib.figure import Figure

from keras_s2s.errors import UserError
from keras_s2s.length_limits import LengthLimits

TEXTS = ["the cat", "", "3 dogs sat", "a", "the mat " * 30, "\U0001f600 日本 ?!", "  ", "Ä\tr\n", "dog on cat, mat",
         "the cat"]
BOTH = pytest.mark.parametrize("which", ["tiny", "pieces"])


@pytest.fixture
def translator(which, request):
    return request.getfixturevalue(which)


def assert_same(answers, others, tolerance=1e-5):
    for answer, other in zip(answers, others, strict=True):
        assert (answer.source, answer.text, answer.tokens, answer.source_tokens) == (
            other.source, other.text, other.tokens, other.source_tokens)
        np.testing.assert_allclose(answer.token_log_probs, other.token_log_probs, atol=tolerance)
        np.testing.assert_allclose(answer.attention, other.attention, atol=tolerance)
        assert answer.log_prob == pytest.approx(other.log_prob, abs=20 * tolerance)
        assert answer.score == pytest.approx(other.score, abs=tolerance)


@BOTH
def test_each_alone_and_all_together_in_order(translator):
    together = translator(TEXTS)
    assert [answer.source for answer in together] == TEXTS
    assert_same(together, [translator(text) for text in TEXTS])
    assert_same(together, translator(TEXTS, batch_size=3))
    assert len({answer.text for answer in together}) > 4  # else the order would be nobody's business


@BOTH
def test_what_an_answer_holds(translator):
    for answer in translator(TEXTS):
        length = len(answer.tokens)
        assert str(answer) == answer.text
        assert answer.source_tokens[-1] == "</s>"
        assert answer.attention.shape == (length, len(answer.source_tokens))
        assert answer.attention.dtype == np.float32
        np.testing.assert_allclose(answer.attention.sum(1), 1.0, atol=1e-5)
        assert len(answer.token_log_probs) == length
        assert answer.log_prob == pytest.approx(sum(answer.token_log_probs), abs=1e-4)
        assert answer.score == pytest.approx(answer.log_prob / max(length, 1), abs=1e-5)
        assert "" not in answer.tokens + answer.source_tokens
        assert "</s>" not in answer.tokens[:-1]
        ids = [translator.target.get_vocabulary().index(token) for token in answer.tokens]
        assert translator.target.detokenize(np.array([ids], "int32")).numpy()[0].decode() == answer.text


@BOTH
def test_nothing_to_read_gives_nothing(translator):
    for answer in translator(["", " \u3000", "\n"]):
        assert (answer.text, answer.tokens, answer.source_tokens) == ("", [], ["</s>"])
        assert (answer.score, answer.log_prob, answer.token_log_probs) == (0.0, 0.0, [])
        assert answer.attention.shape == (0, 1)
    assert translator([]) == []


def test_a_very_long_text_is_cut_and_shows_it(tiny):
    answer, cut = tiny(["cat sat on " * 500, ("cat sat on " * 500)[:40]])
    assert answer.source_tokens == [*("cat sat on " * 500)[:40], "</s>"]
    assert answer.tokens == cut.tokens


def test_every_text_has_its_own_length_limit(tiny):
    for answer in tiny(["c", "ca", "the cat sat", "the mat" * 10]):
        read = len(answer.source_tokens) - 1
        assert len(answer.tokens) <= min(30, 3 + int(1.5 * read))
    ids, _ = tiny.graph.encode_source(tf.constant(["c", "ca", "", "the mat " * 10]))
    limit, minimum = LengthLimits().of(ids, tiny.target_length)
    assert limit.numpy().tolist() == [4, 6, 0, 30]
    assert minimum is None


def test_broken_unicode_is_read_as_the_browser_reads_it(tiny):
    answers = tiny(["c\ud800a", "\udc00", "\ud83d\ude00"])
    assert [answer.source_tokens for answer in answers] == [
        ["c", "\ufffd", "a", "</s>"], ["\ufffd", "</s>"], ["\U0001f600", "</s>"]]


@pytest.mark.parametrize("given", [None, 3, b"cat", [b"cat"], ["cat", None], [["cat"]], {"cat": 1}.values()])
def test_only_texts_are_taken(tiny, given):
    with pytest.raises(UserError, match="in place of text"):
        tiny(given)


def test_progress(tiny):
    done = []
    tiny(["a", "b", "c"], batch_size=2, on_progress=done.append)
    assert done == [2, 3]


def test_scores_of_its_own_answers(tiny):
    answers = tiny([first + second for first in "thecasond3mÄ" for second in "thecasond3m"])
    # A text that ends in a space, or not at all, is another text when it is read again.
    answers = [answer for answer in answers if answer.tokens[-1] == "</s>" and list(answer.text) == answer.tokens[:-1]
               and " ".join(answer.text.split()) == answer.text]
    assert len(answers) > 10
    scores = tiny.score([answer.source for answer in answers], [answer.text for answer in answers])
    for answer, scored in zip(answers, scores, strict=True):
        assert scored["log_prob"] == pytest.approx(answer.log_prob, abs=1e-4)
        np.testing.assert_allclose(scored["token_log_probs"], answer.token_log_probs, atol=1e-4)
        np.testing.assert_allclose(scored["attention"], answer.attention, atol=1e-4)


@BOTH
def test_a_score_does_not_depend_on_its_company(translator):
    sources, targets = ["the cat sat on the mat", "dog", ""], ["1", "die katze 12", ""]
    together = translator.score(sources, targets)
    for source, target, row in zip(sources, targets, together, strict=True):
        alone = translator.score(source, target)
        tokens = len(translator.target.tokenize([target])[0].to_list()[0]) + 1
        assert len(row["token_log_probs"]) == len(alone["token_log_probs"]) == tokens
        np.testing.assert_allclose(row["token_log_probs"], alone["token_log_probs"], atol=1e-5)
        np.testing.assert_allclose(row["attention"], alone["attention"], atol=1e-5)
        assert row["log_prob"] == pytest.approx(sum(row["token_log_probs"]), abs=1e-4)


def test_scores_need_a_target_for_each_source(tiny):
    with pytest.raises(UserError, match="2 sources and 1 targets"):
        tiny.score(["a", "b"], ["c"])
    with pytest.raises(UserError, match="in place of text"):
        tiny.score(["a"], [None])
    with pytest.raises(UserError, match="in place of text"):
        tiny.score("a", ["b"])


def test_many_threads(tiny):
    from concurrent.futures import ThreadPoolExecutor

    expected = tiny("the cat sat")
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: tiny("the cat sat"), range(12)))
    assert_same(answers, [expected] * 12)


def test_plot_and_json(tiny):
    answer = tiny("the cat")
    assert answer.to_dict()["tokens"] == answer.tokens
    assert np.array(answer.to_dict()["attention"]).shape == answer.attention.shape
    assert isinstance(answer.plot(), Figure)


def test_parameters(tiny):
    assert tiny.parameters == sum(int(np.prod(variable.shape)) for variable in tiny.model.weights)
