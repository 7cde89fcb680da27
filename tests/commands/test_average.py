import shutil

import numpy as np
import pytest

from keras_s2s.commands.average import run_average
from keras_s2s.errors import UserError
from keras_s2s.translator import Translator


@pytest.fixture
def second(tiny_directory, tmp_path):
    """Another model of the same network."""
    translator = Translator.load(tiny_directory)
    for variable in translator.model.weights:
        variable.assign(np.asarray(variable) + 1)
    translator.save(tmp_path / "second")
    return tmp_path / "second"


def test_average(tiny_directory, second, tmp_path, capfd):
    first = shutil.copytree(tiny_directory, tmp_path / "first")
    (first / "config.yaml").write_text("name: mine  # as trained\n")
    (tmp_path / "mean").mkdir()  # empty
    run_average([str(first), str(second)], str(tmp_path / "mean"))
    printed = capfd.readouterr()
    assert printed.out == f"{tmp_path / 'mean'}\n"
    assert f"keras-s2s evaluate {tmp_path / 'mean'}" in printed.err
    assert (tmp_path / "mean" / "config.yaml").read_text() == "name: mine  # as trained\n"
    mean, tiny = Translator.load(tmp_path / "mean"), Translator.load(first)
    for before, after in zip(tiny.model.weights, mean.model.weights, strict=True):
        np.testing.assert_allclose(after, np.asarray(before) + 0.5, rtol=0, atol=1e-6)
    assert not list(tmp_path.glob(".*"))


def test_nothing_is_overwritten(tiny_directory, second, tmp_path):
    (tmp_path / "file").write_text("mine")
    before = sorted(path.name for path in second.iterdir())
    for out in (second, tmp_path / "file"):
        with pytest.raises(UserError, match="is there already"):
            run_average([tiny_directory, second], out)
    assert sorted(path.name for path in second.iterdir()) == before


def test_nothing_is_left_of_what_failed(tiny_directory, tmp_path):
    with pytest.raises(UserError, match="no model"):
        run_average([tiny_directory, tmp_path / "none"], tmp_path / "out")
    with pytest.raises(UserError, match="two or more"):
        run_average([tiny_directory], tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_left_where_writing_fails(tiny_directory, second, tmp_path, monkeypatch):
    def fails(translator, directory):
        (directory / "model.json").write_text("{}")
        raise OSError("no space left")

    monkeypatch.setattr(Translator, "save", fails)
    with pytest.raises(OSError, match="no space"):
        run_average([tiny_directory, second], tmp_path / "out")
    assert list(tmp_path.iterdir()) == [second]
