import numpy as np
import pytest

from keras_s2s.errors import UserError
from keras_s2s.plots import ALIGNMENT_LEGEND, ascii_alignment
from keras_s2s.plots.tokens import clusters, display_width, visible


def test_characters_read_as_text():
    picture = ascii_alignment(
        [*"3 May", "</s>"],
        ["0", "5", "</s>"],
        [[0.8, 0.2, 0, 0, 0, 0], [0, 0, 0.3, 0.55, 0.15, 0], [0, 0, 0, 0.04, 0, 0.96]],
    )
    assert picture == ("   3␣May⏎\n0 │█░    │ 3 0.80\n5 │  ▒▓░ │ a 0.55\n⏎ │     █│ ⏎ 0.96")


def test_wide_characters_take_two_columns():
    picture = ascii_alignment(["3", "月"], ["日", "x"], [[0.0, 1.0], [1.0, 0.0]])
    assert picture == ("    3月\n日 │ ██│ 月 1.00\nx  │█  │ 3 1.00")
    assert len({display_width(line[: line.rindex("│")]) for line in picture.split("\n")[1:]}) == 1


def test_words_are_written_downwards_and_end_at_the_same_line():
    picture = ascii_alignment(["ein", "Hund", "."], ["a", "dog"], [[1.0, 0.0, 0.0], [0.0, 0.6, 0.4]])
    assert picture == (
        "       H\n     e u\n     i n\n     n d .\na   │█    │ ein 1.00\ndog │  ▓ ▒│ Hund 0.60"
    )


@pytest.mark.parametrize(
    ("weight", "shade"),
    [(0, " "), (0.049, " "), (0.05, "░"), (0.25, "▒"), (0.5, "▓"), (0.75, "█"), (1, "█"), (-1, " ")],
)
def test_shades(weight, shade):
    assert ascii_alignment(["a"], ["b"], [[weight]]).split("\n")[1].startswith(f"b │{shade}│")
    assert all(sign in ALIGNMENT_LEGEND for sign in "░▒▓█␣⏎")


def test_right_to_left_letters_do_not_turn_round_the_columns():
    picture = ascii_alignment(["ש", "ל"], ["a"], [[1.0, 0.0]])
    assert "ש\u200eל\u200e" in picture.split("\n")[0]


def test_every_line_is_equally_wide_before_the_names():
    source = ["e\u0301", "月", "\U0001f469\u200d\U0001f467", "\t", "", "\u0301"]
    lines = ascii_alignment(source, source, np.eye(6)).split("\n")
    rows = lines[-6:]
    assert len({display_width(row[: row.rindex("│")]) for row in rows}) == 1
    assert all(ord(character) >= 32 for line in lines for character in line)


@pytest.mark.parametrize(
    ("token", "shown"),
    [
        (" ", "␣"),
        ("a b", "a␣b"),
        ("", "∅"),
        ("\n", "<U+000A>"),
        ("\u200b", "<U+200B>"),
        ("\u00a0", "<U+00A0>"),
        ("\u0301", "◌\u0301"),
        ("e\u0301", "e\u0301"),
        ("\u202e", "<U+202E>"),
        ("می\u200cخ", "می\u200cخ"),
        ("\u200d", "<U+200D>"),
        ("▁in", "▁in"),
        ("\ud800", "<U+D800>"),
    ],
)
def test_tokens_are_made_visible(token, shown):
    assert visible(token) == shown


def test_widths_and_clusters():
    assert [display_width(text) for text in ("", "abc", "月日", "😀", "e\u0301", "ｱ", "Ａ")] == [
        0,
        3,
        4,
        2,
        1,
        1,
        2,
    ]
    assert clusters("e\u0301x\U0001f469\u200d\U0001f467!") == [
        "e\u0301",
        "x",
        "\U0001f469\u200d\U0001f467",
        "!",
    ]


def test_shapes_are_checked():
    with pytest.raises(UserError, match=r"shape is \(2, 1\)"):
        ascii_alignment(["a", "b"], ["c"], [[1.0], [0.0]])
