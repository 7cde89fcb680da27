"""How long translations may be."""

import math
from dataclasses import dataclass

import tensorflow as tf

from keras_s2s.errors import UserError


@dataclass(frozen=True)
class LengthLimits:
    """Limits in target tokens, alone or for each source token.

    Args:
        minimum: int. The fewest tokens before the end token. Defaults to 0.
        minimum_ratio: float. The fewest for each source token. Defaults to 0.
        maximum: int of at least 1. The most tokens, the end token included, in the place of the model's own limit.
        maximum_ratio: float above 0. The most for each source token, at least 1 token.
    """

    minimum: int = 0
    minimum_ratio: float = 0.0
    maximum: int | None = None
    maximum_ratio: float | None = None

    def __post_init__(self):
        names = {"minimum": "min_length", "minimum_ratio": "min_length_ratio", "maximum": "max_length",
                 "maximum_ratio": "max_length_ratio"}
        for name, said in names.items():
            value, whole, least = getattr(self, name), "ratio" not in name, 1 if name == "maximum" else 0
            if value is not None and (not least <= value < math.inf or (whole and int(value) != value)
                                      or (name == "maximum_ratio" and value == 0)):
                kind = f"a whole number of at least {least}" if whole else "a number above 0"
                raise UserError(f"{said}={value}", f"expected {kind}", f"leave {said} out for no such limit")
        for lower, upper in (("minimum", "maximum"), ("minimum_ratio", "maximum_ratio")):
            least, most = getattr(self, lower), getattr(self, upper)
            if most is not None and least and least >= most:
                raise UserError(f"{names[lower]}={least} with {names[upper]}={most}",
                                "expected a smaller minimum: the maximum counts the end token, too",
                                f"raise {names[upper]} or lower {names[lower]}")

    def of(self, source_ids, rule, prefix_ids=None):
        """`(limit, minimum)` of sources.

        Args:
            source_ids: `(B, Tx)` ids with the end token.
            rule: the model's own limit, see `TranslationGraph`.
            prefix_ids: `(B, P)` ids with which the targets begin, or `None`. What follows them may be as long as a
                whole target, as far as the maximum allows.

        Returns:
            the most tokens of each row, `(B,)` int32, 0 for an empty source; the fewest before its end token, `(B,)`,
            or `None` where none are asked for.
        """
        length = tf.reduce_sum(tf.cast(source_ids > 0, tf.int32), axis=1) - 1

        def times(ratio):
            # More than any limit is enough: larger numbers would not fit.
            return tf.cast(tf.minimum(tf.floor(ratio * tf.cast(length, tf.float32)), 1e6), tf.int32)

        if self.maximum is None:
            limit = tf.minimum(rule["offset"] + times(rule["factor"]), rule["maximum"])
        else:
            limit = tf.fill(tf.shape(length), int(self.maximum))
        if self.maximum_ratio is not None:
            limit = tf.minimum(limit, tf.maximum(times(self.maximum_ratio), 1))
        if prefix_ids is not None:
            begun = tf.reduce_sum(tf.cast(prefix_ids > 0, tf.int32), axis=1)
            limit = tf.minimum(limit + begun, self.maximum or rule["maximum"])
        limit = tf.where(length > 0, limit, 0)
        if not self.minimum and not self.minimum_ratio:
            return limit, None
        minimum = tf.maximum(int(self.minimum), times(self.minimum_ratio))
        return limit, tf.minimum(minimum, limit - 1)
