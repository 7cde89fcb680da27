"""Writes the folder that the systems whose training is compared read: batches of Multi30k, or made-up ones."""

import shutil
from pathlib import Path

import numpy as np
from peer_ids import END, PADDING, START
from peer_weights import initial_model, weights_of
from train_job import TrainJob, work

from keras_s2s.errors import UserError

EMBEDDING, UNITS = 256, 256
WARM_UP, TIMED = 20, 60
BATCH = 64
SMOKE_SIZES = {"source_vocabulary": 60, "target_vocabulary": 50, "embedding": 12, "units": 16}
SMOKE_WARM_UP, SMOKE_TIMED, SMOKE_BATCH = 3, 4, 8


def prepare(folder: Path, peers: Path, data: str | None) -> dict:
    """German captions of Multi30k and their English translations, words seen twice or more.

    Args:
        folder: Where the job goes.
        peers: The folder of the peers.
        data: The directory of the data sets. Default: the environment variable `KERAS_S2S_DATA`.

    Returns:
        `sizes` of the model and `work` of the timed batches.

    Raises:
        UserError: The data are not there, or too few.
    """
    from keras_s2s.data.batching import batches
    from keras_s2s.data.corpora import data_directory, multi30k
    from keras_s2s.text import WordTokenizer

    pairs = multi30k(data_directory(data), "de", "en").train
    source, target = WordTokenizer(min_count=2), WordTokenizer(min_count=2)
    source.adapt([pair[0] for pair in pairs])
    target.adapt([pair[1] for pair in pairs])
    found = []
    for inputs, labels in batches(pairs, source, target, batch_size=BATCH, seed=1).as_numpy_iterator():
        if len(labels) == BATCH:
            found.append((inputs["source"], np.concatenate([inputs["target_input"][:, :1], labels], axis=1)))
        if len(found) == WARM_UP + TIMED:
            break
    else:
        raise UserError(f"the data give {len(found)} batches of {BATCH} pairs", f"expected {WARM_UP + TIMED}",
                        "give all of Multi30k")
    job = TrainJob(source.get_vocabulary(), target.get_vocabulary(), found, WARM_UP)
    sizes = {"source_vocabulary": source.vocabulary_size(), "target_vocabulary": target.vocabulary_size(),
             "embedding": EMBEDDING, "units": UNITS}
    return _written(job, sizes, folder, peers)


def prepare_smoke(folder: Path, peers: Path, dropout: float = 0.3) -> dict:
    """Tiny batches of random words, as `prepare`."""
    chance = np.random.default_rng(1)
    words = [["", "<unk>", "<s>", "</s>", *(f"w{number}" for number in range(4, SMOKE_SIZES[f"{side}_vocabulary"]))]
             for side in ("source", "target")]
    found = []
    for number in range(SMOKE_WARM_UP + SMOKE_TIMED):
        sides = []
        for known, longest, first in zip(words, (5 + number % 2, 7), ([], [START]), strict=True):
            array = np.full((SMOKE_BATCH, longest), PADDING, "int32")
            for row, length in zip(array, [longest, *chance.integers(3, longest + 1, SMOKE_BATCH - 1)], strict=True):
                drawn = chance.integers(4, len(known), length - len(first) - 1)
                row[:length] = [*first, *drawn, END]
            sides.append(array)
        found.append(tuple(sides))
    return _written(TrainJob(*words, found, SMOKE_WARM_UP, dropout), SMOKE_SIZES, folder, peers)


def _written(job, sizes, folder, peers):
    import keras

    keras.utils.set_random_seed(1)
    job.save(folder, weights_of(initial_model(**sizes)))
    shutil.copy(peers / "joeynmt_rnn.yaml", folder)
    return {"sizes": sizes, "work": work(job.timed), "batch": len(job.batches[0][0]), "dropout": job.dropout,
            "warm_up": job.warm_up}
