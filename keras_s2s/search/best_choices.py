"""The best few of many choices."""

from keras import ops

from keras_s2s.search.backend import is_tensorflow, largest, select
from keras_s2s.search.constraints import BLOCKED, NEVER

_GROUP = 32


def best_choices(choices, number):
    """The largest `number` of each row that may be written, largest first, equal ones in order.

    A long row is first reduced to its groups of 32 with the largest maxima, which hold the largest of all: top-k itself
    is slow.

    Args:
        choices: `(rows, vocabulary)`.
        number: int or scalar.

    Returns:
        `(values, ids)`, `(rows, number)` each; where the vocabulary has fewer tokens, that many. Padding and start are
        not among them, or with values that `BLOCKED` has lowered.
    """
    vocabulary, more = choices.shape[-1], number + len(NEVER)
    enough = isinstance(more, int) and more * _GROUP * 4 <= vocabulary and is_tensorflow()
    values, ids = _of_groups(choices, more) if enough else largest(choices, _at_most(more, vocabulary))
    never = ops.logical_or(*(ops.equal(ids, token) for token in NEVER))
    values, places = largest(ops.where(never, values + BLOCKED, values), _at_most(number, vocabulary))
    return values, select(ids, places)


def _of_groups(choices, number):
    """As `ops.top_k`: whatever is among the largest `number` lies in a group that is among these by its maximum."""
    rows, vocabulary = ops.shape(choices)[0], choices.shape[-1]
    maxima = ops.max_pool(ops.expand_dims(choices, -1), _GROUP, _GROUP, padding="same", data_format="channels_last")
    _, groups = ops.top_k(ops.squeeze(maxima, -1), number)
    groups = ops.expand_dims(ops.sort(groups, axis=-1), -1)  # so that equal values stay in order
    before = (-vocabulary % _GROUP) // 2  # padding on the left: half of what is missing
    ids = ops.reshape(groups * _GROUP + ops.arange(-before, _GROUP - before, dtype="int32"), (rows, number * _GROUP))
    real = ops.logical_and(ids >= 0, ids < vocabulary)
    values = select(choices, ops.clip(ids, 0, vocabulary - 1))
    values, places = ops.top_k(ops.where(real, values, 4 * BLOCKED), number)
    return values, select(ids, places)


def _at_most(number, vocabulary):
    return min(number, vocabulary) if isinstance(number, int) else ops.minimum(number, vocabulary)
