"""Loads TensorFlow without the lines it writes on standard error at every start."""

import os
import sys
import tempfile


def start_tensorflow():
    """Imports TensorFlow and Keras quietly; where that fails, shows what they wrote.

    Their C++ parts register GPU plugins twice and say so before any log level applies, on machines without a GPU, too.
    """
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    if "tensorflow" in sys.modules:
        return
    sys.stderr.flush()
    try:
        kept = os.dup(2)
    except OSError:  # standard error is closed: nothing to keep quiet
        import keras
        return
    with tempfile.TemporaryFile() as written:
        os.dup2(written.fileno(), 2)
        try:
            import keras  # noqa: F401
            import tensorflow  # noqa: F401
        except BaseException:
            written.seek(0)
            os.write(kept, written.read())
            raise
        finally:
            os.dup2(kept, 2)
            os.close(kept)
