"""An end to training by the clock."""

import time

import keras


class TimeLimit(keras.callbacks.Callback):
    """Stops `fit` when the time is up.

    Args:
        seconds: float or `None` for no limit.
    """

    def __init__(self, seconds):
        super().__init__()
        self.seconds, self.reached = seconds, False

    def on_train_begin(self, logs=None):
        self.start = time.monotonic()

    def on_train_batch_end(self, batch, logs=None):
        if self.seconds is not None and time.monotonic() - self.start > self.seconds:
            self.reached = self.model.stop_training = True
