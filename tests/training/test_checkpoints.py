"""Files that a stopped run goes on from: whole, or the one before them."""

import errno
import io
import os

import keras
import numpy as np
import pytest

from keras_s2s.errors import UserError
from keras_s2s.training.checkpoints import Checkpoints
from keras_s2s.training.run_state import RunState


def variables(value, shapes=((2, 3), (), (4,))):
    return [keras.Variable(np.full(shape, value, "float32")) for shape in shapes]


def state(step, **options):
    return RunState(epoch=3, step=step, best=0.25, best_perplexity=1.5, minutes=1.5,
                    history=[{"epoch": 1, "loss": 2.5}], **options)


@pytest.fixture
def checkpoints(tmp_path, console):
    """Three of steps 10, 20 and 30, of which two are kept; all variables are the step."""
    found = Checkpoints(tmp_path, variables(0.0), keep=2, console=console)
    for step in (10, 20, 30):
        for variable in found.variables:
            variable.assign(np.full(variable.shape, float(step)))
        found.save(state(step))
    return found


def test_there_and_back(checkpoints, console):
    fresh = Checkpoints(checkpoints.directory, variables(0.0), 2, console)
    assert fresh.restore() == state(30)
    for variable in fresh.variables:
        np.testing.assert_array_equal(variable, np.full(variable.shape, 30.0))
    assert console.file.getvalue() == ""


def test_the_newest_are_kept_and_nothing_else(checkpoints):
    assert [path.name for path in checkpoints.directory.iterdir() if path.name[0] != "c"] == []
    assert [path.name for path in checkpoints.paths()] == ["checkpoint-00000020.npz", "checkpoint-00000030.npz"]


def test_before_the_first(tmp_path, console):
    found = variables(1.0)
    assert Checkpoints(tmp_path / "none", found, 2, console).restore() is None
    np.testing.assert_array_equal(found[0], np.ones((2, 3)))


def test_whole_numbers_stay_exact(tmp_path, console):
    """A random generator's state and the optimizer's count of steps."""
    def seeds(value):
        return [keras.Variable(np.array(value, "uint32"), dtype="uint32", trainable=False)]

    Checkpoints(tmp_path, seeds([2**32 - 1, 12345]), 1, console).save(state(1))
    found = Checkpoints(tmp_path, seeds([0, 0]), 1, console)
    found.restore()
    assert np.asarray(found.variables[0]).tolist() == [2**32 - 1, 12345]


def replaced(data, before, after):
    """The file's bytes with a word of its text exchanged (NumPy writes text as UTF-32), sum of check included."""
    with np.load(io.BytesIO(data)) as archive:
        arrays = dict(archive)
    buffer = io.BytesIO()
    np.savez(buffer, **{**arrays, "state": str(arrays["state"]).replace(before, after)})
    return buffer.getvalue()


def array_file():
    buffer = io.BytesIO()
    np.save(buffer, np.zeros(3))
    return buffer.getvalue()


def in_directory(data, offset, value):
    """The file's bytes with one changed in the entry of its last array: its flags (8), the kind of compression (10)."""
    place = data.rindex(b"PK\x01\x02") + offset
    return data[:place] + bytes([value]) + data[place + 1:]


@pytest.mark.parametrize("damage", [
    lambda data: b"", lambda data: b"nothing", lambda data: data[:-30], lambda data: data[:len(data) // 2],
    lambda data: data[:99] + bytes([data[99] ^ 255]) + data[100:], lambda data: array_file(),
    lambda data: replaced(data, "minutes", "minuets"), lambda data: replaced(data, '"epoch"', '"epoch '),
    lambda data: replaced(data, '"kept": []', '"kept": [[1, 2, "best-00000007.npz"]]'),
    lambda data: in_directory(data, 8, 1), lambda data: in_directory(data, 10, 99)])
def test_a_damaged_one_is_set_aside_for_the_one_before(checkpoints, console, damage):
    newest = checkpoints.paths()[-1]
    newest.write_bytes(damage(newest.read_bytes()))
    assert checkpoints.restore() == state(20)
    assert float(np.asarray(checkpoints.variables[1])) == 20.0
    assert "checkpoint-00000030.npz cannot be read" in console.file.getvalue()
    assert sorted(path.name for path in newest.parent.iterdir()) == [
        "checkpoint-00000020.npz", "checkpoint-00000030.npz.damaged"]


def test_all_damaged(checkpoints, console):
    for path in checkpoints.paths():
        path.write_bytes(b"")
    assert checkpoints.restore() is None
    first, second = console.file.getvalue().splitlines()
    assert "the checkpoint before it is used" in first
    assert "training begins anew" in second


@pytest.mark.parametrize("damage", [lambda data: b"", lambda data: data[:-50], lambda data: in_directory(data, 8, 1),
                                    lambda data: data[:200] + bytes([data[200] ^ 255]) + data[201:]])
def test_damaged_best_weights(checkpoints, console, damage):
    np.savez(checkpoints.directory / "best-00000025.npz", weights=np.arange(99.0))
    checkpoints.save(state(40, kept=[[0.5, -1.0, "best-00000025.npz"]]))
    assert checkpoints.restore() == state(40, kept=[[0.5, -1.0, "best-00000025.npz"]])
    best = checkpoints.directory / "best-00000025.npz"
    best.write_bytes(damage(best.read_bytes()))
    assert checkpoints.restore() == state(30)
    assert "the weights best-00000025.npz that it names" in console.file.getvalue()


@pytest.mark.parametrize("shapes", [((2, 3), (), (4,), (1,)), ((2, 3), (1,), (4,)), ((2, 3), ())])
def test_of_another_model(checkpoints, console, shapes):
    found = variables(1.0, shapes)
    assert Checkpoints(checkpoints.directory, found, 2, console).restore() is None
    np.testing.assert_array_equal(found[0], np.ones((2, 3)))


def test_weights_go_when_no_checkpoint_names_them(tmp_path, console):
    found = Checkpoints(tmp_path, variables(1.0), 2, console)
    for step, kept in ((10, [10]), (20, [20]), (30, [20, 30]), (40, [30])):
        (tmp_path / f"best-{step:08d}.npz").write_bytes(b"weights")
        found.save(state(step, kept=[[0.5, -1.0, f"best-{number:08d}.npz"] for number in kept]))
    assert sorted(path.name for path in tmp_path.glob("best-*")) == ["best-00000020.npz", "best-00000030.npz"]


def test_no_room_left(checkpoints, monkeypatch):
    def full(_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    before = {path.name: path.read_bytes() for path in checkpoints.directory.iterdir()}
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UserError, match=r"(?s)No space left.*MB.*goes on from checkpoint-00000030.npz"):
        checkpoints.save(state(40))
    assert {path.name: path.read_bytes() for path in checkpoints.directory.iterdir()} == before


def test_no_right_to_write(tmp_path, console):
    (tmp_path / "file").write_text("")
    with pytest.raises(UserError, match=r"(?s)cannot be written.*goes on from the beginning"):
        Checkpoints(tmp_path / "file" / "checkpoints", variables(1.0), 2, console).save(state(1))
