"""A run's numbers and samples for TensorBoard."""

import functools
import io
from pathlib import Path

import tensorflow as tf


class TensorBoardLog:
    """Writes scores, translations and attention pictures as a run goes on.

    Args:
        directory: for `tensorboard --logdir`.
        translator: a `Translator`.
        pairs: list of `(source, target)`, the samples.
    """

    def __init__(self, directory, translator, pairs):
        self.directory, self.translator, self.pairs = Path(directory), translator, pairs

    @functools.cached_property
    def writer(self):
        """TensorFlow's, made at the first use: before it nothing may lie in the directory of a run."""
        return tf.summary.create_file_writer(str(self.directory))

    def write_scores(self, row):
        """The numbers of a row of the run's history."""
        with self.writer.as_default(step=row["step"]):
            for name, value in row.items():
                if name != "step":
                    tf.summary.scalar(name, value)
        self.writer.flush()

    def write_samples(self, step):
        """How the samples are translated now, and where the model looks."""
        from keras_s2s.plots import plot_attention

        answers = self.translator([source for source, _ in self.pairs])
        with self.writer.as_default(step=step):
            for number, (answer, (source, target)) in enumerate(zip(answers, self.pairs, strict=True)):
                table = [["source", source], ["reference", target], ["translation", str(answer)]]
                tf.summary.text(f"sample {number}", tf.constant(table))
                if answer.attention.any():
                    file = io.BytesIO()
                    plot_attention(answer.source_tokens, answer.tokens, answer.attention).savefig(file, format="png")
                    tf.summary.image(f"attention {number}", tf.io.decode_png(file.getvalue(), channels=3)[None])
        self.writer.flush()
