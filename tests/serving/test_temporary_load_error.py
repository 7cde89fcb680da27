"""Which failures to load may pass."""

import errno
import shutil

import pytest

from keras_s2s.errors import UserError
from keras_s2s.serving import servable, warm_up
from keras_s2s.serving.request_error import RequestError
from keras_s2s.serving.servable import Servable
from keras_s2s.serving.temporary_load_error import TemporaryLoadError, may_pass
from keras_s2s.serving.warm_up import load_servable


@pytest.fixture
def path(toy_path, tmp_path):
    shutil.copytree(toy_path / "3", tmp_path / "toy" / "3")
    return tmp_path / "toy" / "3"


@pytest.mark.parametrize("error, expected", [
    (MemoryError(), True), (OSError(errno.EMFILE, "Too many open files"), True), (OSError(errno.EIO, "I/O"), True),
    (PermissionError(errno.EACCES, "Permission denied"), True), (FileNotFoundError(errno.ENOENT, "none"), False),
    (OSError("SavedModel file does not exist"), False), (ValueError("op not registered"), False),
    ("it has no graph tagged 'serve'", False), (RequestError("x"), False),
    (RequestError("x", "RESOURCE_EXHAUSTED"), True)])
def test_errors(error, expected):
    assert may_pass(error) is expected


def test_tensorflows_errors():
    from tensorflow import errors

    for kind in (errors.ResourceExhaustedError, errors.UnavailableError, errors.PermissionDeniedError,
                 errors.UnknownError, errors.DeadlineExceededError, errors.AbortedError, errors.InternalError,
                 errors.CancelledError):
        assert may_pass(kind(None, None, "x")), kind
    for kind in (errors.NotFoundError, errors.DataLossError, errors.InvalidArgumentError):
        assert not may_pass(kind(None, None, "x")), kind


def test_too_many_open_files(path, monkeypatch):
    """While the graph is read, the weights, and the warm-up requests."""
    import tensorflow as tf

    def refused(*_, **__):
        raise tf.errors.ResourceExhaustedError(None, None, "Too many open files")

    def no_file(_):
        raise OSError(errno.EMFILE, "Too many open files")

    with monkeypatch.context() as patch:
        patch.setattr(servable.Path, "read_bytes", no_file)
        with pytest.raises(TemporaryLoadError, match="Too many open files"):
            Servable("toy", 3, path)
    with monkeypatch.context() as patch:
        patch.setattr(tf.saved_model, "load", refused)
        with pytest.raises(TemporaryLoadError, match="Too many open files"):
            Servable("toy", 3, path)
    (path / warm_up.WARM_UP_FILE).parent.mkdir()
    (path / warm_up.WARM_UP_FILE).touch()
    monkeypatch.setattr(tf.data, "TFRecordDataset", refused)
    with pytest.raises(TemporaryLoadError, match="Too many open files"):
        load_servable("toy", 3, path)


def test_damaged_files_do_not_pass(path):
    (path / "saved_model.pb").write_bytes(b"no graph")
    with pytest.raises(UserError, match="cannot be loaded") as caught:
        Servable("toy", 3, path)
    assert not isinstance(caught.value, TemporaryLoadError)
