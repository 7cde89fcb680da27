"""The plain PyTorch reference as one of the systems whose decoding is compared."""

from pathlib import Path

import torch
import torch_reference
from decode_job import DecodeJob, cut
from peer_ids import END
from peer_pytorch import IDS, build_reference


class PyTorchSystem:
    """Decodes with the reference's `greedy` and `beam`, in its own batches.

    Args:
        folder: A folder that `DecodeJob.save` wrote.
        threads: How many threads PyTorch may use.
    """

    def __init__(self, folder: Path, threads: int):
        torch.set_num_threads(threads)
        self.versions = {"torch": torch.__version__}
        self._folder = folder
        self._job, weights = DecodeJob.load(folder)
        self._model = build_reference(weights)
        self._sources = [IDS.to_peer(ids) for ids in self._job.sources]
        self._table = {word: token for token, word in enumerate(self._job.source_words) if token > 3}

    def decode(self, search: str, batch: int, sentences: int) -> list[list[int]]:
        """Ids of the first so many sources' translations."""
        return self._search(self._sources[:sentences], search, batch)

    def translate(self, search: str, batch: int, file: str) -> list[str]:
        """Lines of a file in the folder -> their translations."""
        lines = (self._folder / f"{file}.source").read_text(encoding="utf-8").split("\n")[:-1]
        sources = [[self._table.get(word, torch_reference.UNK) for word in line.split()] + [torch_reference.EOS]
                   for line in lines]
        words = self._job.target_words
        return [" ".join(words[token] for token in ids if token != END)
                for ids in self._search(sources, search, batch)]

    def _search(self, sources, search, size):
        target = [torch_reference.BOS, torch_reference.EOS]
        outputs = [[]] * len(sources)
        for group, (source, _) in torch_reference.batches([(ids, target) for ids in sources], size, shuffle=False):
            found = (self._model.greedy(source, self._job.limit) if search == "greedy"
                     else self._model.beam(source, self._job.limit, 5))
            for index, row in zip(group, found.tolist(), strict=True):
                outputs[index] = cut(IDS.from_peer(row))
        return outputs
