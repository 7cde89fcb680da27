import io

import keras
import numpy as np
import pytest

from keras_s2s.errors import UserError
from keras_s2s.training.run_state import RunState


def variables(value, shapes=((2, 3), (), (4,))):
    return [keras.Variable(np.full(shape, value, "float32")) for shape in shapes]


@pytest.fixture
def saved(tmp_path):
    """The path of a state after three epochs, whose variables are all 7."""
    state = RunState("abc", 0.5, epoch=3, best=0.25, best_perplexity=1.5, best_epoch=2, bad_validations=1, minutes=1.5,
                     history=[{"epoch": 1, "loss": 2.5}])
    state.save(tmp_path / "state.npz", variables(7.0))
    return tmp_path / "state.npz"


def test_there_and_back(saved):
    found = variables(0.0)
    state = RunState.load(saved, found)
    assert state == RunState("abc", 0.5, 3, 0.25, 1.5, 2, 1, 1.5, False, [{"epoch": 1, "loss": 2.5}])
    for variable in found:
        np.testing.assert_array_equal(variable, np.full(variable.shape, 7.0))


def test_before_the_first_epoch(tmp_path):
    found = variables(1.0)
    assert RunState.load(tmp_path / "state.npz", found) is None
    np.testing.assert_array_equal(found[0], np.ones((2, 3)))


def test_whole_numbers_stay_exact(tmp_path):
    """A random generator's state and the optimizer's count of steps."""
    seeds = [keras.Variable(np.array([2**32 - 1, 12345], "uint32"), dtype="uint32", trainable=False)]
    RunState("abc", 1.0).save(tmp_path / "state.npz", seeds)
    found = [keras.Variable(np.zeros(2, "uint32"), dtype="uint32", trainable=False)]
    RunState.load(tmp_path / "state.npz", found)
    assert np.asarray(found[0]).tolist() == [2**32 - 1, 12345]


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


@pytest.mark.parametrize("damage", [
    lambda data: b"", lambda data: b"nothing", lambda data: data[:-30], lambda data: data[:len(data) // 2],
    lambda data: data[:99] + bytes([data[99] ^ 255]) + data[100:], lambda data: array_file(),
    lambda data: replaced(data, "minutes", "minuets"), lambda data: replaced(data, '"epoch"', '"epoch ')])
def test_a_damaged_file(saved, damage):
    saved.write_bytes(damage(saved.read_bytes()))
    found = variables(1.0)
    with pytest.raises(UserError, match=r"cannot be read[^$]*--overwrite"):
        RunState.load(saved, found)
    np.testing.assert_array_equal(found[0], np.ones((2, 3)))


@pytest.mark.parametrize("shapes", [((2, 3), (), (4,), (1,)), ((2, 3), (1,), (4,))])
def test_of_another_model(saved, shapes):
    with pytest.raises(UserError, match="cannot be read"):
        RunState.load(saved, variables(1.0, shapes))


def test_nothing_but_the_file_is_left(saved):
    RunState("abc", 0.5).save(saved, variables(1.0))
    assert [path.name for path in saved.parent.iterdir()] == ["state.npz"]
