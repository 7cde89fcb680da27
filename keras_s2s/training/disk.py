"""Files of a run that the disk does not take."""

from contextlib import contextmanager

from keras_s2s.errors import UserError


@contextmanager
def told_how_to_go_on(path, size):
    """Within it an `OSError` becomes a `UserError` that says from where the same command goes on.

    Args:
        path: the file of the directory of checkpoints that is written.
        size: int. Its bytes, about.
    """
    try:
        yield
    except OSError as error:
        older = [found.name for found in sorted(path.parent.glob("checkpoint-????????.npz"))]
        raise UserError(f"the file {path} cannot be written: {error.strerror or error}",
                        f"expected room for {size / 1e6:.0f} MB and the right to write",
                        "free some or mend the rights, and give the same command again: it goes on from "
                        + (older[-1] if older else "the beginning")) from error
