"""The plain PyTorch reference as one of the systems whose training on a GPU is compared. cuDNN runs its GRUs."""

import gc
import time
from pathlib import Path
from typing import Any

import torch
import torch_reference
from gpu_batches import one_of_each_shape
from gpu_device import allow_tf32, find_device
from peer_pytorch import IDS, build_reference
from torch.nn import functional
from train_job import TrainJob

DTYPES = {"float32": torch.float32, "bfloat16": torch.bfloat16}


class GpuPyTorch:
    """Trains as the reference's own program does, but for the device; in bfloat16 under PyTorch's autocast.

    Args:
        folder: Has a folder, written by `gpu_batches.prepare`, for each size.
        threads: How many threads PyTorch may use.
    """

    def __init__(self, folder: Path, threads: int):
        torch.set_num_threads(threads)
        self._folder = folder
        self._name, self._tf32 = find_device("torch"), allow_tf32("torch")
        self._device = torch.device("cuda" if self._name else "cpu")
        self.versions = {"torch": torch.__version__}
        if self._name:
            self.versions |= {"CUDA": torch.version.cuda, "cuDNN": str(torch.backends.cudnn.version())}
        self._dtype: Any = None
        self._job: Any = None
        self._model: Any = None
        self._optimizer: Any = None

    def load(self, size: str, dtype: str) -> dict:
        """Makes the model of a size: `{"device", "tf32"}`; `dtype` is `"float32"` or `"bfloat16"`."""
        self._model = self._optimizer = None
        gc.collect()
        torch.manual_seed(1)  # of dropout
        self._dtype = DTYPES[dtype]
        self._job, weights = TrainJob.load(self._folder / size)
        self._model = build_reference(weights, self._job.dropout).to(self._device)
        self._optimizer = torch.optim.Adam(self._model.parameters(), self._job.learning_rate)
        return {"device": self._name, "tf32": self._tf32}

    def first_loss(self) -> float:
        """The loss of the first batch, without dropout; before any training all systems have the same."""
        self._model.eval()
        with torch.inference_mode():
            return self._loss(*_tensors(self._job.batches[:1])[0]).item()

    def first_steps(self) -> float:
        """Seconds of a step with each shape, the first of all."""
        return self._fit(one_of_each_shape(self._job.batches))["seconds"]

    def train(self) -> dict[str, float]:
        """Trains on all batches: `{"seconds", "loss"}`, their mean loss."""
        return self._fit(self._job.batches)

    def product(self, size: int, repeats: int) -> float:
        """Operations a second of the product of two square matrices of the dtype."""
        matrix = torch.randn(size, size, device=self._device, dtype=self._dtype)
        for number in (3, repeats):  # the first ones are not timed
            matrix[0, 0].item()
            start = time.perf_counter()
            for _ in range(number):
                result = torch.mm(matrix, matrix)
            result[0, 0].item()
            seconds = time.perf_counter() - start
        return 2 * size ** 3 * repeats / seconds

    def _fit(self, batches):
        self._model.train()
        batches, losses = _tensors(batches), []
        start = time.perf_counter()
        for source, target in batches:
            self._optimizer.zero_grad()
            loss = self._loss(source, target)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(self._model.parameters(), self._job.clip_norm)
            self._optimizer.step()
            losses.append(loss.detach())
        self._model.out.weight[0, 0].item()  # waits until everything is computed
        seconds = time.perf_counter() - start
        return {"seconds": seconds, "loss": torch.stack(losses).mean().item()}

    def _loss(self, source, target):
        source, target = source.to(self._device), target.to(self._device)
        with torch.autocast(self._device.type, torch.bfloat16, enabled=self._dtype == torch.bfloat16):
            logits = self._model(source, target[:, :-1])
            return functional.cross_entropy(logits.flatten(0, 1), target[:, 1:].flatten(),
                                            ignore_index=torch_reference.PAD)


def _tensors(batches):
    return [tuple(torch.from_numpy(IDS.array_to_peer(ids)).long() for ids in batch) for batch in batches]
