"""Characters as tokens."""

from collections import Counter

import tensorflow as tf

from keras_s2s.text.tokenizer import Tokenizer
from keras_s2s.text.words import words_between_spaces


class CharacterTokenizer(Tokenizer):
    """One token for each code point, spaces included. Unknown characters are written as U+FFFD."""

    type_name = "character"

    def learn(self, texts):
        counts: Counter[str] = Counter()
        for text in texts:
            counts.update(text.decode())
        return self._most_frequent(Counter({character.encode(): count for character, count in counts.items()}))

    def split(self, texts):
        return tf.strings.unicode_split(texts, "UTF-8")

    def join(self, tokens):
        shown = tf.ragged.map_flat_values(
            lambda flat: tf.where(flat == "<unk>", "\N{REPLACEMENT CHARACTER}", flat), tokens)
        return tf.strings.reduce_join(shown, axis=-1)

    def group(self, tokens):
        return words_between_spaces(tokens)
