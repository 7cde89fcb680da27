"""Two models on the same texts."""

import pytest

from keras_s2s.demo.comparison import length_classes, parse_lines, source_lengths
from keras_s2s.demo.comparison_html import marked
from keras_s2s.errors import UserError


def test_lines_with_a_tab_are_pairs_and_references_of_one_source_go_together():
    assert parse_lines(["a\tb", "", "c\td", "a\te"]) == (["a", "c"], [["b", "e"], ["d"]])
    assert parse_lines(["a", " ", "b"]) == (["a", "b"], None)


@pytest.mark.parametrize("lines, message", [([], "nothing to compare"), ([" "], "nothing to compare"),
                                            (["a", "", "b\tc"], "Line 1 has no tab"), (["a\tb\tc"], "2 tabs")])
def test_other_lines_are_refused(lines, message):
    with pytest.raises(UserError, match=message):
        parse_lines(lines)


@pytest.mark.parametrize("lengths, number, classes", [
    ([5], 5, [(5, 5)]),
    ([2, 2, 2, 2], 5, [(2, 2)]),
    ([9, 1, 2, 3, 8, 1], 3, [(1, 1), (2, 3), (8, 9)]),
    (list(range(1, 11)), 5, [(1, 2), (3, 4), (5, 6), (7, 8), (9, 10)]),
])
def test_length_classes_hold_every_length_once(lengths, number, classes):
    assert length_classes(lengths, number) == classes
    assert all(sum(first <= length <= last for first, last in classes) == 1 for length in lengths)


def test_length_is_counted_in_characters_where_there_are_no_words():
    assert source_lengths(["2001年9月9日", "abc"]) == ("characters", [9, 3])
    assert source_lengths(["a b c", "a b c d"]) == ("words", [3, 4])


def test_what_differs_is_marked_and_escaped():
    assert marked("a <b> c", "a d c") == "<bdi>a <mark>&lt;b&gt; </mark>c</bdi>"
    assert marked("1999-03", "1999-04") == "<bdi>1999-0<mark>3</mark></bdi>"
    assert marked("", "x y") == "<bdi></bdi>"
