"""An exported SavedModel's signatures as functions: what `GraphFunctions` is to a model directory."""

import tensorflow as tf

from keras_s2s.errors import UserError
from keras_s2s.graph import MAX_BEAM_SIZE

_N_BEST = {"translation": "translations", "score": "scores", "log_prob": "log_probs",
           **{name: name for name in ("target_tokens", "token_log_probs", "attention")}}


class SavedSignatures:
    """Loads a SavedModel.

    Args:
        directory: the one with `saved_model.pb`.

    Raises:
        UserError: where it cannot be loaded, or was not written by `keras-s2s export`.
    """

    def __init__(self, directory):
        import tensorflow_text  # noqa: F401  (registers the ops)

        try:
            self._loaded = tf.saved_model.load(str(directory))  # its functions die with it
            self._signatures = {name: self._loaded.signatures[name] for name in ("explain", "nbest", "prefix", "score")}
        except (OSError, ValueError, KeyError, tf.errors.OpError) as error:
            raise UserError(f"the SavedModel in {directory} cannot be loaded ({error})",
                            "expected one that this version's `keras-s2s export` wrote", "export it again") from error

    def score(self, source, target):
        """The signature `score`."""
        return self._signatures["score"](source=source, target=target)

    def function(self, decoding, has_prefix):
        """As `GraphFunctions.function`, for greedy search, with a prefix or without, and n-best lists.

        Raises:
            UserError: for other options.
        """
        has_signature = decoding.changed <= (set() if has_prefix else {"beam_size", "n_best"})
        if not has_signature or decoding.beam_size > MAX_BEAM_SIZE:
            raise UserError("a SavedModel got options that it has no signature for",
                            f"expected beam_size up to {MAX_BEAM_SIZE} and n_best, or a prefix, and nothing else",
                            "use the model directory, which `keras-s2s train` wrote")
        if has_prefix:
            return lambda given: self._signatures["prefix"](text=given["text"], target_prefix=given["prefix"])
        if decoding.beam_size == 1:
            return lambda given: self._signatures["explain"](text=given["text"])

        def best_of(given):
            sizes = tf.fill(tf.shape(given["text"]), decoding.beam_size)
            found = self._signatures["nbest"](text=given["text"], beam_size=sizes)
            return {"source_tokens": found["source_tokens"],
                    "n_best": {name: found[theirs] for name, theirs in _N_BEST.items()}}

        return best_of
