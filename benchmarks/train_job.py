"""What the systems whose training is compared are given: one folder, read by all of them. Needs NumPy alone."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from peer_ids import PADDING


@dataclass
class TrainJob:
    """A model, its training and the batches.

    Args:
        source_words, target_words: The vocabularies, four special tokens first.
        batches: Pairs of arrays of ids, right-padded: sources `(batch, source time)`, each ended by the end token, and
            targets `(batch, 1 + target time)` from the start token to the end token.
        warm_up: So many of them, the first, are not timed.
        dropout: Of embeddings and output.
        learning_rate: Adam's.
        clip_norm: What the norm of all gradients is clipped to.
    """

    source_words: list[str]
    target_words: list[str]
    batches: list[tuple[np.ndarray, np.ndarray]]
    warm_up: int
    dropout: float = 0.3
    learning_rate: float = 1e-3
    clip_norm: float = 5.0

    @property
    def timed(self) -> list[tuple[np.ndarray, np.ndarray]]:
        """The batches that are timed."""
        return self.batches[self.warm_up:]

    def save(self, folder: Path, weights: dict[str, np.ndarray]):
        """Writes the folder: everything above, and the first weights by the names of `peer_weights`."""
        folder.mkdir(parents=True, exist_ok=True)
        rest = {name: value for name, value in asdict(self).items() if name != "batches"}
        (folder / "job.json").write_text(json.dumps(rest), encoding="utf-8")
        np.savez(folder / "batches.npz", **{f"{side}_{number}": ids for number, batch in enumerate(self.batches)
                                            for side, ids in zip(("source", "target"), batch, strict=True)})
        np.savez(folder / "weights.npz", **weights)

    @classmethod
    def load(cls, folder: Path) -> tuple["TrainJob", dict[str, np.ndarray]]:
        """Reads the folder: the job and the weights."""
        with np.load(folder / "weights.npz", allow_pickle=False) as archive:
            weights = dict(archive)
        with np.load(folder / "batches.npz", allow_pickle=False) as archive:
            batches = [(archive[f"source_{number}"], archive[f"target_{number}"])
                       for number in range(len(archive.files) // 2)]
        return cls(**json.loads((folder / "job.json").read_text(encoding="utf-8")), batches=batches), weights


def work(batches: list[tuple[np.ndarray, np.ndarray]]) -> dict[str, int]:
    """What training on the batches has to do.

    Returns:
        Numbers of tokens, end tokens counted, with padding and without: `source_positions`, `source_tokens`,
        `target_positions`, `target_tokens`; of what attention scores, `pairs_of_positions` and `pairs_of_tokens`; and
        `rows`, `steps` and `shapes` (different ones).
    """
    found = dict.fromkeys(("source_positions", "source_tokens", "target_positions", "target_tokens",
                           "pairs_of_positions", "pairs_of_tokens", "rows"), 0)
    for source, target in batches:
        sources, targets = ((ids != PADDING).sum(axis=1) for ids in (source, target[:, 1:]))
        rows, wide, long = len(source), source.shape[1], target.shape[1] - 1
        for name, number in (("rows", rows), ("source_positions", rows * wide), ("target_positions", rows * long),
                             ("pairs_of_positions", rows * wide * long), ("source_tokens", sources.sum()),
                             ("target_tokens", targets.sum()), ("pairs_of_tokens", (sources * targets).sum())):
            found[name] += int(number)
    return {**found, "steps": len(batches),
            "shapes": len({(source.shape, target.shape) for source, target in batches})}
