"""Given batches in the place of JoeyNMT's data set."""

from collections.abc import Iterator

import torch
from joeynmt.batch import Batch
from train_clock import StepClock


class GivenBatches:
    """What `TrainManager.train_and_validate` uses of a data set, its loader and its sampler.

    Args:
        batches: Ids of sources and targets, in JoeyNMT's order.
        warm_up: So many of them are not timed.

    Attributes:
        clock: A `StepClock`. It runs until the batch after the last is asked for, when the last step is done.
    """

    def __init__(self, batches: list[tuple[torch.Tensor, torch.Tensor]], warm_up: int):
        self.clock, self.seed = StepClock(), None
        self._batches, self._warm_up = batches, warm_up
        self._indices = {}

    def make_iter(self, pad_index: int, eos_index: int, **options) -> "GivenBatches":
        """The loader: this object."""
        self._indices = {"pad_index": pad_index, "eos_index": eos_index}
        return self

    @property
    def batch_sampler(self) -> "GivenBatches":
        """The sampler: this object."""
        return self

    def set_seed(self, seed: int):
        """The order of the batches is given: nothing to do."""

    def __iter__(self) -> Iterator[Batch]:
        for number, batch in enumerate(self._batches):
            if number == self._warm_up:
                self.clock.start()
            yield self.batch(*batch, **self._indices)
        self.clock.stop()

    @staticmethod
    def batch(source: torch.Tensor, target: torch.Tensor, pad_index: int, eos_index: int) -> Batch:
        """A batch as JoeyNMT's loader makes it."""
        return Batch(src=source, src_length=(source != pad_index).sum(1), src_prompt_mask=None, trg=target,
                     trg_prompt_mask=None, indices=torch.arange(len(source)), device=torch.device("cpu"),
                     pad_index=pad_index, eos_index=eos_index)
