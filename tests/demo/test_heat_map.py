"""The attention as an HTML table."""

import re

import numpy as np
import pytest

from keras_s2s.demo.heat_map import heat_map


def test_rows_are_the_target_and_columns_the_source():
    html = heat_map(["a", "</s>"], ["X"], np.array([[0.25, 0.75]]))
    assert re.findall(r"--weight:([\d.]+)", html) == ["0.250", "0.750"]
    assert re.findall(r'<th scope="col"><span><bdi>(.*?)</bdi>', html) == ["a", "&lt;/s&gt;"]
    assert re.findall(r'<th scope="row"><bdi>(.*?)</bdi>', html) == ["X"]
    assert 'title="\u2068X\u2069 ← \u2068&lt;/s&gt;\u2069: 0.750"' in html


def test_tokens_are_escaped_and_spaces_shown():
    html = heat_map(['"><script>', " "], ["<b>"], np.zeros((1, 2)))
    assert "<script>" not in html
    assert "<b>" not in html
    assert "&quot;&gt;&lt;script&gt;" in html
    assert "<bdi>␣</bdi>" in html


def test_long_tokens_are_written_upright():
    assert "s2s-words" in heat_map(["sentence"], ["X"], np.zeros((1, 1)))
    assert "s2s-words" not in heat_map(["s", "</s>"], ["sentence"], np.zeros((1, 2)))


def test_a_huge_table_is_cut_and_says_so():
    html = heat_map(["a"] * 500, ["b"] * 300, np.zeros((300, 500)))
    assert html.count("--weight") == 200 * 200
    assert "first 200 tokens" in html
    assert "first" not in heat_map(["a"] * 200, ["b"], np.zeros((1, 200)))


def test_a_wrong_shape_is_refused():
    with pytest.raises(ValueError, match=r"\(2, 1\), but there are 1 target and 2 source"):
        heat_map(["a", "b"], ["c"], np.zeros((2, 1)))
