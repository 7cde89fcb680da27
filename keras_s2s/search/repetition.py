"""What a target has written already."""

from keras import ops

from keras_s2s.ids import PADDING_ID


def was_written(history, vocabulary):
    """Which tokens each row holds: `(time, rows)` ids -> `(rows, vocabulary)` bool; padding never counts."""
    time, rows = ops.shape(history)[0], ops.shape(history)[1]
    row = ops.broadcast_to(ops.expand_dims(ops.arange(rows, dtype="int32"), 0), (time, rows))
    places = ops.reshape(ops.stack([row, history], axis=-1), (time * rows, 2))
    real = ops.reshape(ops.cast(ops.not_equal(history, PADDING_ID), "float32"), (time * rows,))
    return ops.scatter(places, real, (rows, vocabulary)) > 0


def repeats_ngram(history, index, length, vocabulary):
    """Which tokens would write a sequence of `length` tokens for the second time.

    Args:
        history: `(time, rows)` ids, 0 from `index` on.
        index: scalar, how many tokens were written.
        length: int, at least 1.
        vocabulary: int.

    Returns:
        `(rows, vocabulary)` bool.
    """
    time = ops.shape(history)[0]
    padded = ops.pad(history, ((0, length - 1), (0, 0)))
    same = ops.expand_dims(ops.arange(time, dtype="int32") + (length - 1) < index, 1)
    for place in range(length - 1):
        last = ops.take(padded, ops.maximum(index - (length - 1) + place, 0), axis=0)
        same = ops.logical_and(same, ops.equal(padded[place:time + place], last))
    follows = padded[length - 1:time + length - 1]
    return was_written(ops.where(same, follows, PADDING_ID), vocabulary)
