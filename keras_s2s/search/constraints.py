"""What a search may write."""

from dataclasses import dataclass

import numpy as np
from keras import ops

from keras_s2s.errors import UserError
from keras_s2s.ids import END_ID, PADDING_ID, START_ID
from keras_s2s.search.repetition import repeats_ngram, was_written

BLOCKED = -30000.0
"""Is added to the logit of a token that may not be written: far below every logit of a network, exact in float16."""


NEVER = (PADDING_ID, START_ID)
"""What no search ever writes."""


@dataclass(frozen=True)
class Constraints:
    """Which tokens a search may write; padding and start never are.

    (A trained model hardly ever gives those two the best score; an untrained one does, and a row with padding in its
    middle has no clear end.)

    A search reports the model's own log-probabilities, whatever the constraints: they say what may be written and
    what is ranked, not what the model thinks of it.

    Args:
        forbidden: ids that are never written.
        no_repeat_ngram: int. No sequence of so many tokens occurs twice in a target (Paulus et al. 2018, section 2.5).
            0: any may.
        repetition_penalty: float, at least 1. The log-probability of a token that was written before is multiplied
            by it (after Keskar et al. 2019, section 4.1, who divide logits, which may be of either sign).

    Where nothing is left to write, the target ends.
    """

    forbidden: tuple[int, ...] = ()
    no_repeat_ngram: int = 0
    repetition_penalty: float = 1.0

    def __post_init__(self):
        object.__setattr__(self, "forbidden", tuple(sorted({int(index) for index in self.forbidden})))
        if self.no_repeat_ngram < 0 or int(self.no_repeat_ngram) != self.no_repeat_ngram:
            raise UserError(f"no_repeat_ngram={self.no_repeat_ngram}", "expected a whole number, 0 or more",
                            "use 0 to allow all repetitions")
        if not 1.0 <= self.repetition_penalty < float("inf"):
            raise UserError(f"repetition_penalty={self.repetition_penalty}", "expected a number of at least 1",
                            "use 1.0 for no penalty")

    def apply(self, logits, log_norm=None, index=None, history=None, minimum=None, prefix=None):
        """Logits by which the search chooses; of padding and start `never_written` and `best_choices` take care.

        Args:
            logits: `(rows, vocabulary)`, the model's.
            log_norm: `(rows, 1)`, their logsumexp; for a repetition penalty.
            index: scalar, the step's number; for all that follow.
            history: `(time, rows)` ids written so far, 0 from this step on; against repetitions.
            minimum: `(rows,)`, how many tokens each row must have before its end token, or `None`.
            prefix: `(rows, prefix time)`, the first tokens of each row, 0 behind them, or `None`.

        Returns:
            `(rows, vocabulary)`, the logits of what may not be written lowered by `BLOCKED`.
        """
        vocabulary, choices = logits.shape[-1], logits
        if self.repetition_penalty != 1.0:
            # However large the penalty, the token may be written: it stays above those that may not.
            penalized = ops.maximum((logits - log_norm) * self.repetition_penalty, BLOCKED / 4) + log_norm
            choices = ops.where(was_written(history, vocabulary), penalized, choices)
        if self.forbidden:
            choices = ops.add(choices, _lowered(vocabulary, self.forbidden))
        if self.no_repeat_ngram:
            repeated = repeats_ngram(history, index, int(self.no_repeat_ngram), vocabulary)
            choices = ops.where(repeated, choices + BLOCKED, choices)
        if minimum is not None:
            early = ops.expand_dims(ops.cast(index < ops.cast(minimum, "int32"), choices.dtype), 1)
            choices = choices + early * _lowered(vocabulary, {END_ID})
        if self.no_repeat_ngram or minimum is not None or self.forbidden:
            # Nothing left: the target ends, also before its minimum.
            stuck = ops.max(never_written(choices), axis=-1, keepdims=True) <= BLOCKED / 2
            choices = ops.where(stuck, _only(logits, ops.full_like(choices[:, 0], END_ID, dtype="int32")), choices)
        if prefix is not None:
            prefix = ops.pad(prefix, ((0, 0), (0, 1)))  # ends with padding, also where it has no column
            token = ops.take(prefix, ops.minimum(index, ops.shape(prefix)[1] - 1), axis=1)
            choices = ops.where(ops.expand_dims(token > 0, 1), _only(logits, token), choices)
        return choices


def never_written(choices):
    """`choices` (rows, vocabulary) with padding and start blocked."""
    return ops.add(choices, _lowered(choices.shape[-1], NEVER))


def _lowered(vocabulary, ids):
    """`(vocabulary,)`: `BLOCKED` at some ids, 0 at all others."""
    values = np.zeros(vocabulary, "float32")
    values[[index for index in ids if index < vocabulary]] = BLOCKED
    return values


def _only(logits, token):
    """The logits with all but one token of each row blocked."""
    places = ops.arange(ops.shape(logits)[-1], dtype="int32")
    return ops.where(ops.equal(places, ops.expand_dims(token, 1)), logits, ops.full_like(logits, 2 * BLOCKED))
