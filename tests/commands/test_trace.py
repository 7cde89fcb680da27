"""`keras-s2s trace`."""

import json

import pytest

from keras_s2s.trace import Trace


def test_to_standard_output(command, already_loaded, tiny, tiny_directory):
    ended = command("trace", tiny_directory, "the cat", "--beam", "2", "--prefix", "0")
    assert (ended.status, len(ended.lines), ended.error) == (0, 1, "")
    assert json.loads(ended.out) == tiny.trace("the cat", prefix="0", beam_size=2).to_dict()


def test_to_a_file(command, already_loaded, tiny, tiny_directory, tmp_path):
    ended = command("trace", tiny_directory, "日本 \U0001f600", "--out", tmp_path / "trace.json")
    assert (ended.status, ended.lines) == (0, [str(tmp_path / "trace.json")])
    assert Trace.load(tmp_path / "trace.json").to_dict() == tiny.trace("日本 \U0001f600").to_dict()


@pytest.mark.parametrize("name, begins", [
    ("page.html", b"<!doctype html>"), ("picture.PNG", b"\x89PNG"), ("picture.svg", b"<?xml"),
    ("picture.pdf", b"%PDF")])
def test_to_be_looked_at(command, already_loaded, tiny_directory, tmp_path, name, begins):
    ended = command("trace", tiny_directory, "the cat", "--out", tmp_path / name)
    assert (ended.status, ended.lines) == (0, [str(tmp_path / name)])
    assert (tmp_path / name).read_bytes().startswith(begins)


@pytest.mark.parametrize("arguments, message", [
    (["tiny", "cat", "--out", "x.txt"], "Expected .json, .html"), (["tiny", "cat", "--out", "x"], "x has no ending"),
    (["tiny", "cat", "--out", ""], "Call it trace.json"),
    (["tiny", "cat", "--out", "saved/1/saved_model.pb/x.html"], "Error: "),
    (["no_model", "text"], "There is no model 'no_model'"), (["saved", "text"], "The model in saved is a SavedModel"),
    (["tiny", "caf\udce9"], "'caf?' is not UTF-8"), (["tiny", "cat", "--beam", "0"], "--beam"),
    (["tiny", "cat", "--prefix", "0" * 40], "40 tokens"), (["tiny"], "Missing argument")])
def test_mistakes(command, already_loaded, tiny_directory, tmp_path, monkeypatch, arguments, message):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "tiny").symlink_to(tiny_directory)
    (tmp_path / "saved" / "1").mkdir(parents=True)
    (tmp_path / "saved" / "1" / "saved_model.pb").touch()
    ended = command("trace", *arguments)
    assert (ended.status, ended.out) == (2, "")
    assert message in ended.error and "Traceback" not in ended.error
