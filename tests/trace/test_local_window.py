"""Local attention's window is a place in the source: it stays where it is, whatever is muted."""

import numpy as np
import pytest
from model_kinds import KINDS, random_translator

from keras_s2s.errors import UserError

TEXT = "3. Mai: Äpfel"


@pytest.fixture(scope="module")
def translator():
    kind = next(kind for kind in KINDS if kind["score"] == "local" and kind["context"].startswith("after"))
    return random_translator({**kind, "tokenizer": "characters"})


@pytest.fixture(scope="module")
def before(translator):
    trace = translator.trace(TEXT)
    assert 0 < len(looked_at(trace.steps[0])) < len(trace.source["tokens"])
    return trace


def looked_at(step):
    """The source positions in the window."""
    return np.flatnonzero(step.weights).tolist()


def test_muting_outside_of_the_window_changes_no_weight(translator, before):
    window = looked_at(before.steps[0])
    outside = [place for place in range(len(before.source["tokens"])) if place not in window]
    after = translator.intervene(TEXT, mute=outside).after
    np.testing.assert_allclose(after.steps[0].weights, before.steps[0].weights, atol=1e-6)
    # Where no step looked, nothing changes at all.
    everywhere = [place for place in outside if not before.weights[:, place].any()]
    if everywhere:
        np.testing.assert_allclose(translator.intervene(TEXT, mute=everywhere).after.weights, before.weights, atol=1e-6)


def test_what_is_left_of_the_window_keeps_its_shares(translator, before):
    window = looked_at(before.steps[0])
    for muted in (window[:-2], window[2:]):
        left = [place for place in window if place not in muted]
        after = translator.intervene(TEXT, mute=muted).after.steps[0]
        assert looked_at(after) == left
        was, now = before.steps[0].weights[left], after.weights[left]
        np.testing.assert_allclose(now / now.sum(), was / was.sum(), atol=1e-5)
        assert now.sum() > was.sum()


def test_the_whole_window_cannot_be_muted(translator, before):
    with pytest.raises(UserError, match="can look at in step 0 is muted"):
        translator.intervene(TEXT, mute=looked_at(before.steps[0]))
