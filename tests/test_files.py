import os
from pathlib import Path

import pytest

from keras_s2s.files import directory_written_atomically, write_atomically


def names(path):
    return sorted(child.name for child in path.iterdir())


def test_a_file_and_its_directories(tmp_path):
    path = tmp_path / "new" / "deep" / "file.txt"
    write_atomically(path, "Ä\r\n")
    assert path.read_bytes() == "Ä\r\n".encode()
    write_atomically(str(path), b"\xff")
    assert path.read_bytes() == b"\xff"
    assert names(path.parent) == ["file.txt"]
    assert path.stat().st_mode & 0o777 == 0o644


def test_a_file_that_cannot_be_written_leaves_the_old_one(tmp_path, monkeypatch):
    write_atomically(tmp_path / "file.txt", "old")

    def fail(*_):
        raise OSError("disk full")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="disk full"):
        write_atomically(tmp_path / "file.txt", "new")
    assert (tmp_path / "file.txt").read_text() == "old"
    assert names(tmp_path) == ["file.txt"]


def test_a_directory_takes_the_place_of_the_old_one(tmp_path):
    for content in ("old", "new"):
        with directory_written_atomically(tmp_path / "a" / "b") as temporary:
            (temporary / content).touch()
            assert temporary.parent == tmp_path / "a"
    assert names(tmp_path / "a") == ["b"]
    assert names(tmp_path / "a" / "b") == ["new"]
    assert (tmp_path / "a" / "b").stat().st_mode & 0o777 == 0o755


def test_a_directory_that_fails_leaves_the_old_one(tmp_path):
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "old").touch()
    with pytest.raises(KeyboardInterrupt), directory_written_atomically(tmp_path / "b") as temporary:
        (temporary / "new").touch()
        raise KeyboardInterrupt
    assert names(tmp_path) == ["b"]
    assert names(tmp_path / "b") == ["old"]


def test_a_directory_that_cannot_take_its_place_leaves_the_old_one(tmp_path, monkeypatch):
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "old").touch()
    replace = os.replace

    def fail_for_the_new_one(source, target):
        if Path(source, "new").exists():
            raise PermissionError("no")
        replace(source, target)

    monkeypatch.setattr(os, "replace", fail_for_the_new_one)
    with pytest.raises(PermissionError), directory_written_atomically(tmp_path / "b") as temporary:
        (temporary / "new").touch()
    assert names(tmp_path) == ["b"]
    assert names(tmp_path / "b") == ["old"]


def test_the_directory_one_is_in(tmp_path, monkeypatch):
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    with directory_written_atomically(".") as temporary:
        (temporary / "new").touch()
    assert names(tmp_path / "here") == ["new"]
    assert names(tmp_path) == ["here"]
