"""Pairs that a model did not learn from."""

import pytest

from keras_s2s.data.dates import generate_dates
from keras_s2s.demo import DemoModel
from keras_s2s.demo.held_out import held_out_lines
from keras_s2s.errors import UserError


def test_of_a_file_of_pairs_the_beginning_of_its_test_set(tiny, tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "test.tsv").write_text("a\tb\nc\td\ne\tf\n")
    assert held_out_lines(DemoModel(tiny, tmp_path), 2) == ["a\tb", "c\td"]


def test_made_data_are_made_again(models):
    expected = [f"{one.source}\t{one.target}" for one in generate_dates(3, "test", 1)]
    assert held_out_lines(models["dates"], 3) == expected
    assert models["dates"].translator.config["training"]["seed"] == 1


@pytest.mark.parametrize("kind, target", [("copy", "abc"), ("reverse", "cba")])
def test_letters(tiny, monkeypatch, kind, target):
    monkeypatch.setattr(tiny, "config", {"data": {"kind": kind, "min_length": 3, "max_length": 3, "test_size": 4}})
    pairs = [line.split("\t") for line in held_out_lines(DemoModel(tiny), 100)]
    assert len(pairs) == 4
    step = {"abc": 1, "cba": -1}[target]
    assert all(len(source) == 3 and source[::step] == made for source, made in pairs)


def test_none(tiny):
    with pytest.raises(UserError, match="without a test set"):
        held_out_lines(DemoModel(tiny), 3)
