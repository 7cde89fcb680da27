"""The learning rate of every step."""

import math

import keras
from keras import ops


@keras.saving.register_keras_serializable("keras_s2s")
class LearningRate(keras.optimizers.schedules.LearningRateSchedule):
    """A schedule with warm-up, which can be slowed down while it runs.

        rate(step) = slowdown * min(1, (step + 1) / warmup_steps) * schedule(step)

        "constant", "plateau"    learning_rate
        "cosine"                 learning_rate * (1 + cos(pi * share)) / 2, share of the steps after the warm-up
                                 (Loshchilov and Hutter 2017)
        "exponential"            learning_rate * decay^k, k the epochs begun since `decay_start` (Luong et al. 2015)
        "inverse_square_root"    learning_rate * sqrt(warmup_steps / step) after the warm-up (Vaswani et al. 2017)

    Keras' own schedules end a warm-up in one way of falling only, or have none.

    Args:
        learning_rate: float, the highest rate.
        schedule: see above. "plateau" is constant, and whoever validates calls `slow_down`.
        total_steps: int. Steps of the whole training.
        epoch_steps: int. Steps of an epoch, for "exponential". Defaults to `total_steps`.
        warmup_steps: int. Defaults to 0.
        decay: float. Defaults to 0.5.
        decay_start: float, share of the training. Defaults to 0.5.
    """

    def __init__(self, learning_rate, schedule="constant", total_steps=1, epoch_steps=None, warmup_steps=0, decay=0.5,
                 decay_start=0.5):
        self.options = {"learning_rate": learning_rate, "schedule": schedule, "total_steps": total_steps,
                        "epoch_steps": epoch_steps or total_steps, "warmup_steps": warmup_steps, "decay": decay,
                        "decay_start": decay_start}
        self.slowdown = keras.Variable(1.0, trainable=False, name="slowdown")

    def slow_down(self, factor):
        """Multiplies all further rates by `factor`."""
        self.slowdown.assign(self.slowdown * factor)

    def __call__(self, step):
        step, options = ops.cast(step, "float32"), self.options
        warmup, schedule = float(options["warmup_steps"]), options["schedule"]
        rate = options["learning_rate"] * self.slowdown
        if warmup:
            rate = rate * ops.minimum(1.0, (step + 1.0) / warmup)
        if schedule == "cosine":
            share = (step - warmup) / max(options["total_steps"] - warmup, 1.0)
            rate = rate * 0.5 * (1.0 + ops.cos(math.pi * ops.clip(share, 0.0, 1.0)))
        elif schedule == "exponential":
            start = math.ceil(options["decay_start"] * options["total_steps"] / options["epoch_steps"])
            epoch = ops.floor(step / options["epoch_steps"])
            rate = rate * options["decay"] ** ops.maximum(epoch - start + 1.0, 0.0)
        elif schedule == "inverse_square_root":
            rate = rate * ops.sqrt(warmup / ops.maximum(step + 1.0, warmup))
        return rate

    def get_config(self):
        return dict(self.options)
