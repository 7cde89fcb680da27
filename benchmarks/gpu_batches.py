"""Writes the folder that the systems on a GPU read: made-up pairs as long as Multi30k's captions. Needs NumPy alone."""

from pathlib import Path

import numpy as np
from peer_ids import END, PADDING, START
from peer_weights import random_weights
from train_job import TrainJob, work

SIZES = {
    "base": {"source_vocabulary": 8_000, "target_vocabulary": 6_000, "embedding": 256, "units": 256},
    "large": {"source_vocabulary": 32_000, "target_vocabulary": 32_000, "embedding": 512, "units": 1024}}
"""The first as in `train.py`; arguments of `peer_weights.random_weights`."""
BATCHES = {"base": (200, 64), "large": (100, 256)}
"""How many, and pairs in each."""
SMOKE_SIZES = {"smoke": {"source_vocabulary": 60, "target_vocabulary": 50, "embedding": 12, "units": 16}}
SMOKE_BATCHES = {"smoke": (4, 8)}
BUCKETS: tuple[int, ...] = (12, 16, 20, 28)
"""Widths of the batches: JAX compiles anew for each."""
SMOKE_BUCKETS = (28,)
MEAN, DEVIATION, SHORTEST = 14, 4, 3
"""Of the sentences' lengths, as in Multi30k."""
TARGET_DEVIATION = 2
"""By how much the length of a target differs from its source's."""


def prepare(folder: Path, sizes: dict[str, int], number: int, size: int, buckets: tuple[int, ...] = BUCKETS,
            seed: int = 1) -> dict:
    """Writes a `TrainJob` with weights and batches drawn at random.

    Args:
        folder: Where it goes.
        sizes: See `SIZES`.
        number, size: Of the batches.
        buckets: See `BUCKETS`.
        seed: Fixes what is drawn.

    Returns:
        `sizes`, `batch` (pairs in one), `dropout`, and `work` of the batches, see `train_job.work`.
    """
    weights = random_weights(**sizes, seed=seed)
    weights["output_bias"][:] = 0  # training has to end sentences
    units = sizes["units"]
    bridge = np.random.default_rng(seed).uniform(-1, 1, (units, units)) * units ** -0.5
    weights |= {"bridge_kernel": bridge.astype("float32"), "bridge_bias": np.zeros(units, "float32")}
    vocabularies = sizes["source_vocabulary"], sizes["target_vocabulary"]
    job = TrainJob([], [], make_batches(vocabularies, number, size, buckets, seed), warm_up=0)
    job.save(folder, weights)
    return {"sizes": sizes, "batch": size, "dropout": job.dropout, "work": work(job.batches)}


def make_batches(vocabularies: tuple[int, int], number: int, size: int, buckets: tuple[int, ...],
                 seed: int) -> list[tuple[np.ndarray, np.ndarray]]:
    """Batches of full size, each of pairs that fall into one bucket, in the order in which they became full.

    The first pair of each is as long as the batch is wide, so that a system that pads to the longest pads as much.

    Args:
        vocabularies: Numbers of source and target tokens, the four special ones counted.
        number, size: Of the batches.
        buckets: Their widths, rising; a pair goes to the first that holds either side and its end token.
        seed: Fixes what is drawn.

    Returns:
        Sources `(size, width)`, each ended by the end token, and targets `(size, 1 + width)` from the start token to
        the end token: int32, right-padded.
    """
    chance = np.random.default_rng(seed)
    waiting: dict[int, list[tuple[int, int]]] = {width: [] for width in buckets}
    found: list[tuple[np.ndarray, np.ndarray]] = []
    while len(found) < number:
        source = round(chance.normal(MEAN, DEVIATION))
        lengths = np.clip([source, source + round(chance.normal(0, TARGET_DEVIATION))], SHORTEST, buckets[-1] - 1)
        width = buckets[np.searchsorted(buckets, lengths.max() + 1)]
        waiting[width].append((lengths[0], lengths[1]))
        if len(waiting[width]) == size:
            rows = [(width - 1, width - 1), *waiting[width][1:]]
            source_ids, target_ids = (_side(chance, [row[side] for row in rows], vocabularies[side], width, side)
                                      for side in (0, 1))
            found.append((source_ids, target_ids))
            waiting[width] = []
    return found


def one_of_each_shape(batches: list[tuple[np.ndarray, np.ndarray]]) -> list[tuple[np.ndarray, np.ndarray]]:
    """As few batches as have all shapes."""
    return list({(source.shape, target.shape): (source, target) for source, target in batches}.values())


def _side(chance, lengths, vocabulary, width, is_target):
    """One side of a batch. Tokens follow Zipf's law: rare ones make the gradients of embeddings what they are."""
    array = np.full((len(lengths), width + is_target), PADDING, "int32")
    weights = 1 / np.arange(1, vocabulary - 3)
    tokens = 4 + np.searchsorted(np.cumsum(weights) / weights.sum(), chance.random(array.shape))
    for row, length, drawn in zip(array, lengths, tokens, strict=True):
        row[:length + is_target] = np.minimum(drawn[:length + is_target], vocabulary - 1)
        row[length + is_target] = END
    if is_target:
        array[:, 0] = START
    return array
