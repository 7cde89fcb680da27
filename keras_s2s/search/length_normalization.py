"""How hypotheses of different lengths are compared."""

from keras import ops

LENGTH_NORMALIZATIONS = ("mean", "gnmt", "none")


def length_divisor(normalization, alpha, length):
    """What the log-probability of a target of `length` tokens, its end token included, is divided by.

        "mean"  length ** alpha              with alpha 1 the mean log-probability of a token
        "gnmt"  ((5 + length) / 6) ** alpha  (Wu et al. 2016, eq. 14)
        "none"  1                            the most probable target wins; short ones are favoured

    Args:
        normalization: one of the three.
        alpha: float, 0 or more: then no divisor falls as the length grows, which the beam's early stopping relies on.
        length: ints of any shape; a length of 0 counts as 1.
    """
    length = ops.cast(ops.maximum(length, 1), "float32")
    if normalization == "none":
        return ops.ones_like(length)
    return ops.power(length if normalization == "mean" else (5.0 + length) / 6.0, alpha)
