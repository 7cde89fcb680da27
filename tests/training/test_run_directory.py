"""What a run finds in its directory: nothing, itself, what a kill has left, or something else."""

import errno
import os
import shutil

import pytest

from keras_s2s.config import load_config
from keras_s2s.data.split import Split
from keras_s2s.errors import UserError
from keras_s2s.text import CharacterTokenizer
from keras_s2s.training.run_directory import RunDirectory
from tests.training.conftest import Stopped, stopped_after

RECORD = {"vocabularies": "v", "versions": {"keras": "3.15.0"}}


@pytest.fixture
def begin():
    """Begins a run in a directory as `train` does."""
    tokenizer = CharacterTokenizer()
    tokenizer.adapt(["abc"])
    split = Split([("a", "b")] * 3, [("b", "c")], [("c", "a")])

    def run(directory, anew, options=()):
        directory.begin(load_config("characters", options), "digest", split,
                        {"source": tokenizer, "target": tokenizer}, RECORD, anew)

    return run


def files(path):
    return sorted(str(found.relative_to(path)) for found in path.rglob("*") if found.is_file())


def test_killed_at_every_file(begin, tmp_path, monkeypatch):
    """Whatever has been written, the next start begins or goes on, and leaves nothing of the old one's."""
    begin(RunDirectory(tmp_path / "whole"), anew=True)
    whole = files(tmp_path / "whole")
    assert len(whole) == 10
    for calls in range(len(whole)):
        directory = RunDirectory(tmp_path / str(calls))
        with monkeypatch.context() as patch, pytest.raises(Stopped):
            stopped_after(patch, os, "replace", calls)
            # As a kill: the file that is not in its place yet stays.
            patch.setattr("pathlib.Path.unlink", lambda path, missing_ok=False: None)
            begin(directory, anew=True)
        assert [name for name in files(directory.path) if name.rpartition("/")[2].startswith(".")]
        holds_run = directory.holds_run()
        assert holds_run == (calls > 0)
        assert not holds_run or not directory.is_finished(load_config("characters"), "digest")
        assert set(directory.tokenizers()) <= {"source", "target"}
        begin(directory, anew=not holds_run)
        assert files(directory.path) == whole


def test_killed_while_an_old_run_goes(begin, tmp_path, monkeypatch):
    """`--overwrite`: the directory holds a run at every moment, and the user's own files stay."""
    for calls in range(4):
        directory = RunDirectory(tmp_path / str(calls))
        begin(directory, anew=True)
        for name in ("checkpoints", "saved_model", "tensorboard", "tfjs"):
            (directory.path / name).mkdir()
        for name in ("results.json", "pairs.tsv", ".gitignore", "data/own.tsv"):
            (directory.path / name).write_text("")
        with monkeypatch.context() as patch, pytest.raises(Stopped):
            stopped_after(patch, shutil, "rmtree", calls)
            begin(directory, anew=True)
        assert directory.holds_run()
        assert not directory.is_finished(load_config("characters"), "digest")
        begin(directory, anew=True)
        assert set(files(directory.path)) - set(files(tmp_path / "0")) == set()
        assert {"pairs.tsv", ".gitignore", "data/own.tsv"} < set(files(directory.path))
        assert not (directory.path / "saved_model").exists()


@pytest.mark.parametrize("name", ["weights.npz", "source/tokenizer.json", "notes.txt", "data/own.tsv"])
def test_what_is_no_run(tmp_path, name):
    """A model, even without a configuration, is not begun anew by mistake."""
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text("")
    with pytest.raises(UserError, match="not empty and holds no run"):
        RunDirectory(tmp_path).holds_run()


def test_unfinished_files_go_and_others_stay(begin, tmp_path):
    directory = RunDirectory(tmp_path)
    begin(directory, anew=True)
    (tmp_path / "checkpoints").mkdir()
    before = files(tmp_path)
    for name in (".results.json.ab_d1234", "data/.train.tsv.abcd1234", "checkpoints/.best-00000010.npz.abcd1234",
                 "source/.vocabulary.json.abcd1234"):
        (tmp_path / name).write_text("")
    (tmp_path / ".tfjs.abcd1234").mkdir()
    (tmp_path / ".notes.txt.abcd1234").write_text("the user's own")
    begin(directory, anew=False)
    assert files(tmp_path) == sorted([*before, ".notes.txt.abcd1234"])
    assert not (tmp_path / ".tfjs.abcd1234").exists()


FREE = ["description=other", "examples=[a]", "training.keep_checkpoints=3", "training.checkpoint_minutes=1.0",
        "training.checkpoint_steps=7", "training.tensorboard=true", "training.max_minutes=7.0", "evaluation.worst=3",
        "evaluation.bleu_tokenize=char", "inference.max_target_tokens=9"]


def test_options_that_may_change(begin, tmp_path):
    directory = RunDirectory(tmp_path)
    by_loss = ["training.validation_metric=loss"]
    begin(directory, True, by_loss)
    changed = load_config("characters", [*by_loss, *FREE])
    assert not directory.is_finished(changed, "digest")
    begin(directory, False, [*by_loss, *FREE])
    assert load_config(tmp_path / "config.yaml") == changed
    (tmp_path / "results.json").write_text("{}")
    with pytest.raises(UserError, match="holds a run with another configuration: description was other"):
        directory.is_finished(load_config("characters", by_loss), "digest")


@pytest.mark.parametrize(("metric", "option"), [
    ("loss", "training.patience=null"), ("bleu", "evaluation.bleu_tokenize=char"),
    ("exact_match", "inference.max_source_tokens=9")])
def test_options_that_may_not(begin, tmp_path, metric, option):
    """What chooses the best weights changes them."""
    directory = RunDirectory(tmp_path)
    metric = f"training.validation_metric={metric}"
    begin(directory, True, [metric])
    with pytest.raises(UserError, match=f"another configuration: {option.partition('=')[0]} was"):
        directory.is_finished(load_config("characters", [metric, option]), "digest")


def test_other_vocabularies_and_versions(begin, tmp_path, console):
    directory = RunDirectory(tmp_path)
    directory.check_record(RECORD, console)  # nothing to compare with
    begin(directory, anew=True)
    directory.check_record(RECORD, console)
    assert console.file.getvalue() == ""
    directory.check_record({**RECORD, "versions": {"keras": "3.15.1", "numpy": "2"}}, console)
    assert "began with keras 3.15.0, now 3.15.1; numpy of an unknown version, now 2." in console.file.getvalue()
    with pytest.raises(UserError, match="with other vocabularies"):
        directory.check_record({**RECORD, "vocabularies": "w"}, console)


def test_no_room(begin, tmp_path, monkeypatch):
    def full(_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch, pytest.raises(OSError, match="No space"):
        patch.setattr(os, "fsync", full)
        begin(RunDirectory(tmp_path), anew=True)
    assert not RunDirectory(tmp_path).holds_run()
