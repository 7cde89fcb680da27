"""What a run says and shows while it goes on."""

import tensorflow as tf

from keras_s2s.errors import UserError
from keras_s2s.training.learning_curves import write_learning_curves
from keras_s2s.training.progress import epoch_line
from keras_s2s.training.warning import warn


class RunLog:
    """Epochs on the console, curves as a picture, scores and samples for TensorBoard. No failure here ends the run.

    Args:
        directory: where `learning_curves.png` goes.
        console: a rich console.
        epochs: int. The most epochs.
        tensorboard: a `TensorBoardLog` or `None`.
        of_chief: runs a function on the worker that writes files, see `Distribution.of_chief`.
    """

    def __init__(self, directory, console, epochs, tensorboard=None, of_chief=lambda function: function()):
        self.directory, self.console, self.epochs = directory, console, epochs
        self.tensorboard, self.of_chief = tensorboard, of_chief

    def tell(self, row, is_best=False, minutes_left=None):
        """A new row of the history, see `RunState`."""
        if self.tensorboard:
            self.of_chief(lambda: self._try("TensorBoard's file", lambda: self.tensorboard.write_scores(row)))
        self.console.print(epoch_line(row, self.epochs, is_best, minutes_left), highlight=False, soft_wrap=True)

    def show_samples(self, step):
        """Translations after batch `step`, for TensorBoard."""
        if self.tensorboard:
            self.of_chief(lambda: self._try("TensorBoard's file", lambda: self.tensorboard.write_samples(step)))

    def draw(self, history):
        """The learning curves; for the chief alone."""
        path = self.directory / "learning_curves.png"
        self._try(path, lambda: write_learning_curves(history, path))

    def tell_of_a_schedule_cut_short(self, config, clock):
        """After the first epoch: whether `max_minutes` will end training before its schedules do.

        Args:
            config: a `training` section.
            clock: the run's `Clock`.
        """
        falls = {"learning rate": config.schedule in ("cosine", "exponential"),
                 "sampling rate": config.scheduled_sampling != "none"}
        if clock.limit is None or not any(falls.values()):
            return
        in_all = 1 + int((clock.limit - clock.reserve - clock.minutes()) / (clock.minutes() - clock.start_up))
        if in_all < config.epochs:
            self.warn(f"at this pace training.max_minutes={config.max_minutes:g} ends training after some {in_all} of "
                      f"{config.epochs} epochs, before the {' and the '.join(name for name in falls if falls[name])} "
                      "has reached its end. For a whole schedule begin anew with fewer epochs (training.epochs).")

    def warn(self, text):
        """Says what may be wrong."""
        warn(self.console, text)

    def _try(self, what, write):
        try:
            write()
        except (OSError, UserError, tf.errors.OpError) as error:
            self.warn(f"{what} was not written ({' '.join(str(error).split())}). Training goes on.")
