"""Where the shipped models are found."""

import subprocess
import sys

from keras_s2s.shipped import shipped_models


def model(path):
    path.mkdir(parents=True)
    (path / "model.json").touch()
    return path


def test_in_a_wheel(tmp_path):
    package = tmp_path / "site-packages" / "keras_s2s"
    second, first = model(package / "saved_models" / "b"), model(package / "saved_models" / "a")
    (package / "saved_models" / "notes").mkdir()
    model(tmp_path / "site-packages" / "saved_models" / "a-stranger's")
    assert list(shipped_models(package).items()) == [("a", first), ("b", second)]


def test_in_a_checkout(tmp_path):
    (tmp_path / "pyproject.toml").touch()
    path = model(tmp_path / "saved_models" / "dates")
    assert shipped_models(tmp_path / "keras_s2s") == {"dates": path}


def test_none(tmp_path):
    assert shipped_models(tmp_path) == {}


def test_tensorflow_is_not_loaded():
    code = "import sys, keras_s2s.shipped; print({'tensorflow', 'keras', 'numpy'} & sys.modules.keys())"
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "set()"
