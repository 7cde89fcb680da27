"""Keeps back what TensorFlow's C++ parts write on standard error whatever log level is set."""

import contextlib
import os
import sys
import tempfile


@contextlib.contextmanager
def noise_held_back():
    """Holds standard error back for a block, also for C++; shows it after all where the block fails."""
    sys.stderr.flush()
    try:
        kept = os.dup(2)
    except OSError:  # standard error is closed: nothing to hold back
        yield
        return
    with tempfile.TemporaryFile() as written:
        os.dup2(written.fileno(), 2)
        try:
            yield
        except BaseException:
            written.seek(0)
            os.write(kept, written.read())
            raise
        finally:
            sys.stderr.flush()
            os.dup2(kept, 2)
            os.close(kept)


def start_tensorflow(many_batches=False):
    """Imports TensorFlow and Keras without their seven lines about GPU plugins that they find twice.

    `many_batches`: several batches will run at the same time. Each then does with one processor, since to divide small
    operations among several costs more than it brings.
    """
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    if many_batches:
        os.environ.setdefault("TF_NUM_INTRAOP_THREADS", "1")
    if "tensorflow" not in sys.modules:
        with noise_held_back():
            import keras  # noqa: F401
            import tensorflow  # noqa: F401
