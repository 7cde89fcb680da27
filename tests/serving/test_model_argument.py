"""What MODEL and NAME=MODEL stand for."""

import pytest

from keras_s2s import model_path
from keras_s2s.errors import UserError
from keras_s2s.serving import model_argument
from keras_s2s.serving.model_argument import resolve_model


def saved_model(path):
    path.mkdir(parents=True)
    (path / "saved_model.pb").write_bytes(b"")
    return path


def found(argument, scratch):
    source = resolve_model(str(argument), scratch)
    return source.name, source.version, source.path


def test_exported_folder_with_versions_takes_the_newest(tmp_path):
    for version in ("2", "10", "draft"):
        saved_model(tmp_path / "dates" / version)
    (tmp_path / "dates" / "11").mkdir()  # not finished
    assert found(tmp_path / "dates", tmp_path) == ("dates", 10, tmp_path / "dates" / "10")


def test_a_version_folder(tmp_path):
    path = saved_model(tmp_path / "dates" / "2")
    assert found(path, tmp_path) == ("dates", 2, path)
    assert found(f"other={path}", tmp_path) == ("other", 2, path)


def test_a_folder_without_a_version(tmp_path):
    path = saved_model(tmp_path / "mine")
    assert found(path, tmp_path) == ("mine", 1, path)


def test_a_relative_path(tmp_path, monkeypatch):
    path = saved_model(tmp_path / "mine" / "1")
    monkeypatch.chdir(tmp_path / "mine")
    assert found(".", tmp_path) == ("mine", 1, path)


def test_a_model_directory_with_an_export(tmp_path):
    saved_model(tmp_path / "names" / "saved_model" / "9")
    path = saved_model(tmp_path / "names" / "saved_model" / "10")
    (tmp_path / "names" / "model.json").touch()
    assert found(tmp_path / "names", tmp_path) == ("names", 10, path)
    assert found(tmp_path / "names" / "saved_model", tmp_path) == ("names", 10, path)


def test_a_model_directory_without_an_export_is_exported_now(tmp_path, monkeypatch):
    (tmp_path / "names").mkdir()
    (tmp_path / "names" / "model.json").touch()
    monkeypatch.setattr(
        model_argument, "_export_now", lambda directory, name, scratch: saved_model(scratch / name / "1")
    )
    scratch = tmp_path / "scratch"
    assert found(f"n={tmp_path / 'names'}", scratch) == ("n", 1, scratch / "n" / "1")


def test_a_shipped_name_but_a_folder_of_that_name_first(tmp_path, monkeypatch):
    path = saved_model(tmp_path / "package" / "dates" / "saved_model" / "1")
    (tmp_path / "package" / "dates" / "model.json").touch()
    monkeypatch.setattr(model_path, "shipped_models", lambda: {"dates": tmp_path / "package" / "dates"})
    monkeypatch.chdir(tmp_path)
    assert found("dates", tmp_path) == ("dates", 1, path)
    assert found("d2=dates", tmp_path) == ("d2", 1, path)
    mine = saved_model(tmp_path / "dates" / "7")
    assert found("dates", tmp_path) == ("dates", 7, mine)


def test_errors(tmp_path, monkeypatch):
    monkeypatch.setattr(model_path, "shipped_models", lambda: {"dates": tmp_path / "nowhere"})
    saved_model(tmp_path / "exported" / "dates" / "1")
    (tmp_path / "file").touch()
    (tmp_path / "empty").mkdir()
    odd = saved_model(tmp_path / "a b" / "1")
    for argument, message in {
        "daets": "Did you mean 'dates'?",
        "x": "shipped model (dates)",
        "n=": "names no model",
        tmp_path / "exported": f"Did you mean {tmp_path / 'exported' / 'dates'}?",
        tmp_path / "file": "is a file",
        tmp_path / "empty": "no model in",
        odd: "cannot stand in a URL",
        f"a/b={odd}": "cannot stand in a URL",
    }.items():
        with pytest.raises(UserError) as caught:
            resolve_model(str(argument), tmp_path)
        assert message in str(caught.value)


def test_an_equals_sign_in_a_folder_name(tmp_path):
    path = saved_model(tmp_path / "a=b" / "1")
    assert found(f"n={path}", tmp_path) == ("n", 1, path)
    with pytest.raises(UserError, match="cannot stand in a URL"):  # and not: "b/1 is no folder"
        resolve_model(str(path), tmp_path)


def test_symbolic_links_are_taken_as_given(tmp_path):
    """Name, version and base are the links': they may lead elsewhere tomorrow."""
    for kept in ("abc", "def"):
        saved_model(tmp_path / "store" / kept)
    (tmp_path / "dates").mkdir()
    (tmp_path / "dates" / "1").symlink_to(tmp_path / "store" / "abc")
    (tmp_path / "dates" / "2").symlink_to(tmp_path / "store" / "def")
    source = resolve_model(str(tmp_path / "dates"), tmp_path)
    assert (source.name, source.version, source.base) == ("dates", 2, tmp_path / "dates")
    assert found(tmp_path / "dates" / "1", tmp_path) == ("dates", 1, tmp_path / "dates" / "1")
    (tmp_path / "current").symlink_to(tmp_path / "dates")
    source = resolve_model(str(tmp_path / "current"), tmp_path)
    assert (source.name, source.base) == ("current", tmp_path / "current")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "link").symlink_to(tmp_path / "dates" / "2", target_is_directory=True)
    up = tmp_path / "elsewhere" / "link" / ".." / "abc"  # beside the target, as for the system
    assert found(up, tmp_path) == ("abc", 1, tmp_path / "store" / "abc")


def test_a_version_that_grpc_has_no_room_for(tmp_path):
    large = saved_model(tmp_path / "dates" / str(2**63))
    for argument in (large, large.parent):
        with pytest.raises(UserError, match=r"(?s)The version of .* is too large.*9223372036854775807"):
            resolve_model(str(argument), tmp_path)
    path = saved_model(tmp_path / "dates" / "7")
    assert found(tmp_path / "dates", tmp_path) == ("dates", 7, path)
