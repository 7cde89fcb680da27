"""The signatures `nbest` and `prefix`: rows of their own sizes and prefixes, and nothing that makes them raise."""

import numpy as np
import pytest
import tensorflow as tf

from keras_s2s.graph import MAX_BEAM_SIZE, distinct

TEXTS = ["the cat", "", "3 dogs sat", "the mat " * 30, "\U0001f600 日本 ?!", "Ä\tr\n", "dog"]
SIZES = [3, 5, 1, 4, 2, 6, 3]
BOTH = pytest.mark.parametrize("which", ["tiny", "pieces"])
ODD = [b"", b"\xff\xfe", b"ca\xfft", b"\0", "日本\U0001f600".encode(), b"a" * 10_000, b"the cat " * 1250, b" "]


def call(loaded, signature, **given):
    """What a signature answers, as arrays."""
    given = {name: tf.constant(value, tf.int32 if name == "beam_size" else tf.string) for name, value in given.items()}
    return {name: value.numpy() for name, value in loaded.signatures[signature](**given).items()}


def told(row):
    """A row's hypotheses without what is missing: `[(text, score, tokens), ...]`."""
    return [(text.decode(), pytest.approx(score, abs=1e-4), [token for token in tokens if token])
            for text, score, tokens in zip(row["translations"], row["scores"], row["target_tokens"], strict=True)
            if score > -1e9]


@BOTH
def test_each_row_has_its_own_beam(which, loaded):
    together = call(loaded[which], "nbest", text=TEXTS, beam_size=SIZES)
    assert together["translations"].shape == (7, 6)
    assert together["attention"].shape[:2] == (7, 6)
    for place, (text, size) in enumerate(zip(TEXTS, SIZES, strict=True)):
        alone = call(loaded[which], "nbest", text=[text], beam_size=[size])
        row = {name: values[place] for name, values in together.items()}
        hypotheses = told(row)
        assert told({name: values[0] for name, values in alone.items()}) == hypotheses
        assert alone["translations"].shape == (1, size)
        assert len({one for one, *_ in hypotheses}) == len(hypotheses) <= size
        assert list(row["scores"]) == sorted(row["scores"], reverse=True)
        tokens, sources = len(hypotheses[0][2]), sum(bool(token) for token in row["source_tokens"])
        np.testing.assert_allclose(row["attention"][0, :tokens, :sources], alone["attention"][0, 0, :tokens, :sources],
                                   atol=1e-4)
        np.testing.assert_allclose(row["log_probs"], row["token_log_probs"].sum(1), atol=1e-3)
        # What is missing is empty.
        missing = len(hypotheses)
        assert (row["scores"][missing:] == -1e9).all()
        assert not any(row["translations"][missing:])
        assert not any(row["target_tokens"][missing:].ravel())
        for name in ("attention", "token_log_probs", "log_probs"):
            assert not row[name][missing:].any()
    assert together["translations"][1].tolist() == [b""] * 6
    assert together["scores"][1].tolist() == [0.0] + [-1e9] * 5


@BOTH
def test_a_beam_of_one_is_greedy_search(which, loaded):
    one = call(loaded[which], "nbest", text=TEXTS, beam_size=[1] * 7)
    greedy = call(loaded[which], "explain", text=TEXTS)
    assert one["translations"][:, 0].tolist() == greedy["translation"].tolist()
    np.testing.assert_allclose(one["scores"][:, 0], greedy["score"], atol=1e-4)
    np.testing.assert_allclose(one["attention"][:, 0], greedy["attention"], atol=1e-4)


def test_each_text_once():
    """The best of the same texts stays; the others, and what is missing, go to the end."""
    found = distinct({
        "translation": tf.constant([["a", "b", "a", "", "b"], ["", "c", "", "c", "c"]]),
        "score": tf.constant([[-3.0, -1.0, -2.0, -1e9, -4.0], [-0.5, -1e9, -0.7, -1e9, -1e9]]),
        "log_prob": tf.constant([[1.0, 2.0, 3.0, 4.0, 5.0], [6.0, 7.0, 8.0, 9.0, 10.0]]),
        "target_tokens": tf.constant([[["a1"], ["b1"], ["a2"], ["?"], ["b2"]], [["e1"], ["?"], ["e2"], ["?"], ["?"]]])})
    assert found["translation"].numpy().tolist() == [[b"b", b"a", b"", b"", b""], [b""] * 5]
    assert found["score"].numpy().tolist() == [[-1.0, -2.0, -1e9, -1e9, -1e9], [-0.5, -1e9, -1e9, -1e9, -1e9]]
    assert found["log_prob"].numpy().tolist() == [[2.0, 3.0, 0.0, 0.0, 0.0], [6.0, 0.0, 0.0, 0.0, 0.0]]
    assert found["target_tokens"].numpy()[:, :, 0].tolist() == [[b"b1", b"a2", b"", b"", b""], [b"e1", *[b""] * 4]]


def test_sizes_are_clipped(loaded):
    texts = ["c", "ca", "at"]
    found = call(loaded["tiny"], "nbest", text=texts, beam_size=[0, -3, 10**6])
    assert found["translations"].shape == (3, MAX_BEAM_SIZE)
    assert [len(told({name: values[row] for name, values in found.items()})) for row in range(3)][:2] == [1, 1]
    most = call(loaded["tiny"], "nbest", text=["at"], beam_size=[MAX_BEAM_SIZE])
    np.testing.assert_allclose(found["scores"][2], most["scores"][0], rtol=1e-4)
    assert (found["scores"][2] > -1e9).sum() > 50


@BOTH
def test_texts_that_are_odd(which, loaded):
    found = call(loaded[which], "nbest", text=ODD, beam_size=[2] * len(ODD))
    assert found["translations"].shape == (len(ODD), 2)
    for row in (0, 7):
        assert told({name: values[row] for name, values in found.items()}) == [("", 0.0, [])]
    texts = [*ODD, *["the cat"] * len(ODD)]
    prefixes = [*["1"] * len(ODD), *ODD]
    answers = call(loaded[which], "prefix", text=texts, target_prefix=prefixes)
    lengths = (answers["target_tokens"] != b"").sum(1)
    assert (lengths <= 30).all()
    for row in (0, 7):  # of nothing comes nothing, whatever it shall begin with
        assert answers["translation"][row] == b""
    assert (lengths[len(ODD):] > 0).all()
    assert lengths[len(ODD) + 5] == 30  # longer than any translation
    plain = call(loaded[which], "explain", text=["the cat"])
    assert answers["translation"][len(ODD)] == plain["translation"][0]


def test_a_prefix_stays_as_it_was_given(loaded):
    prefixes = ["12", "1x2", "日本 1", "\U0001f600", b"a\xffb", "", "1" * 30]
    answers = call(loaded["tiny"], "prefix", text=["the cat"] * 7, target_prefix=prefixes)
    shown = [text.decode() for text in answers["translation"]]
    assert [text.startswith(prefix) for text, prefix in zip(shown[:4], prefixes[:4], strict=True)] == [True] * 4
    assert shown[4].startswith("a\ufffdb")
    assert shown[6] == "1" * 30
    assert [token.decode() for token in answers["target_tokens"][1][:3]] == ["1", "x", "2"]
    assert answers["log_prob"] == pytest.approx(answers["token_log_probs"].sum(1), abs=1e-3)
    assert (answers["token_log_probs"][0][:2] < 0).all()  # a prefix's tokens count


def test_no_rows(loaded):
    assert call(loaded["tiny"], "prefix", text=[], target_prefix=[])["translation"].shape == (0,)
    assert call(loaded["tiny"], "nbest", text=[], beam_size=[])["translations"].shape[0] == 0
