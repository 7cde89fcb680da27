"""Several changes in one run with a beam: each goes on from the run with those before it."""

import numpy as np
import pytest

from keras_s2s.errors import UserError
from keras_s2s.tracer import Tracer

TEXT = "the cat sat on the mat"


@pytest.fixture
def searches(monkeypatch):
    """The runs that are searched for."""
    made, search = [], Tracer._search
    monkeypatch.setattr(Tracer, "_search", lambda *given: made.append(given) or search(*given))
    return made


def other_tokens(run, first):
    """`(step, token)` that the run did not write there, from a step on."""
    return [(step, one["token"]) for step in range(first, len(run.steps)) for one in run.steps[step].top_k[1:3]
            if one["token"] not in (run.target_tokens[step], "<unk>", "</s>")]


@pytest.mark.parametrize("earlier", [{"mute": [1, 2]}, {"swap": {"the": "3"}}, {"force": {1: "a"}},
                                     {"attention": {1: np.eye(8)[2]}}], ids=lambda earlier: next(iter(earlier)))
def test_what_was_written_before_a_change_stays(tiny, earlier):
    options = {"beam_size": 4, "min_length": 7}
    shown = tiny.intervene("the cat", **earlier, **options).after
    for step, token in other_tokens(shown, 4)[:4]:
        force = {**earlier.get("force", {}), step: token}
        after = tiny.intervene("the cat", **{**earlier, "force": force}, **options).after
        assert after.target_tokens[:step + 1] == [*shown.target_tokens[:step], token]


def test_three_changes_of_different_kinds(tiny):
    row = np.eye(len(tiny.trace(TEXT).source["tokens"]))[5]
    done, shown = {"mute": [0], "force": {}, "attention": {}}, None
    for step, name, value in ((2, "force", "5"), (5, "attention", row), (8, "force", "a")):
        before = shown
        done[name][step] = value
        shown = tiny.intervene(TEXT, **done, beam_size=5, min_length=10).after
        if before is not None:
            assert shown.target_tokens[:step] == before.target_tokens[:step]
    assert [step.overridden for step in shown.steps][2:9] == [
        ["token", "mask"], ["mask"], ["mask"], ["weights", "mask"], ["mask"], ["mask"], ["token", "mask"]]
    np.testing.assert_array_equal(shown.steps[5].weights, row)


def test_a_search_for_each_step_that_is_really_changed(tiny, searches):
    own = tiny.trace(TEXT, beam_size=4, min_length=7)
    same = {step: own.target_tokens[step] for step in (0, 2)}
    step, token = other_tokens(own, 4)[0]
    searches.clear()
    found = tiny.intervene(TEXT, force={**same, step: token}, beam_size=4, min_length=7)
    assert len(searches) == 2  # as it is, and changed
    assert [place for place, one in enumerate(found.after.steps) if one.overridden] == [0, 2, step]
    searches.clear()
    tiny.intervene(TEXT, force={step: token}, mute=3, beam_size=4, min_length=7)
    assert len(searches) == 3
    searches.clear()
    tiny.intervene(TEXT, force={1: "5", 3: "5"}, min_length=7)
    assert len(searches) == 2  # greedy


@pytest.mark.parametrize("beam_size", [1, 4])
@pytest.mark.parametrize("step", [60, 300_000_000, 5 * 10**12, 10**400])
def test_a_step_beyond_the_limit_costs_nothing(tiny, searches, beam_size, step):
    for changes in ({"force": {step: "a"}}, {"attention": {step: [1] * (len(TEXT) + 1)}}):
        with pytest.raises(UserError, match="the translation may have 30 tokens at most") as caught:
            tiny.intervene(TEXT, **changes, beam_size=beam_size)
        assert len(str(caught.value)) < 300
    assert searches == []
