"""JoeyNMT's training without files."""

from joeynmt.batch import Batch
from joeynmt.training import TrainManager


class QuietTrainManager(TrainManager):
    """A `TrainManager` that keeps the losses of its steps and no checkpoint.

    Attributes:
        losses: Of all steps, normalised.
    """

    def __init__(self, **arguments):
        super().__init__(**arguments)
        self.losses = []

    def _train_step(self, batch: Batch) -> tuple[float, int]:
        loss, correct = super()._train_step(batch)
        self.losses.append(loss)
        return loss, correct

    def _save_checkpoint(self, new_best: bool, score: float):
        """Leaves nothing behind."""
