import pytest

from keras_s2s import model_path
from keras_s2s.errors import UserError
from keras_s2s.model_path import find_model


@pytest.fixture(autouse=True)
def place(tmp_path, monkeypatch):
    """Models of every kind in the working directory, and a shipped one named `dates`."""
    for name in ("mine/model.json", "toy/1/saved_model.pb", "toy/12/saved_model.pb", "toy/9/saved_model.pb",
                 "toy/99/nothing", "toy/old/saved_model.pb", "shipped/dates/model.json", "other/file"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(model_path, "shipped_models", lambda: {"dates": tmp_path / "shipped" / "dates"})
    return tmp_path


@pytest.mark.parametrize("given, found, kind", [
    ("mine", "mine", "directory"),
    ("toy/9", "toy/9", "saved_model"),
    ("toy", "toy/12", "saved_model"),  # the newest by number, not by name
    ("toy/old", "toy/old", "saved_model"),
    ("dates", "shipped/dates", "directory"),
])
def test_found(place, given, found, kind):
    path, found_kind = find_model(given)
    assert (path.resolve(), found_kind) == (place / found, kind)


def test_a_directory_comes_before_a_name(place):
    (place / "dates").mkdir()
    assert find_model("dates")[0] == place / "shipped" / "dates"  # it holds no model
    (place / "dates" / "model.json").touch()
    assert find_model("dates")[0].resolve() == place / "dates"


@pytest.mark.parametrize("given, message", [
    ("nothing", "There is no model 'nothing'"),
    ("datse", "Did you mean 'dates'?"),
    ("other", "There is no model in other"),
    ("other/file", "other/file is a file"),
    ("", "There is no model in ."),
])
def test_not_found(given, message):
    with pytest.raises(UserError) as caught:
        find_model(given)
    assert message in str(caught.value)


def test_odd_names_of_versions(place):
    (place / "toy" / "²").mkdir()
    (place / "toy" / "²" / "saved_model.pb").touch()
    assert find_model("toy")[0].name == "12"
