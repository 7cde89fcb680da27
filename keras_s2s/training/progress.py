"""The progress of an epoch, on standard error."""

import keras
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn


class EpochProgress(keras.callbacks.Callback):
    """A progress bar with loss and perplexity; where there is no terminal, nothing until the epoch's line.

    Args:
        console: a rich console.
        description: e.g. `"epoch 3/10"`.
        batches: int. Expected number of batches.
    """

    def __init__(self, console, description, batches):
        super().__init__()
        self.console, self.description, self.batches = console, description, batches
        self.progress = None

    def on_train_begin(self, logs=None):
        if not self.console.is_terminal:
            return
        self.progress = Progress(TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
                                 TextColumn("{task.fields[numbers]}"), TimeElapsedColumn(), TimeRemainingColumn(),
                                 console=self.console, transient=True)
        self.progress.start()
        self.task = self.progress.add_task(self.description, total=self.batches, numbers="")

    def on_train_batch_end(self, batch, logs=None):
        if self.progress:
            numbers = f"loss {logs['loss']:.3f}, perplexity {logs['perplexity']:.2f}"
            self.progress.update(self.task, advance=1, total=max(self.batches, batch + 1), numbers=numbers)

    def on_train_end(self, logs=None):
        if self.progress:
            self.progress.stop()
