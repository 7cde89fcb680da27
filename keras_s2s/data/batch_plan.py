"""Which pairs make up which batch of an epoch."""

import numpy as np


def plan_batches(source_lengths, target_lengths, batch_size=64, batch_tokens=None, pool=100, seed=None):
    """Divides the pairs of an epoch into batches of like lengths, in an order that follows from the seed alone.

    The shuffled pairs are taken a pool at a time, sorted by length and cut into batches, so that there is little
    padding; then all batches are shuffled.

    Args:
        source_lengths, target_lengths: `(pairs,)` numbers of tokens.
        batch_size: int. Pairs in a batch. Defaults to 64.
        batch_tokens: int or `None`. In its place: as many pairs as fit into so many positions of the wider side, source
            or target, padding and end token included, which bounds the memory; a longer pair is alone.
        pool: int. Batches that are sorted at a time. Defaults to 100.
        seed: whatever `numpy.random.default_rng` takes, or `None` for the given order, nothing shuffled or sorted.

    Returns:
        list of arrays of places in the given order, one for each batch.
    """
    source_lengths, target_lengths = np.asarray(source_lengths), np.asarray(target_lengths)
    widths = 1 + np.maximum(source_lengths, target_lengths)
    order = np.arange(len(source_lengths))
    if seed is None:
        return _cut(order, widths, batch_size, batch_tokens)
    chance = np.random.default_rng(seed)
    chance.shuffle(order)
    pairs_of_a_batch, keys = batch_size, [source_lengths, target_lengths]  # the last is the first to sort by
    if batch_tokens is not None:
        pairs_of_a_batch, keys = max(1, int(batch_tokens / widths.mean())), [*keys, widths]
    batches = []
    for start in range(0, len(order), pool * pairs_of_a_batch):
        pooled = order[start:start + pool * pairs_of_a_batch]
        pooled = pooled[np.lexsort([key[pooled] for key in keys])]
        batches += _cut(pooled, widths, batch_size, batch_tokens)
    chance.shuffle(batches)
    return batches


def _cut(order, widths, batch_size, batch_tokens):
    if batch_tokens is None:
        return [order[start:start + batch_size] for start in range(0, len(order), batch_size)]
    starts, start, widest = [0], 0, 0
    for place, width in enumerate(widths[order].tolist()):
        widest = max(widest, width)
        if place > start and (place + 1 - start) * widest > batch_tokens:
            starts.append(place)
            start, widest = place, width
    return np.split(order, starts[1:])
