"""keras_s2s as one of the systems whose training is compared: `Seq2Seq.fit`."""

import statistics
import time
from pathlib import Path

import keras
import numpy as np
import tensorflow as tf
from peer_weights import build_model
from train_job import TrainJob
from train_profile import profiled
from train_step_timer import StepTimer

from keras_s2s.training.adam import Adam
from keras_s2s.training.masked_crossentropy import MaskedCrossentropy
from keras_s2s.training.perplexity import Perplexity


class OurTraining:
    """Trains with `fit`, compiled as `keras-s2s train` compiles.

    Args:
        folder: A folder that `TrainJob.save` wrote.
        threads: How many threads TensorFlow may use.
        xla: Whether XLA compiles the training step.
        policy: Keras' dtype policy.
    """

    def __init__(self, folder: Path, threads: int, xla: bool = False, policy: str = "float32"):
        tf.config.threading.set_intra_op_parallelism_threads(threads)
        tf.config.threading.set_inter_op_parallelism_threads(threads)
        keras.config.set_dtype_policy(policy)
        keras.utils.set_random_seed(1)  # of dropout
        self.versions = {"keras": keras.__version__, "tensorflow": tf.__version__}
        self._job, weights = TrainJob.load(folder)
        self._folder = folder
        self._model = build_model(weights, self._job.dropout)
        self._model.compile(
            optimizer=Adam(self._job.learning_rate, global_clipnorm=self._job.clip_norm),
            loss=MaskedCrossentropy(), metrics=[Perplexity()], jit_compile=xla)
        self._model.optimizer.build(self._model.trainable_variables)

    def first_loss(self) -> float:
        """The loss of the first batch that is timed, without dropout; before any training all systems have the same."""
        return self._model.evaluate(dataset(self._job.timed[:1]), verbose=0, return_dict=True)["loss"]

    def compile_shapes(self, warm_up: int) -> dict[str, float]:
        """Trains a step with each shape that `train` will see, then forgets it: `{"seconds", "shapes"}`."""
        variables = [*self._model.variables, *self._model.optimizer.variables]
        before = [np.array(variable) for variable in variables]
        batches = self._job.batches[self._job.warm_up - warm_up:]
        chosen = list({(source.shape, target.shape): (source, target) for source, target in batches}.values())
        start = time.perf_counter()
        self._model.fit(dataset(chosen), verbose=0, shuffle=False)
        seconds = time.perf_counter() - start
        for variable, value in zip(variables, before, strict=True):
            variable.assign(value)
        return {"seconds": round(seconds, 1), "shapes": len(chosen)}

    def train(self, warm_up: int) -> dict[str, float]:
        """Some steps that are not timed and all that are: `{"seconds", "cpu_seconds", "loss"}`, their mean loss."""
        batches = self._job.batches[self._job.warm_up - warm_up:]
        timer = StepTimer(warm_up, len(batches))
        self._model.fit(dataset(batches), verbose=0, shuffle=False, callbacks=[timer])
        return {**timer.clock.measured, "loss": timer.mean_loss}

    def product(self, size: int, repeats: int) -> float:
        """Operations a second, in units of 10^9, of the product of two large matrices of float32."""
        matrix, seconds = tf.random.stateless_uniform((size, size), seed=(1, 2)), []
        for _ in range(repeats):
            start = time.perf_counter()
            tf.linalg.matmul(matrix, matrix)
            seconds.append(time.perf_counter() - start)
        return 2e-9 * size ** 3 / statistics.median(seconds)

    def profile(self, steps: int) -> dict:
        """Where the time of some more steps goes; see `train_profile`."""
        data = dataset(self._job.timed[:steps])
        return profiled(lambda: self._model.fit(data, verbose=0, shuffle=False), self._folder / "profile",
                        len(self._job.timed[:steps]))


def dataset(batches: list[tuple[np.ndarray, np.ndarray]]) -> tf.data.Dataset:
    """Batches of `TrainJob` in the form in which `keras_s2s.data.batching` gives them to `fit`."""
    arrays = [ids.astype("int32") for batch in batches for ids in batch]
    places = tf.constant(np.cumsum([0, *(ids.size for ids in arrays)]))
    flat, shapes = tf.constant(np.concatenate([ids.ravel() for ids in arrays])), tf.constant(
        [ids.shape for ids in arrays])

    def array(number):
        return tf.reshape(flat[places[number]:places[number + 1]], shapes[number])

    def batch(number):
        source, target = array(2 * number), array(2 * number + 1)
        return {"source": source, "target_input": target[:, :-1]}, target[:, 1:]

    return tf.data.Dataset.range(len(batches)).map(batch).prefetch(4)
