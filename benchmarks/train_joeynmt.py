"""JoeyNMT as one of the systems whose training is compared. Runs in JoeyNMT's own environment, without keras_s2s."""

from importlib.metadata import version
from pathlib import Path

import torch
from peer_joeynmt import IDS, build_joeynmt, configured
from train_job import TrainJob
from train_joeynmt_batches import GivenBatches
from train_joeynmt_manager import QuietTrainManager

NEVER = 10 ** 9


class JoeyNMTTraining:
    """Trains with JoeyNMT's own `TrainManager.train_and_validate`, configured by the peers' `joeynmt_rnn.yaml`.

    Its output layer has no bias; it gets one here, so that it computes what the others compute.

    Args:
        folder: A folder that `TrainJob.save` wrote, with `joeynmt_rnn.yaml`.
        threads: How many threads PyTorch may use.
    """

    def __init__(self, folder: Path, threads: int):
        torch.set_num_threads(threads)
        torch.manual_seed(1)  # of dropout
        self.versions = {"joeynmt": version("joeynmt"), "joeynmt's torch": torch.__version__}
        self._job, weights = TrainJob.load(folder)
        options = configured(
            folder, (self._job.source_words, self._job.target_words), weights, self._job.dropout,
            training={"learning_rate": self._job.learning_rate, "clip_grad_norm": self._job.clip_norm, "epochs": 1,
                      "updates": NEVER, "logging_freq": 50, "validation_freq": NEVER})
        self._model, _ = build_joeynmt(options, weights)
        self._model.loss_function = options.train.loss, options.train.label_smoothing
        self._manager = QuietTrainManager(
            rank=0, model=self._model, model_dir=folder, device=options.device, n_gpu=options.n_gpu,
            num_workers=options.num_workers, autocast=options.autocast, seed=options.seed, train_args=options.train,
            dev_args=options.test)
        self._batches = [tuple(torch.from_numpy(IDS.array_to_peer(ids)).long() for ids in batch)
                         for batch in self._job.batches]

    def first_loss(self) -> float:
        """The loss of the first batch that is timed, without dropout; before any training all systems have the same."""
        self._model.eval()
        batch = GivenBatches.batch(*self._batches[self._job.warm_up], self._model.pad_index, self._model.eos_index)
        batch.sort_by_src_length()
        with torch.inference_mode():
            return (self._model(return_type="loss", **vars(batch))[0] / batch.ntokens).item()

    def train(self, warm_up: int) -> dict[str, float]:
        """Some steps that are not timed and all that are: `{"seconds", "cpu_seconds", "loss"}`, their mean loss."""
        data = GivenBatches(self._batches[self._job.warm_up - warm_up:], warm_up)
        self._manager.losses = []
        self._manager.train_and_validate(data, data)
        losses = self._manager.losses[warm_up:]
        return {**data.clock.measured, "loss": sum(losses) / len(losses)}
