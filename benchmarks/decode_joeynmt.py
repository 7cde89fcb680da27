"""JoeyNMT as one of the compared systems. Runs in JoeyNMT's own environment, without keras_s2s."""

from importlib.metadata import version
from pathlib import Path

import joeynmt.prediction
import torch
from decode_job import DecodeJob, cut, length_batches, padded
from joeynmt.batch import Batch
from joeynmt.datasets import build_dataset
from joeynmt.search import search as joeynmt_search
from peer_joeynmt import IDS, LANGUAGES, build_joeynmt, configured

BEAM_SIZES = {"greedy": 1, "beam": 5}


class JoeyNMTSystem:
    """Decodes with JoeyNMT's `search` and translates with its `predict`, configured by the peers' `joeynmt_rnn.yaml`.

    Its output layer has no bias; it gets one here, so that it computes what the others compute.

    Args:
        folder: A folder that `DecodeJob.save` wrote.
        threads: How many threads PyTorch may use.
    """

    def __init__(self, folder: Path, threads: int):
        torch.set_num_threads(threads)
        self.versions = {"joeynmt": version("joeynmt"), "joeynmt's torch": torch.__version__}
        self._folder = folder
        self._job, weights = DecodeJob.load(folder)
        self._options = configured(folder, (self._job.source_words, self._job.target_words), weights,
                                   testing={"max_output_length": self._job.limit})
        self._model, data = build_joeynmt(self._options, weights)
        self._tokenizers, self._encoders = data.tokenizer, data.sequence_encoder
        self._sources = [IDS.to_peer(ids) for ids in self._job.sources]

    def decode(self, search: str, batch: int, sentences: int) -> list[list[int]]:
        """Ids of the first so many sources' translations."""
        sources, outputs, test = self._sources[:sentences], [[]] * sentences, self._options.test
        for group in length_batches(sources, batch):
            rows = [sources[index] for index in group]
            made = Batch(src=torch.from_numpy(padded(rows, self._model.pad_index)).long(),
                         src_length=torch.tensor([len(row) for row in rows]), src_prompt_mask=None, trg=None,
                         trg_prompt_mask=None, indices=torch.tensor(group), device=torch.device("cpu"),
                         pad_index=self._model.pad_index, eos_index=self._model.eos_index, is_train=False)
            places = made.sort_by_src_length()
            found, _, _ = joeynmt_search(self._model, made, test.max_output_length, BEAM_SIZES[search],
                                         test.beam_alpha)
            for index, row in zip(group, found[places].tolist(), strict=True):
                outputs[index] = cut(IDS.from_peer(row))
        return outputs

    def translate(self, search: str, batch: int, file: str) -> list[str]:
        """Lines of a file in the folder -> their translations, in batches of the file's order, as JoeyNMT does."""
        data = build_dataset("plain", str(self._folder / file), *LANGUAGES, split="test", tokenizer=self._tokenizers,
                             sequence_encoder=self._encoders, has_prompt=dict.fromkeys(LANGUAGES, False))
        options = self._options.test._replace(beam_size=BEAM_SIZES[search], batch_size=batch)
        return joeynmt.prediction.predict(
            self._model, data, self._options.device, self._options.n_gpu, normalization="none",
            num_workers=self._options.num_workers, args=options, autocast=self._options.autocast)[2]
