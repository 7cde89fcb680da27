import subprocess
import sys

import pytest

from keras_s2s.data.pairs import parse_columns, read_pairs, read_parallel
from keras_s2s.errors import UserError


@pytest.fixture
def put(tmp_path):
    def write(content: str, name: str = "names.tsv"):
        path = tmp_path / name
        path.write_text(content, encoding="utf-8", newline="")
        return path

    return write


def refused(function, *arguments, **options) -> UserError:
    with pytest.raises(UserError) as caught:
        function(*arguments, **options)
    return caught.value


def test_pairs_in_order_unchanged(put):
    path = put('b\t "ü" \r\na\tx\ny\u2028z\x85\x0b\t\x0c1\n')
    assert read_pairs(path) == [("b", ' "ü" '), ("a", "x"), ("y\u2028z\x85\x0b", "\x0c1")]


def test_header_is_left_out_and_lines_still_count_from_the_top(put):
    assert read_pairs(put("source\ttarget\na\tb\n"), header=True) == [("a", "b")]
    assert "line 3, has 3 columns" in str(refused(read_pairs, put("s\tt\na\tb\nc\td\te\n"), header=True))


def test_header_may_have_other_columns(put):
    assert read_pairs(put("# names\na\tb\n"), header=True) == [("a", "b")]


def test_three_columns_are_refused_with_the_line_that_mends_it(put):
    path = put("a\tb\nc\td\te\nf\tg\n")
    error = refused(read_pairs, path)
    assert error.given == f"{path}, line 2, has 3 columns"
    assert error.fix == "choose two of them with --columns 1,2"


def test_other_wrong_lines_are_counted(put):
    assert "(and so 2 other lines)" in refused(read_pairs, put("a\tb\tc\n" * 3)).given
    assert "(and so 1 other line)" in refused(read_pairs, put("a\tb\tc\n" * 2)).given


@pytest.mark.parametrize(
    ("columns", "expected"), [((1, 2), ("a", "b")), ((3, 1), ("c", "a")), ([2, 2], ("b", "b"))]
)
def test_columns_are_chosen(put, columns, expected):
    assert read_pairs(put("a\tb\tc\n"), columns=columns) == [expected]


def test_chosen_columns_may_stand_among_a_varying_number(put):
    assert read_pairs(put("a\tb\nc\td\tnote\n"), columns=(1, 2)) == [("a", "b"), ("c", "d")]


def test_missing_column(put):
    path = put("a\tb\tc\nd\te\n")
    error = refused(read_pairs, path, columns=(1, 3))
    assert error.given == f"{path}, line 2, has 2 columns"
    assert "at least 3" in error.expected


@pytest.mark.parametrize("columns", [(0, 1), (1,), (1, 2, 3), (1, -1), (True, 2), ("1", "2")])
def test_impossible_columns(put, columns):
    assert "for example --columns 1,2" in str(refused(read_pairs, put("a\tb\n"), columns=columns)).replace(
        "For", "for"
    )


def test_line_without_a_tab(put):
    error = refused(read_pairs, put("a\tb\nc d\n"))
    assert "line 2, has 1 column, for there is no tab in it" in error.given
    assert error.fix == "put a tab between source and target"


def test_commas_instead_of_tabs(put):
    assert "if commas separate them" in refused(read_pairs, put("a,b\nc,d\n")).fix


@pytest.mark.parametrize("end", ["\n", "\n\n", "\r\n\r\n", "\n  \n", ""])
def test_blank_lines_at_the_end_are_left_out(put, end):
    assert read_pairs(put("a\tb\nc\td" + end)) == [("a", "b"), ("c", "d")]


def test_blank_line_before_a_pair_is_an_error(put):
    error = refused(read_pairs, put("a\tb\n\nc\td\n"))
    assert "line 2, is blank" in error.given
    assert "line 2" in refused(read_pairs, put("a\tb\n\nc\td\n"), columns=(1, 2)).given


def test_empty_sides_are_kept(put):
    assert read_pairs(put("a\t\n\tb\n\t\n")) == [("a", ""), ("", "b"), ("", "")]


@pytest.mark.parametrize(
    ("content", "header"), [("", False), ("\ufeff", False), ("\n\n", False), ("s\tt\n", True), ("", True)]
)
def test_no_pairs(put, content, header):
    path = put(content)
    error = refused(read_pairs, path, header=header)
    assert str(path) in error.given
    assert "at least one line" in error.expected


def test_parallel_files(put):
    assert read_parallel(put("a\tx\n\nc\n", "de"), put("1\n2\n\n", "en")) == [
        ("a\tx", "1"),
        ("", "2"),
        ("c", ""),
    ]


def test_parallel_files_of_different_length_tell_both_counts(put):
    message = str(refused(read_parallel, put("a\nb\nc\n", "de"), put("1\n", "en")))
    assert "de has 3 lines" in message
    assert "en has 1 line\n" in message.replace(".\n", "\n")


def test_parallel_files_that_are_empty(put):
    assert "empty" in refused(read_parallel, put("", "de"), put("", "en")).given


def test_columns_from_the_command_line():
    assert parse_columns("1,2") == (1, 2)
    assert parse_columns(" 3, 1 ") == (3, 1)


@pytest.mark.parametrize("text", ["", "1", "1,2,3", "a,b", "0,1", "1;2", "1.0,2", "-1,2"])
def test_columns_that_are_none(text):
    assert "counted from 1" in refused(parse_columns, text).expected


def test_reading_pairs_loads_no_tensorflow():
    code = (
        "import sys, keras_s2s.data.pairs, keras_s2s.data.split, keras_s2s.data.corpora\n"
        "import keras_s2s.data.inspection, keras_s2s.data.inspection_report\n"
        "sys.exit(any(name.split('.')[0] in ('tensorflow', 'keras', 'numpy') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
