"""keras_s2s as one of the compared systems, from a model directory or from its export."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import keras
import numpy as np
import tensorflow as tf
from decode_job import DecodeJob, cut, length_batches, padded
from peer_weights import build_model

from keras_s2s.search import Beam, Greedy
from keras_s2s.translator import Translator

SEARCHES = {"greedy": Greedy(), "beam": Beam(5)}
BEAM_SIZES = {"greedy": 1, "beam": 5}


class OurSystem:
    """Decodes with `Seq2Seq.generate` and translates with `Translator`.

    With as many batches at a time as threads, one thread for each, as `keras-s2s translate` does with files: sentences
    that are decoded together are shared out among them.

    Args:
        folder: A folder that `DecodeJob.save` wrote.
        threads: How many threads TensorFlow may use.
        exported: Whether to translate with the SavedModel in place of the model directory.
        xla: Whether XLA compiles the search; all threads then work on one batch.
    """

    def __init__(self, folder: Path, threads: int, exported: bool = False, xla: bool = False):
        tf.config.threading.set_intra_op_parallelism_threads(threads if xla else 1)
        tf.config.threading.set_inter_op_parallelism_threads(threads)
        self._xla, self._pool = xla, ThreadPoolExecutor(threads)
        self.versions = {"keras": keras.__version__, "tensorflow": tf.__version__}
        self._job, weights = DecodeJob.load(folder)
        self._folder, self._threads = folder, threads
        path = self._job.saved_model if exported else self._job.model
        self._translator = Translator.load(path) if path else None
        self._model = self._translator.model if path else build_model(weights)

    def decode(self, search: str, batch: int, sentences: int) -> list[list[int]]:
        """Ids of the first so many sources' translations."""
        sources, outputs = self._job.sources[:sentences], [[]] * sentences
        for group in length_batches(sources, batch):
            share = -(-len(group) // (1 if self._xla else self._threads))
            parts = [group[start:start + share] for start in range(0, len(group), share)]
            for part, rows in zip(parts, self._pool.map(partial(self._generate, search), parts), strict=True):
                for index, row in zip(part, rows, strict=True):
                    outputs[index] = cut(row)
        return outputs

    def _generate(self, search: str, part: list[int]) -> list[list[int]]:
        ids = padded([self._job.sources[index] for index in part])
        limit = np.full(len(part), self._job.limit)
        return self._model.generate(ids, search=SEARCHES[search], limit=limit, jit_compile=self._xla)["ids"].tolist()

    def translate(self, search: str, batch: int, file: str) -> list[str]:
        """Lines of a file in the folder -> their translations."""
        lines = (self._folder / f"{file}.source").read_text(encoding="utf-8").split("\n")[:-1]
        answers = self._translator(lines, batch_size=batch, workers=self._threads, beam_size=BEAM_SIZES[search])
        return [answer.text for answer in answers]
