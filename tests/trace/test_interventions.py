"""`Translator.intervene`: real reruns, and what cannot be done."""

import numpy as np
import pytest

from keras_s2s.errors import UserError
from keras_s2s.intervention import Intervention
from keras_s2s.intervention_checks import swapped

TEXT = "the cat"
BOTH = pytest.mark.parametrize("which", ["tiny", "pieces"])


@pytest.fixture
def translator(which, request):
    return request.getfixturevalue(which)


def same_run(one, other):
    assert one.target_tokens == other.target_tokens
    for step, again in zip(one.steps, other.steps, strict=True):
        for name in ("query", "scores", "weights", "context", "attention_vector"):
            np.testing.assert_allclose(getattr(again, name), getattr(step, name), atol=1e-6)


@BOTH
@pytest.mark.parametrize("beam_size", [1, 3])
def test_the_token_that_was_chosen_anyway_changes_nothing(translator, beam_size):
    before = translator.trace(TEXT, beam_size=beam_size)
    steps = [1, len(before.steps) - 1]
    found = translator.intervene(TEXT, force={step: before.target_tokens[step] for step in steps}, beam_size=beam_size)
    same_run(before, found.before)
    same_run(before, found.after)
    assert found.changed == found.removed == []
    assert [place for place, one in enumerate(found.after.steps) if one.overridden == ["token"]] == steps


@BOTH
@pytest.mark.parametrize("beam_size", [1, 3])
def test_forced_tokens_are_written_and_the_search_goes_on(translator, beam_size, eager):
    before = translator.trace(TEXT, beam_size=beam_size)
    step = 2
    token = next(one["token"] for one in before.steps[step].top_k[::-1] if one["token"] not in ("<unk>", "</s>"))
    assert token != before.target_tokens[step]
    found = translator.intervene(TEXT, force={step: token}, beam_size=beam_size)
    after = found.after.target_tokens
    assert after[:step + 1] == [*before.target_tokens[:step], token]
    assert found.after.steps[step + 1].input_token == token and found.changed + found.removed
    # What follows is what the search writes after this beginning.
    ids = [translator.target.get_vocabulary().index(one) for one in after[:step + 1]]
    beginning = translator.target.detokenize(np.array([ids])).numpy()[0].decode()
    if translator.target.type_name == "character":
        again = eager(translator)(TEXT, prefix=beginning, beam_size=beam_size,
                                  max_length=int(1.5 * len(TEXT)) + 3).tokens
        assert again == after


def test_a_word_may_take_the_place_of_the_end(tiny):
    last = len(tiny.trace(TEXT).steps) - 1
    found = tiny.intervene(TEXT, force={last: "a", last + 1: "b", last + 2: "</s>"})
    assert found.before.target_tokens[-1] == "</s>"
    assert found.after.target_tokens == [*found.before.target_tokens[:-1], "a", "b", "</s>"]


@BOTH
def test_an_attention_row_is_taken_and_the_run_goes_on(translator):
    positions, step = len(translator.trace(TEXT).source["tokens"]), 1
    row = np.zeros(positions)
    row[[0, -1]] = 3, 1
    found = translator.intervene(TEXT, attention={step: row})
    before, after = found.before, found.after
    np.testing.assert_allclose(after.steps[step].weights, row / 4, atol=1e-7)
    np.testing.assert_allclose(after.steps[step].context, row / 4 @ before.encoder_states["values"], atol=1e-5)
    np.testing.assert_allclose(after.steps[step].scores, before.steps[step].scores, atol=1e-5)
    assert [one.overridden for one in after.steps[:3]] == [None, ["weights"], None]
    assert after.target_tokens[:step] == before.target_tokens[:step]
    np.testing.assert_allclose(after.steps[0].attention_vector, before.steps[0].attention_vector, atol=1e-6)
    assert not np.allclose(after.steps[step].attention_vector, before.steps[step].attention_vector, atol=1e-3)


@BOTH
def test_muted_words_get_no_attention(translator):
    before = translator.trace(TEXT)
    most = int(before.weights.sum(axis=0).argmax())
    found = translator.intervene(TEXT, mute=most)
    assert before.weights[:, most].max() > 0.05
    assert not found.after.weights[:, most].any()
    np.testing.assert_allclose(found.after.weights.sum(axis=1), 1.0, atol=1e-5)
    assert (found.after.steps[0].scores[most], found.after.steps[0].overridden) == (-30000.0, ["mask"])
    np.testing.assert_allclose(found.after.initial_state[0]["hidden"], before.initial_state[0]["hidden"], atol=1e-6)


def test_a_swapped_word_is_another_text(tiny):
    found = tiny.intervene(TEXT, swap={"cat": "mat"})
    same_run(found.before, tiny.trace(TEXT))
    same_run(found.after, tiny.trace("the mat"))
    assert found.after.source["text"] == "the mat"
    same_run(tiny.intervene(TEXT, swap="3 dogs").after, tiny.trace("3 dogs"))


@pytest.mark.parametrize("beam_size", [1, 3])
def test_several_at_once(tiny, beam_size):
    text, positions = "the mat", 8
    row = np.eye(positions)[3]
    found = tiny.intervene(TEXT, swap={"cat": "mat"}, mute=[0, 1], force={1: "5"}, attention={2: row},
                           beam_size=beam_size, prefix="7")
    assert found.after.source["text"] == text
    assert found.after.target_tokens[:2] == ["7", "5"]
    assert [one.overridden for one in found.after.steps[:3]] == [["token", "mask"], ["token", "mask"],
                                                                ["weights", "mask"]]
    np.testing.assert_array_equal(found.after.steps[2].weights, row)
    assert not found.after.weights[:, :2].any()
    assert (found.after.beam is None) == (beam_size == 1)


def test_without_attention(without_attention):
    found = without_attention.intervene("abba", force={0: "z"})
    assert found.after.target_tokens[0] == "z"
    for change in ({"mute": 0}, {"attention": {0: [1, 0, 0, 0, 0]}}):
        with pytest.raises(UserError, match="no attention to change"):
            without_attention.intervene("abba", **change)


def test_the_beginning_stays_when_a_beam_would_prefer_another(tiny):
    """Forced to another end, a beam might go back on its first tokens; the user has seen them."""
    before = tiny.trace(TEXT, beam_size=4)
    step = 4
    for token in "05a":
        after = tiny.intervene(TEXT, force={step: token}, beam_size=4).after
        assert after.target_tokens[:step + 1] == [*before.target_tokens[:step], token]
        assert {node["token"] for node in after.beam if node["step"] == step} == {token}


class Written:
    def __init__(self, tokens):
        self.target_tokens = list(tokens)


@pytest.mark.parametrize("before, after, changed, removed", [
    ("abcd", "abcd", [], []), ("abcd", "abxd", [2], [2]), ("abcd", "abd", [], [2]), ("abd", "abcd", [2], []),
    ("abc", "", [], [0, 1, 2]), ("", "ab", [0, 1], []), ("abcdef", "xbcdeyf", [0, 5], [0])])
def test_what_has_changed(before, after, changed, removed):
    found = Intervention(Written(before), Written(after))
    assert (found.changed, found.removed) == (changed, removed)


@pytest.mark.parametrize("text, swap, expected", [
    ("the cat and the other", {"the": "a"}, "a cat and a other"), ("cat dog", {"cat": "dog", "dog": "cat"}, "dog cat"),
    ("今天天气好", {"天气": "心情"}, "今天心情好"), ("a.b axb", {"a.b": "c"}, "c axb"), ("abc", {"b": r"\1"}, r"a\1c"),
    ("abc", None, "abc"), ("abc", "", ""), ("abc", {}, "abc"), ("Ä ä", {"Ä": "ö"}, "ö ä")])
def test_words_are_swapped(text, swap, expected):
    assert swapped(text, swap) == expected


@pytest.mark.parametrize("given, message", [
    ({}, "nothing is to be changed"), ({"force": {0: "zebra"}}, "'zebra' is to be written in step 0"),
    ({"force": {0: "12"}}, "such as '1'|such as '2'"), ({"force": {0: ""}}, "'' is to be written"),
    ({"force": {0: "<s>"}}, "'<s>' is to be written"), ({"force": {0: None}}, "None is to be written"),
    ({"force": {-1: "a"}}, "step -1 of force"), ({"force": {"1": "a"}}, "step '1'"), ({"force": {1.5: "a"}}, "1.5"),
    ({"force": {True: "a"}}, "step True"), ({"force": ["a"]}, "a dict of steps"),
    ({"force": {99: "a"}}, "step 99 is to be changed, but the translation may have 13 tokens at most"),
    ({"force": {12: "a"}}, "step 12 is to be changed, but the translation ends after"),
    ({"force": {0: "a"}, "prefix": "12"}, "where the prefix says"),
    ({"attention": {0: [1, 2]}}, r"the shape \(2,\)"), ({"attention": {0: [[1] * 8]}}, r"the shape \(1, 8\)"),
    ({"attention": {0: ["x"] * 8}}, "has the shape"), ({"attention": {0: None}}, "has the shape"),
    ({"attention": {0: [[1], [1, 2]]}}, "has the shape"),
    ({"attention": {0: [np.nan] * 8}}, "no set of weights"), ({"attention": {0: [np.inf] * 8}}, "no set of weights"),
    ({"attention": {0: [0] * 8}}, "no set of weights"), ({"attention": {0: [-1] + [1] * 7}}, "no set of weights"),
    ({"attention": {50: [1] * 8}}, "step 50 is to be changed"),
    ({"mute": 8}, "source position 8"), ({"mute": -1}, "source position -1"), ({"mute": "cat"}, "position 'c'"),
    ({"mute": [True]}, "position True"), ({"mute": range(8)}, "all source positions"),
    ({"mute": 3, "attention": {0: [1] * 8}}, "looks at a muted position"),
    ({"force": {1: ["a"]}}, r"\['a'\] is to be written"), ({"mute": np.array(99)}, "position 99"),
    ({"mute": np.array([0.5])}, "position 0.5"), ({"mute": np.eye(2)}, r"position \[1.0, 0.0\]"),
    ({"mute": range(10**12)}, "position 8"), ({"attention": {0: [10**400] * 8}}, "has the shape"),
    ({"swap": {"dog": "cat"}}, "the word 'dog' is to be swapped"), ({"swap": 3}, "swap=3"),
    ({"swap": {"cat": 3}}, "swap="), ({"swap": "", "force": {0: "a"}}, "there is nothing to translate")])
def test_refused(tiny, given, message):
    with pytest.raises(UserError, match=f"(?i){message}"):
        tiny.intervene(TEXT, **given)


def test_an_empty_text(tiny):
    with pytest.raises(UserError, match="there is nothing to translate"):
        tiny.intervene("", force={0: "a"})
    with pytest.raises(UserError, match="All source positions"):
        tiny.intervene("", mute=0)


def test_numbers_of_every_size_are_weights(tiny, recwarn):
    row = np.zeros(8)
    row[[1, 3]] = 1.5e308, 0.5e308
    found = tiny.intervene(TEXT, attention={0: row, 1: [1e-40, 0, 0, 0, 0, 0, 0, 1e-40]}, max_length=3).after
    np.testing.assert_allclose(found.steps[0].weights, np.eye(8)[1] * 0.75 + np.eye(8)[3] * 0.25, atol=1e-6)
    np.testing.assert_allclose(found.steps[1].weights, np.eye(8)[0] / 2 + np.eye(8)[7] / 2, atol=1e-6)
    assert not [one for one in recwarn if issubclass(one.category, RuntimeWarning)]


def test_a_position_may_be_an_array(tiny):
    same_run(tiny.intervene(TEXT, mute=np.array(3)).after, tiny.intervene(TEXT, mute=np.array([3, 3])).after)


@pytest.mark.parametrize("given", [
    {"mute": [10**400]}, {"mute": [10**5000]}, {"force": {0: "x" * 2000}}, {"force": {-10**5000: "a"}},
    {"swap": {"x" * 2000: "y"}}, {"swap": ["x" * 2000]}, {"attention": "x" * 2000}, {"mute": 1, "beam_size": 10**400},
    {"mute": 1, "top_k": "x" * 2000}], ids=lambda given: "-".join(given))
def test_messages_stay_short(tiny, given):
    with pytest.raises(UserError) as caught:
        tiny.intervene(TEXT, **given)
    assert len(str(caught.value)) < 300
