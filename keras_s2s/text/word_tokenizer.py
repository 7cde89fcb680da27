"""Words as tokens."""

from collections import Counter

import tensorflow as tf

from keras_s2s.text.normalization import punctuation
from keras_s2s.text.tokenizer import Tokenizer


class WordTokenizer(Tokenizer):
    """One token for each word between spaces. Texts come back with one space between tokens.

    Args:
        vocabulary_size, min_count, lowercase: see `Tokenizer`.
        split_punctuation: bool. Makes each punctuation mark and symbol a token of its own, for raw text; leave it
            off for text that is tokenised already. Defaults to `False`.
    """

    type_name = "word"

    def __init__(self, vocabulary_size=None, min_count=1, lowercase=False, split_punctuation=False):
        super().__init__(vocabulary_size, min_count, lowercase)
        self.split_punctuation = split_punctuation

    def learn(self, texts):
        counts: Counter[bytes] = Counter()
        for start in range(0, len(texts), 10_000):
            counts.update(self.split(tf.constant(texts[start:start + 10_000])).flat_values.numpy().tolist())
        return self._most_frequent(counts)

    def split(self, texts):
        if self.split_punctuation:
            texts = tf.strings.regex_replace(texts, r"([\p{P}\p{S}])", r" \1 ")
        # Space alone separates: `tf.strings.split` without a separator would split at other spaces, too.
        words = tf.strings.split(texts, " ")
        return tf.ragged.boolean_mask(words, tf.not_equal(words, ""))

    def join(self, tokens):
        return tf.strings.reduce_join(tokens, axis=-1, separator=" ")

    def group(self, tokens):
        return [(place, place + 1) for place in range(len(tokens))]

    def to_json(self):
        return {**super().to_json(), "punctuation": punctuation() if self.split_punctuation else ""}

    def get_config(self):
        return {**super().get_config(), "split_punctuation": self.split_punctuation}
