"""Times steps of Keras' `fit`."""

import keras
from train_clock import StepClock


class StepTimer(keras.callbacks.Callback):
    """Times the steps of one epoch but for the first ones.

    Args:
        warm_up: So many steps, at least one, are not timed.
        steps: How many the epoch has.

    Attributes:
        clock: A `StepClock`.
        mean_loss: Of the steps that were timed, for batches of one size.
    """

    def __init__(self, warm_up: int, steps: int):
        super().__init__()
        self.warm_up, self.steps, self.clock, self.mean_loss = warm_up, steps, StepClock(), None
        self._warm_up_loss = 0.0

    def on_train_batch_end(self, batch, logs=None):
        """`batch` counts from 0; `logs` has means over the epoch so far."""
        done = batch + 1
        if done == self.steps:
            self.clock.stop()
            self.mean_loss = (float(logs["loss"]) * done - self._warm_up_loss) / (done - self.warm_up)
        elif done == self.warm_up:
            self._warm_up_loss = float(logs["loss"]) * done
            self.clock.start()
