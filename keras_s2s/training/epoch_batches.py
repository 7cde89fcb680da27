"""The batches of every epoch."""

from keras_s2s.data.augmentation import Augmentation
from keras_s2s.data.batch_plan import plan_batches
from keras_s2s.data.batching import batch_dataset
from keras_s2s.errors import UserError
from keras_s2s.training.sampling_rates import sampling_rates


class EpochBatches:
    """Plans an epoch's batches and makes them. They follow from the configuration and the epoch's number alone.

    Args:
        ids: `TrainingIds`.
        config: a `training` section with resolved sizes.
        distribution: a `Distribution`.

    Attributes:
        count: int. Batches of an epoch; with `batch_tokens` and sampled subwords of most epochs, about.

    Raises:
        UserError: where no batch has a pair for every replica.
    """

    def __init__(self, ids, config, distribution):
        self.ids, self.config, self.distribution = ids, config, distribution
        self.count = len(self._plan(ids.ids, 0))
        if not self.count:
            raise UserError(f"no batch has a pair for each of the {distribution.replicas} replicas",
                            "expected batches that can be divided among all of them",
                            "raise training.batch_size or training.batch_tokens, or train on fewer devices")

    def of_epoch(self, epoch, first, step):
        """An epoch's plan and its dataset.

        Args:
            epoch: int, counted from 0.
            first: int. The batch to begin with.
            step: int. Batches before this one, in all epochs.

        Returns:
            `(plan, dataset)`: for each batch an array of places among the ids, from the epoch's first on; and what
            `fit` takes, from `first` on.
        """
        config, (source_ids, target_ids) = self.config, self.ids.of_epoch(epoch)
        plan = self._plan((source_ids, target_ids), epoch)
        augmentation = Augmentation(config.word_dropout, sampling_rates(
            config.scheduled_sampling, config.sampling_rate, step - first, len(plan), config.epochs * self.count),
            self._seed(epoch))
        return plan, self.distribution.divided(batch_dataset(source_ids, target_ids, plan, first, augmentation))

    def _plan(self, ids, epoch):
        source_ids, target_ids = ids
        plan = plan_batches(source_ids.row_lengths(), target_ids.row_lengths(), self.config.batch_size,
                            self.config.batch_tokens, self.config.length_pool, self._seed(epoch))
        # A batch is left out that has fewer pairs than there are replicas: none may be without one.
        return [rows for rows in plan if len(rows) >= self.distribution.replicas]

    def _seed(self, epoch):
        return self.config.seed * 100_003 + epoch
