"""What the compared systems are given: one folder, read by all of them. Needs NumPy alone."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

import numpy as np
from peer_ids import END, PADDING


@dataclass
class DecodeJob:
    """A model and the sentences to decode.

    Args:
        source_words, target_words: The vocabularies, four special tokens first.
        sources: Ids of the sentences, each ended by the end token.
        limit: The most target tokens, the end token counted.
        references: The true translations of the sources, or nothing.
        model: A model directory, or None where the model has no tokenizers.
        saved_model: Its export, or None.
    """

    source_words: list[str]
    target_words: list[str]
    sources: list[list[int]]
    limit: int
    references: list[str] = field(default_factory=list)
    model: str | None = None
    saved_model: str | None = None

    def save(self, folder: Path, weights: dict[str, np.ndarray]):
        """Writes the folder: everything above, and the weights by the names of `peer_weights`."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "job.json").write_text(json.dumps(asdict(self)), encoding="utf-8")
        np.savez(folder / "weights.npz", **weights)

    @classmethod
    def load(cls, folder: Path) -> tuple["DecodeJob", dict[str, np.ndarray]]:
        """Reads the folder: the job and the weights."""
        with np.load(folder / "weights.npz", allow_pickle=False) as archive:
            weights = dict(archive)
        return cls(**json.loads((folder / "job.json").read_text(encoding="utf-8"))), weights


def length_batches(sources: list[list[int]], size: int, pool: int = 100) -> list[list[int]]:
    """Batches of indices, by length within pools of so many batches, as the PyTorch reference makes them."""
    batches = []
    for start in range(0, len(sources), size * pool):
        order = sorted(range(len(sources))[start:start + size * pool], key=lambda index: len(sources[index]))
        batches += [order[first:first + size] for first in range(0, len(order), size)]
    return batches


def padded(rows: list[list[int]], padding: int = PADDING) -> np.ndarray:
    """Lists of ids as one array `(rows, longest)`."""
    array = np.full((len(rows), max(map(len, rows))), padding, "int32")
    for row, ids in zip(array, rows, strict=True):
        row[:len(ids)] = ids
    return array


def cut(ids: list[int]) -> list[int]:
    """Ids up to the end token, that one included, or up to the padding."""
    for place, token in enumerate(ids):
        if token in (PADDING, END):
            return ids[:place + (token == END)]
    return ids
