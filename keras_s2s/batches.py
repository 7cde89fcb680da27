"""Many texts as batches, and several batches at a time."""

import os
from concurrent.futures import ThreadPoolExecutor
from numbers import Integral

from keras_s2s.errors import UserError

_MAX_CHARACTERS, _MAX_ROWS = 16_384, 4096


def length_batches(lengths, batch_size, hypotheses=1):
    """Lists of places of texts of similar length, the shortest texts first.

    Args:
        lengths: the length of each text, in characters.
        batch_size: int. The most texts in a batch; long ones are fewer, so that no batch is of more than 16,384
            characters, padding included, unless a single text is.
        hypotheses: int. How many rows a text becomes in the search; no batch has more than 4,096, unless a single text
            has.

    Raises:
        UserError: for a batch size that is no whole number of at least 1.
    """
    batch_size = max(min(_checked("batch_size", batch_size), _MAX_ROWS // hypotheses), 1)
    batches: list[list[int]] = []
    for place in sorted(range(len(lengths)), key=lambda place: lengths[place]):
        width = lengths[place]
        if not batches or len(batches[-1]) == batch_size or (len(batches[-1]) + 1) * width > _MAX_CHARACTERS:
            batches.append([])
        batches[-1].append(place)
    return batches


def in_parallel(function, batches, workers=None):
    """`(batch, function(batch))` of each batch, in order, several at a time: while one waits for a small operation,
    another uses the processors.

    Args:
        function: called with a batch, on threads.
        batches: list.
        workers: int or `None`, the number of processors.

    Raises:
        UserError: for workers that are no whole number of at least 1.
    """
    workers = min((os.cpu_count() or 1) if workers is None else _checked("workers", workers), len(batches))
    if workers < 2:
        yield from ((batch, function(batch)) for batch in batches)
        return
    with ThreadPoolExecutor(workers) as threads:
        yield from zip(batches, threads.map(function, batches), strict=True)


def _checked(name, value):
    if isinstance(value, bool) or not isinstance(value, Integral) or value < 1:
        raise UserError(f"{name}={value!r}", "expected a whole number of at least 1",
                        f"leave {name} out for the default")
    return int(value)
