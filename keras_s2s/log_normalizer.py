"""What makes probabilities of logits."""

from keras import ops


def log_normalizer(logits, compiled=False):
    """log(sum(exp(logits))) over the last axis, kept: `(..., vocabulary)` -> `(..., 1)`.

    By way of the largest probability, exp(max(logits)) / sum(exp(logits)): the softmax is one operation that
    processors are good at, and takes less than half the time of exponentials that are added up. A compiler makes one of
    these, too (`compiled`), and a quicker one.
    """
    if compiled:
        return ops.logsumexp(logits, axis=-1, keepdims=True)
    largest = ops.max(ops.softmax(logits, axis=-1), axis=-1, keepdims=True)
    return ops.max(logits, axis=-1, keepdims=True) - ops.log(largest)
