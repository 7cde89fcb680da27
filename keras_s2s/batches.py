"""Many texts as batches, and several batches at a time."""

import os
from concurrent.futures import ThreadPoolExecutor

_MAX_CHARACTERS = 16_384


def length_batches(lengths, batch_size):
    """Lists of places of texts of similar length, the shortest texts first.

    Args:
        lengths: the length of each text, in characters.
        batch_size: int. The most texts in a batch; long ones are fewer, so that no batch is of more than 16,384
            characters, padding included, unless a single text is.
    """
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
    """
    workers = min(workers or os.cpu_count() or 1, len(batches))
    if workers < 2:
        yield from ((batch, function(batch)) for batch in batches)
        return
    with ThreadPoolExecutor(workers) as threads:
        yield from zip(batches, threads.map(function, batches), strict=True)
