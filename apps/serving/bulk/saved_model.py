"""An exported SavedModel as a worker calls it."""

import contextlib

from keras_s2s.errors import UserError
from keras_s2s.noise import start_tensorflow


class SavedModel:
    """The signature `serving_default`: a list of bytes in, `(translation, score)` of each out.

    Raises:
        UserError: where it cannot be loaded, or has no such signature from `text` to `translation` and `score`.
    """

    def __init__(self, directory):
        start_tensorflow(many_batches=True)
        import tensorflow as tf

        with contextlib.suppress(ImportError):  # there is no Windows wheel, and not every graph needs it
            import tensorflow_text  # noqa: F401
        self._tf = tf
        try:
            self._loaded = tf.saved_model.load(directory)  # its functions die with it
            self._function = self._loaded.signatures["serving_default"]
            if not {"translation", "score"} <= set(self._function.structured_outputs):
                raise KeyError("translation, score")
        except (OSError, ValueError, KeyError, tf.errors.OpError) as error:
            raise UserError(f"the SavedModel in {directory} cannot be used ({error})",
                            "expected one that `keras-s2s export` wrote", "export it again") from error

    def __call__(self, texts):
        """Translates a batch; where that fails, each line alone. What fails alone is its error, a string."""
        errors = self._tf.errors
        try:
            found = self._function(text=self._tf.constant(texts, self._tf.string))
        except errors.OpError as error:
            if len(texts) > 1:
                return [self([text])[0] for text in texts]
            if isinstance(error, errors.ResourceExhaustedError):
                raise  # the machine's fault, not the line's: the runner may try again elsewhere
            return [f"the graph failed: {_reason(error.message)}"]
        return list(zip(found["translation"].numpy(), found["score"].numpy().tolist(), strict=True))


def _reason(message):
    # The stack of the export stands before the reason, the node behind it.
    lines = (message.partition("[[{{")[0].strip() or message.strip()).splitlines()
    return (lines or ["no reason given"])[-1][:500]
