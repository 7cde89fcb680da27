"""The end of a run whose numbers are no numbers any more."""

import json
import math
from collections import deque

import numpy as np

from keras_s2s.errors import UserError
from keras_s2s.files import write_atomically


class FiniteCheck:
    """Refuses to go on after a batch that brought the loss, or a weight, to infinity or NaN.

    A batch may have a finite loss and gradients that are not: then the loss of the next one is the first that shows it.
    So the pairs of the last batches are told, one of which is the cause. (Where `clip_norm` is null, single weights
    may become NaN unseen, and the cause be an earlier batch.)

    Args:
        model: a Keras model, the one that is trained.
        pairs: called with places among the training pairs; list of `(source, target)`.
        directory: where `non_finite_batch.json` is written, with the pairs.
        accumulate: int. Batches of a step of the optimizer. Defaults to 1.
        of_chief: runs a function on the worker that writes files, see `Distribution.of_chief`.
    """

    def __init__(self, model, pairs, directory, accumulate=1, of_chief=lambda function: function()):
        self.model, self.pairs, self.directory, self.of_chief = model, pairs, directory, of_chief
        self._recent: deque = deque(maxlen=accumulate + 1)

    def after_batch(self, step, places, loss):
        """Looks at the loss.

        Args:
            step: int. The batch's number.
            places: its pairs, see `pairs`.
            loss: float, the running loss after it.

        Raises:
            UserError: where it is not finite. Nothing has been saved since.
        """
        self._recent.append((step, places))
        if not math.isfinite(loss):
            self._refuse(f"the loss is {loss} after batch {step}")

    def check_weights(self, step):
        """Looks at all weights, before they are saved; raises as `after_batch` does."""
        bad = [variable.path for variable in self.model.trainable_variables
               if not np.isfinite(np.asarray(variable)).all()]
        if bad:
            self._refuse(f"the weight {bad[0]} is not finite after batch {step}")

    def _refuse(self, what):
        self.of_chief(lambda: self._write_and_refuse(what))

    def _write_and_refuse(self, what):
        path = self.directory / "non_finite_batch.json"
        batches = [{"batch": step, "pairs": [{"source": source, "target": target}
                                             for source, target in self.pairs(places)]}
                   for step, places in self._recent]
        write_atomically(path, json.dumps({"what": what, "batches": batches}, ensure_ascii=False, indent=1) + "\n")
        numbers = ", ".join(str(batch["batch"]) for batch in batches)
        cause = "; one of them is the cause" if len(batches) > 1 else ""
        raise UserError(f"{what}; the last batches' pairs (of {numbers}) are in {path}{cause}",
                        "expected finite numbers; the last checkpoint is from before",
                        "look at the pairs; then begin anew (--overwrite) with a smaller training.learning_rate or "
                        "training.clip_norm, or with training.precision=float32")
