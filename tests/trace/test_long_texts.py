"""Texts that are longer than what a model reads: every answer says so, and nothing is swapped in what was not read."""

import pytest

from keras_s2s.errors import UserError

LONG = "the cat sat on the mat; 3 dogs sat on the cat dog"  # 49 characters; `tiny` reads 40


@pytest.mark.parametrize("text, is_cut", [("", False), (LONG[:39], False), (LONG[:40], False), (LONG[:41], True),
                                          (LONG, True)])
def test_what_was_read_is_told(tiny, validator, eager, text, is_cut):
    trace, answer = tiny.trace(text), eager(tiny)(text)
    assert trace.source["truncated"] is answer.truncated is is_cut
    assert trace.source["text"] == text
    assert trace.source["tokens"] == answer.source_tokens == [*text[:40], "</s>"]
    validator.validate(trace.to_dict())


def test_tokens_count_and_not_characters(words, pieces):
    text = "the cat " * 20  # 160 characters
    assert words.trace(text).source["truncated"] is False
    assert words.trace(f"{text}the").source["truncated"] is True
    assert pieces.trace("cat " * 60).source["truncated"] is True


def test_a_saved_model_does_not_tell():
    from keras_s2s.shipped import shipped_models
    from keras_s2s.translator import Translator

    assert Translator.load(shipped_models()["dates"] / "saved_model")("1 mai 2001 " * 9).truncated is None


@pytest.mark.parametrize("swap", [{"dog": "cat"}, {"cat": "mat", "dog": "mat"}, f"{LONG} and more"], ids=str)
def test_what_was_not_read_cannot_be_swapped(tiny, swap):
    with pytest.raises(UserError, match=r"(?s)changes nothing that the model reads.*first 40 tokens"):
        tiny.intervene(LONG, swap=swap)


def test_what_was_read_can(tiny):
    found = tiny.intervene(LONG, swap={"cat": "dog"})  # there and behind
    assert found.after.source["text"] == LONG.replace("cat", "dog")
    assert "".join(found.after.source["tokens"][:11]) == "the dog sat"
    assert tiny.intervene(LONG, swap={"the": "the"}).changed == []
    # Of a short text all is read: what reads the same is no mistake.
    assert tiny.intervene("Ärger", swap={"r": "r"}).changed == []
