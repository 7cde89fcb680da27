"""A SavedModel that could not be loaded for a reason that may pass."""

import errno

from keras_s2s.errors import UserError
from keras_s2s.serving.request_error import RequestError

_LASTING = (None, errno.ENOENT, errno.ENOTDIR, errno.EISDIR)  # TensorFlow raises OSErrors without a number, too
# The rest says what is wrong with the files: NOT_FOUND, INVALID_ARGUMENT, DATA_LOSS, FAILED_PRECONDITION, ...
_PASSING = {"CANCELLED": 1, "UNKNOWN": 2, "DEADLINE_EXCEEDED": 4, "PERMISSION_DENIED": 7, "RESOURCE_EXHAUSTED": 8,
            "ABORTED": 10, "INTERNAL": 13, "UNAVAILABLE": 14}


class TemporaryLoadError(UserError):
    """Told like any mistake in what was given, but the same files may load another time: memory was short, too many
    files were open, a network's file system was away, the files could not be read by this user.
    """


def may_pass(error: BaseException | str) -> bool:
    """Whether a failure to load says nothing about the files.

    Args:
        error: What was raised while loading, or a message of our own about the files.
    """
    if isinstance(error, OSError):
        return error.errno not in _LASTING
    if isinstance(error, RequestError):
        return error.code in _PASSING
    # TensorFlow's OpErrors, which this module does without importing.
    return isinstance(error, MemoryError) or getattr(error, "error_code", None) in _PASSING.values()
