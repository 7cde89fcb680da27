"""The plain PyTorch reference as one of the systems whose training is compared."""

import statistics
import time
from pathlib import Path

import torch
import torch_reference
from peer_pytorch import IDS, build_reference
from torch.nn import functional
from train_clock import StepClock
from train_job import TrainJob


class PyTorchTraining:
    """Trains as the reference's own program does, a line for a line.

    Args:
        folder: A folder that `TrainJob.save` wrote.
        threads: How many threads PyTorch may use.
        bfloat16: Whether the model runs under PyTorch's autocast to bfloat16.
    """

    def __init__(self, folder: Path, threads: int, bfloat16: bool = False):
        torch.set_num_threads(threads)
        torch.manual_seed(1)  # of dropout
        self.versions = {"torch": torch.__version__}
        self._job, weights = TrainJob.load(folder)
        self._bfloat16 = bfloat16
        self._model = build_reference(weights, self._job.dropout)
        self._optimizer = torch.optim.Adam(self._model.parameters(), self._job.learning_rate)
        self._batches = [tuple(torch.from_numpy(IDS.array_to_peer(ids)).long() for ids in batch)
                         for batch in self._job.batches]

    def first_loss(self) -> float:
        """The loss of the first batch that is timed, without dropout; before any training all systems have the same."""
        self._model.eval()
        with torch.inference_mode():
            return self._loss(*self._batches[self._job.warm_up]).item()

    def train(self, warm_up: int) -> dict[str, float]:
        """Some steps that are not timed and all that are: `{"seconds", "cpu_seconds", "loss"}`, their mean loss."""
        self._model.train()
        batches, losses, clock = self._batches[self._job.warm_up - warm_up:], [], StepClock()
        for number, (source, target) in enumerate(batches):
            if number == warm_up:
                clock.start()
            self._optimizer.zero_grad()
            loss = self._loss(source, target)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(self._model.parameters(), self._job.clip_norm)
            self._optimizer.step()
            losses.append(loss.detach())
        clock.stop()
        return {**clock.measured, "loss": torch.stack(losses[warm_up:]).mean().item()}

    def product(self, size: int, repeats: int) -> float:
        """Operations a second, in units of 10^9, of the product of two large matrices of float32."""
        matrix, seconds = torch.rand(size, size), []
        for _ in range(repeats):
            start = time.perf_counter()
            torch.mm(matrix, matrix)
            seconds.append(time.perf_counter() - start)
        return 2e-9 * size ** 3 / statistics.median(seconds)

    def _loss(self, source, target):
        with torch.autocast("cpu", torch.bfloat16, enabled=self._bfloat16):
            logits = self._model(source, target[:, :-1])
            return functional.cross_entropy(logits.flatten(0, 1), target[:, 1:].flatten(),
                                            ignore_index=torch_reference.PAD)
