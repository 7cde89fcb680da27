"""keras_s2s as one of the systems whose training on a GPU is compared: `Seq2Seq.fit` under any backend."""

import gc
import importlib
import time
from pathlib import Path
from typing import Any

import keras
import numpy as np
from gpu_batches import one_of_each_shape
from gpu_device import allow_tf32, find_device
from peer_weights import build_model
from train_job import TrainJob

from keras_s2s.training.masked_crossentropy import MaskedCrossentropy
from keras_s2s.training.perplexity import Perplexity

POLICIES = {"float32": "float32", "bfloat16": "mixed_bfloat16"}


class GpuKeras:
    """Trains with `fit` and the loss and metric of `keras-s2s train`, but Keras' own Adam, which all backends have.

    Under JAX, XLA compiles each shape.

    Args:
        folder: Has a folder, written by `gpu_batches.prepare`, for each size.
        threads: How many threads PyTorch may use; other backends take what they like.
    """

    def __init__(self, folder: Path, threads: int):
        self._backend, self._folder = keras.config.backend(), folder
        self._library = importlib.import_module(self._backend)
        if self._backend == "torch":
            self._library.set_num_threads(threads)
        self.versions = {"keras": keras.__version__, self._backend: self._library.__version__}
        self._device = find_device(self._backend)
        self._tf32 = allow_tf32(self._backend)
        self._dtype: Any = None
        self._job: Any = None
        self._model: Any = None

    def load(self, size: str, dtype: str) -> dict:
        """Makes the model of a size: `{"device", "tf32"}`; `dtype` is `"float32"` or `"bfloat16"`."""
        self._model = None
        gc.collect()
        keras.config.set_dtype_policy(POLICIES[dtype])
        keras.utils.set_random_seed(1)  # of dropout
        self._dtype = dtype
        self._job, weights = TrainJob.load(self._folder / size)
        self._model = build_model(weights, self._job.dropout)
        self._model.compile(
            optimizer=keras.optimizers.Adam(self._job.learning_rate, global_clipnorm=self._job.clip_norm),
            loss=MaskedCrossentropy(), metrics=[Perplexity()], jit_compile=self._backend == "jax")
        self._model.optimizer.build(self._model.trainable_variables)
        return {"device": self._device, "tf32": self._tf32}

    def first_loss(self) -> float:
        """The loss of the first batch, without dropout; before any training all systems have the same."""
        return self._model.evaluate(GivenBatches(self._job.batches[:1]), verbose=0, return_dict=True)["loss"]

    def first_steps(self) -> float:
        """Seconds of a step with each shape, the first of all: graphs are made, code is compiled."""
        return self._fit(one_of_each_shape(self._job.batches))["seconds"]

    def train(self) -> dict[str, float]:
        """Trains on all batches: `{"seconds", "loss"}`, their mean loss."""
        return self._fit(self._job.batches)

    def product(self, size: int, repeats: int) -> float:
        """Operations a second of the product of two square matrices of the dtype."""
        matrix = keras.random.normal((size, size), dtype=self._dtype)
        for number in (3, repeats):  # the first ones are not timed
            _finish(matrix)
            start = time.perf_counter()
            for _ in range(number):
                result = keras.ops.matmul(matrix, matrix)
            _finish(result)
            seconds = time.perf_counter() - start
        return 2 * size ** 3 * repeats / seconds

    def _fit(self, batches):
        data = GivenBatches(batches)
        start = time.perf_counter()
        history = self._model.fit(data, verbose=0, shuffle=False).history
        _finish(self._model.decoder.output_projection.kernel.value)  # the loss is there before the last update is
        return {"seconds": time.perf_counter() - start, "loss": history["loss"][-1]}


class GivenBatches(keras.utils.PyDataset):
    """Batches of `TrainJob` for `fit`, in their order, without `tf.data`.

    Args:
        batches: Pairs of sources and targets.
    """

    def __init__(self, batches: list[tuple[np.ndarray, np.ndarray]]):
        super().__init__()
        self._batches = [({"source": source, "target_input": target[:, :-1]}, target[:, 1:])
                         for source, target in batches]

    def __len__(self):
        return len(self._batches)

    def __getitem__(self, index):
        return self._batches[index]


def _finish(tensor):
    """Waits until a matrix is computed: fetches a number of it."""
    keras.ops.convert_to_numpy(tensor[:1, :1])
