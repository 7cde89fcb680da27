import doctest
import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keras_s2s.errors import UserError
from keras_s2s.reranking import NBestEntry, format_n_best, n_best_list, read_n_best, rerank, write_n_best

ENTRIES = [NBestEntry(0, "the cat", -0.25), NBestEntry(0, "", -1.0), NBestEntry(2, " a | b || c ", -1 / 3),
           NBestEntry(1, "7 \u2028 8", 12.5)]


def test_example():
    assert doctest.testmod(n_best_list) == (0, 1)


def test_written_and_read(tmp_path):
    write_n_best(tmp_path / "n" / "best.txt", ENTRIES)
    assert (tmp_path / "n" / "best.txt").read_text(encoding="utf-8").split("\n")[:2] == [
        "0 ||| the cat ||| -0.25", "0 |||  ||| -1.0"]
    assert read_n_best(tmp_path / "n" / "best.txt") == ENTRIES


@given(st.lists(st.tuples(st.integers(0, 10**6), st.text(st.characters(exclude_categories=["Cs"],
                                                                       exclude_characters="\n\0")),
                          st.floats(allow_nan=False, allow_infinity=False))))
def test_any_entries(tmp_path_factory, rows):
    path = tmp_path_factory.getbasetemp() / "any.txt"
    entries = [NBestEntry(*row) for row in rows if "|||" not in row[1]]
    write_n_best(path, entries)
    assert read_n_best(path) == entries


def test_as_other_programs_write_them(tmp_path):
    """Moses leaves a space behind the text."""
    (tmp_path / "list.gz").write_bytes(gzip.compress(b"0 ||| a  ||| -1\r\n12|||b|||2e-3\n"))
    assert read_n_best(tmp_path / "list.gz") == [NBestEntry(0, "a ", -1.0), NBestEntry(12, "b", 0.002)]
    (tmp_path / "empty").write_bytes(b"")
    assert read_n_best(tmp_path / "empty") == []


@pytest.mark.parametrize("line, message", [
    ("0 ||| a ||| lm: -1 ||| -2", r"list.txt, line 2, has 4 parts\.\n(.|\n)*awk"),
    ("0 ||| a", "line 2, has 2 parts"),
    ("", "line 2, has 1 part\\."),
    ("x ||| a ||| -1", "line 2, begins with 'x'"),
    ("-1 ||| a ||| -1", "line 2, begins with '-1'"),
    ("² ||| a ||| -1", "line 2, begins with '²'"),
    ("0 ||| a ||| best", "line 2, has the score 'best'"),
    ("0 ||| a ||| nan", "line 2, has the score 'nan'"),
    ("0 ||| a ||| ", "line 2, has the score ''"),
])
def test_bad_lines(tmp_path, line, message):
    (tmp_path / "list.txt").write_text(f"0 ||| fine ||| -1\n{line}\n0 ||| fine ||| -1\n", encoding="utf-8")
    with pytest.raises(UserError, match=message) as caught:
        read_n_best(tmp_path / "list.txt")
    assert len(str(caught.value).splitlines()) == 3


@pytest.mark.parametrize("entry, message", [
    (NBestEntry(3, "a ||| b", -1.0), r"line 3 contains \|\|\|"),
    (NBestEntry(3, "a\nb", -1.0), "line 3 contains a line break"),
    (NBestEntry(-1, "a", -1.0), "line -1"),
    (NBestEntry(0, "a", float("-inf")), "score -inf"),
])
def test_what_no_line_can_hold(tmp_path, entry, message):
    with pytest.raises(UserError, match=message):
        format_n_best(entry)
    with pytest.raises(UserError, match=message):
        write_n_best(tmp_path / "list.txt", [ENTRIES[0], entry])
    assert not (tmp_path / "list.txt").exists()


RANKED = [NBestEntry(5, "a", -1.0), NBestEntry(5, "b", -2.0), NBestEntry(1, "c", -0.5), NBestEntry(5, "d", -3.0)]
LOG_PROBS, LENGTHS = [-9.0, -2.0, -6.0, -4.0], [3, 2, 6, 4]  # per token -3, -1, -1, -1


@pytest.mark.parametrize("weight, expected", [
    (0, [(5, "a", -1.0), (5, "b", -2.0), (5, "d", -3.0), (1, "c", -0.5)]),
    (1, [(5, "b", -1.0), (5, "d", -1.0), (5, "a", -3.0), (1, "c", -1.0)]),
    (0.25, [(5, "a", -1.5), (5, "b", -1.75), (5, "d", -2.5), (1, "c", -0.625)]),
])
def test_reranked(weight, expected):
    assert rerank(RANKED, LOG_PROBS, LENGTHS, weight) == expected
    assert rerank([], [], [], weight) == []


@pytest.mark.parametrize("log_probs, lengths, weight, message", [
    (LOG_PROBS[1:], LENGTHS, 0.5, "4 translations, 3 log-probabilities and 4 lengths"),
    (LOG_PROBS, LENGTHS[1:], 0.5, "3 lengths"),
    (LOG_PROBS, [3, 0, 6, 4], 0.5, "translation 2 has .* length 0"),
    ([-9.0, -2.0, float("-inf"), -4.0], LENGTHS, 0.5, "translation 3"),
    (LOG_PROBS, LENGTHS, 1.5, "weight is 1.5"),
    (LOG_PROBS, LENGTHS, float("nan"), "weight is nan"),
])
def test_reranking_refused(log_probs, lengths, weight, message):
    with pytest.raises(UserError, match=f"(?i){message}"):
        rerank(RANKED, log_probs, lengths, weight)
