"""What a visitor changed: over the wire, from the mechanics view, in words."""

import pytest

from keras_s2s.demo.changes import Changes
from keras_s2s.errors import UserError


def test_steps_come_as_strings_over_the_wire():
    changes = Changes.from_json({"3": "a"}, {"0": [1.0, 0.0]}, [2], {"x": "y"})
    assert changes.arguments() == {"force": {3: "a"}, "attention": {0: [1.0, 0.0]}, "mute": (2,), "swap": {"x": "y"}}


def test_only_numbers_as_json_writes_them_are_steps():
    strange = ["05", "+5", " 5", "5 ", "5.0", "٥", "", "9" * 10, "9" * 5000]
    changes = Changes.from_json({**dict.fromkeys(strange, "a"), "0": "b", "999999999": "c"}, None, None, None)
    assert changes.force == {**dict.fromkeys(strange, "a"), 0: "b", 999_999_999: "c"}


def test_what_is_empty_changes_nothing():
    assert not Changes.from_json({}, None, [], "")
    assert Changes().arguments() == {"force": None, "attention": None, "mute": None, "swap": None}


def test_requests_add_up():
    changes = Changes()
    for request in ({"kind": "force", "step": 1, "token": "b"}, {"kind": "attention", "step": 0, "weights": [0.5, 0.5]},
                    {"kind": "mute", "position": 4}, {"kind": "mute", "position": 2}, {"kind": "mute", "position": 4}):
        changes = changes.with_request(request, "text")
    assert changes == Changes({1: "b"}, {0: [0.5, 0.5]}, (2,))


def test_a_word_is_swapped_in_the_text_as_it_stands():
    changes = Changes({0: "a"}).with_request({"kind": "swap", "position": 0, "word": "march", "text": "May"}, "March 3")
    assert changes == Changes(swap="May 3")  # steps of the old text are gone
    words = Changes().with_request({"kind": "swap", "position": 0, "word": "a", "text": "the"}, "That a cat sat")
    assert words.swap == "That the cat sat"
    again = {"kind": "swap", "position": 0, "word": "may", "text": "June"}
    assert changes.with_request(again, "March 3").swap == "June 3"


@pytest.mark.parametrize("request_, message", [
    ({}, "all that belongs to a change"), ({"kind": "force", "step": 1}, "all that belongs"),
    ({"kind": "explode"}, "of kind 'explode'"), ({"kind": "swap", "word": "q", "text": "y"}, "has no “q”"),
    ({"kind": "attention", "step": 1, "weights": 3}, "all that belongs"), ("abc", "asked for 'abc'"),
    ([1], "asked for"), (None, "asked for None"), ({"kind": "x" * 2000}, "of kind 'x{79}[.]{3}"),
    ({"kind": ["force"]}, "of kind"),
])
def test_other_requests_are_refused(request_, message):
    with pytest.raises(UserError, match=message):
        Changes().with_request(request_, "text")


def test_in_words_steps_count_from_one():
    changes = Changes({2: "a"}, {0: [0.2, 0.8]}, (1,), {"one": "two"})
    assert changes.sentences(["x", "y"]) == [
        "“one” becomes “two”", "token 3 is forced to be “a”", "“y” (source token 2) gets no attention",
        "token 1 looks where it is told, most at “y”",
    ]
    assert Changes(swap="all").sentences([]) == ["the text becomes “all”"]
