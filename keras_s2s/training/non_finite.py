"""The end of a run whose numbers are no numbers any more."""

import json
import math

import numpy as np

from keras_s2s.errors import UserError
from keras_s2s.files import write_atomically


def check_finite(loss, model, batch, directory, step, weights_too=False):
    """Refuses to go on after a batch that brought the loss, or a weight, to infinity or NaN.

    Args:
        loss: float, the running loss after the batch.
        model: a Keras model.
        batch: called without arguments; the batch's pairs, list of `(source, target)`.
        directory: where `non_finite_batch.json` is written, with the pairs.
        step: int. The batch's number.
        weights_too: bool. Whether to look at all weights, before they are saved.

    Raises:
        UserError: where it did. Nothing has been saved since.
    """
    if math.isfinite(loss):
        bad = [] if not weights_too else [variable.path for variable in model.trainable_variables
                                          if not np.isfinite(np.asarray(variable)).all()]
        if not bad:
            return
        what = f"the weight {bad[0]} is not finite after batch {step}"
    else:
        what = f"the loss is {loss} after batch {step}"
    path = directory / "non_finite_batch.json"
    pairs = [{"source": source, "target": target} for source, target in batch()]
    write_atomically(path, json.dumps({"step": step, "pairs": pairs}, ensure_ascii=False, indent=1) + "\n")
    raise UserError(f"{what}; its pairs are in {path}",
                    "expected finite numbers; the last checkpoint is from before",
                    "look at the pairs; then begin anew (--overwrite) with a smaller training.learning_rate or "
                    "training.clip_norm, or with training.precision=float32")
