"""The progress of an epoch, on standard error."""

import time

import keras
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

# Numbers on a terminal that change more often cannot be read, and cost time.
_SECONDS = 0.2


class EpochProgress(keras.callbacks.Callback):
    """A progress bar with loss, perplexity and the time that is left; without a terminal, nothing but the epoch's line.

    Args:
        console: a rich console.
        description: e.g. `"epoch 3/10"`.
        batches: int. Batches of the epoch.
        done: int. How many of them were done before, in a run that goes on. Defaults to 0.
        minutes_left: called without arguments; the minutes until the end of the run, or `None` while unknown.
    """

    def __init__(self, console, description, batches, done=0, minutes_left=lambda: None):
        super().__init__()
        self.console, self.description, self.batches, self.done = console, description, batches, done
        self.minutes_left, self.progress, self.shown = minutes_left, None, 0.0

    def on_train_begin(self, logs=None):
        if not self.console.is_terminal:
            return
        self.progress = Progress(TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
                                 TextColumn("{task.fields[numbers]}"), TimeElapsedColumn(),
                                 console=self.console, transient=True)
        self.progress.start()
        self.task = self.progress.add_task(self.description, total=self.batches, completed=self.done, numbers="")

    def on_train_batch_end(self, batch, logs=None):
        if self.progress and (time.monotonic() - self.shown > _SECONDS or self.done + batch + 1 == self.batches):
            self.shown, minutes = time.monotonic(), self.minutes_left()
            left = "" if minutes is None else f", at most {minutes:.1f} min left"
            self.progress.update(self.task, completed=self.done + batch + 1,
                                 numbers=f"loss {logs['loss']:.3f}, perplexity {logs['perplexity']:.2f}{left}")

    def close(self):
        """Takes the bar away and shows the cursor again; to be called however `fit` ended."""
        if self.progress:
            self.progress.stop()


def epoch_line(row, epochs, is_best, minutes_left):
    """What is told of an epoch or a validation.

    Args:
        row: dict, see `RunState.history`.
        epochs: int. The most epochs.
        is_best: bool. Whether no validation was better.
        minutes_left: float or `None`.
    """
    parts = [f"epoch {row['epoch']:>3}/{epochs}", f"loss {row['loss']:.4f}", f"perplexity {row['perplexity']:.3f}"]
    parts += [f"{name.replace('_', ' ')} {row[name]:.4g}" for name in row if name.startswith("dev_")]
    parts.append(f"{row['minutes']:.1f} min")
    if minutes_left:
        parts.append(f"at most {minutes_left:.1f} left")
    return "  ".join(parts) + ("  (best)" if is_best else "")
