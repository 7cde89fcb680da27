"""The base class of all tokenizers."""

import json
from pathlib import Path

import tensorflow as tf

from keras_s2s.errors import UserError
from keras_s2s.files import write_atomically
from keras_s2s.ids import END_ID, UNKNOWN_ID
from keras_s2s.text.encoding import utf8
from keras_s2s.text.normalization import normalization_to_json, normalize
from keras_s2s.text.words import without_end

SPECIAL_TOKENS = ("", "<unk>", "<s>", "</s>")
FORMAT_VERSION = 1


class Tokenizer:
    """Text to ids and back, in graph.

    A subclass splits normalised text into token strings (`split`), learns a vocabulary (`learn`), puts tokens
    together again (`join`) and says which of them make up a word (`group`). Ids are places in the vocabulary; the
    first four are padding, unknown, start and end on both sides. No text makes the graph raise: invalid UTF-8 becomes
    U+FFFD, what is not in the vocabulary becomes unknown, `""` has no tokens.

    Args:
        vocabulary_size: int or `None`. The largest number of tokens, special ones included; the rarest are left
            out. `None` keeps all.
        min_count: int. How often a token must occur to be kept. Defaults to 1.
        lowercase: bool. Defaults to `False`.
    """

    type_name: str

    def __init__(self, vocabulary_size=None, min_count=1, lowercase=False):
        self.max_vocabulary_size, self.min_count, self.lowercase = vocabulary_size, min_count, lowercase
        self.vocabulary: list[str] = []

    def adapt(self, texts):
        """Learns the vocabulary from an iterable of strings (or of UTF-8 bytes). Raises `UserError` without text."""
        texts = list(texts)
        normalized = [text for text in self.normalize(tf.constant(texts, tf.string)).numpy() if text] if texts else []
        if not normalized:
            raise UserError(f"{type(self).__name__}.adapt got {len(texts)} texts, none with anything to read",
                            "Expected at least one text that is not empty", "Check the column or file they come from")
        vocabulary = self.learn(normalized)
        if len(vocabulary) == len(SPECIAL_TOKENS):
            raise UserError(f"{type(self).__name__}.adapt found no token in {len(texts)} texts that occurs "
                            f"{self.min_count} times", "Expected at least one", "Use a smaller min_count or more text")
        self._set_vocabulary(vocabulary)

    def learn(self, texts):
        """The vocabulary, special tokens first, from normalised texts (bytes)."""
        raise NotImplementedError

    def split(self, texts):
        """Ragged strings `(batch, tokens)` from normalised texts `(batch,)`."""
        raise NotImplementedError

    def join(self, tokens):
        """Texts `(batch,)` from ragged strings `(batch, tokens)` without special tokens but unknown."""
        raise NotImplementedError

    def group(self, tokens):
        """List of `[start, end)`, one a word, from a list of token strings without the end token."""
        raise NotImplementedError

    def normalize(self, texts):
        """Normalised texts `(batch,)`."""
        return normalize(texts, self.lowercase)

    def get_vocabulary(self):
        """List of strings: the token of each id."""
        self._require_vocabulary()
        return list(self.vocabulary)

    def vocabulary_size(self):
        """Number of ids, special tokens included."""
        self._require_vocabulary()
        return len(self.vocabulary)

    def tokenize(self, texts, max_tokens=None):
        """Ids and surfaces of texts.

        Args:
            texts: string tensor `(batch,)` or a list of strings.
            max_tokens: int or `None`: what is longer is cut.

        Returns:
            `(ids, surfaces)`: ragged int32 and ragged strings `(batch, tokens)`, without start and end. A surface
            is what was read, also where it is unknown.
        """
        self._require_vocabulary()
        surfaces = self.split(self.normalize(tf.convert_to_tensor(texts, tf.string)))
        if max_tokens is not None:
            surfaces = surfaces[:, :max_tokens]
        return tf.ragged.map_flat_values(self._table.lookup, surfaces), surfaces

    def exceeds(self, text, most):
        """Whether a string has more than so many tokens, so that it is cut where no more are read."""
        return int(self.tokenize([utf8(text)])[0].row_lengths()[0]) > most

    def tokens(self, ids):
        """Token strings of ids, `""` for padding; the same shape."""
        self._require_vocabulary()
        return tf.gather(tf.constant(self.vocabulary), ids)

    def detokenize(self, ids):
        """Texts `(batch,)` from ids `(batch, time)`; padding, start and end are left out."""
        ids = tf.convert_to_tensor(ids) if not isinstance(ids, tf.RaggedTensor) else ids.to_tensor()
        return self.texts(ids, self.tokens(ids))

    def texts(self, ids, tokens):
        """Texts `(batch,)` from ids and tokens `(batch, time)`; by the ids, padding, start and end are left out."""
        kept = tf.logical_or(tf.equal(ids, UNKNOWN_ID), tf.greater(ids, END_ID))
        return self.join(tf.ragged.boolean_mask(tokens, kept))

    def words(self, tokens):
        """Which tokens make up each word.

        Args:
            tokens: list of token strings of a text, as in `Translation.tokens`; the end token and padding behind it
                belong to no word.

        Returns:
            list of `[start, end)` places, one a word, in order.
        """
        return self.group(without_end(tokens))

    def to_json(self):
        """Everything that another runtime needs, as a JSON object."""
        return {"type": self.type_name, "normalization": normalization_to_json(self.lowercase),
                "vocabulary": self.get_vocabulary(), "punctuation": ""}

    def get_config(self):
        """The constructor's arguments."""
        return {"vocabulary_size": self.max_vocabulary_size, "min_count": self.min_count, "lowercase": self.lowercase}

    def save(self, directory):
        """Writes the tokenizer to a directory."""
        directory = Path(directory)
        directory.mkdir(parents=True, exist_ok=True)
        self._save_vocabulary(directory)
        text = json.dumps({"format_version": FORMAT_VERSION, "type": self.type_name, "config": self.get_config()},
                          indent=1)
        write_atomically(directory / "tokenizer.json", text)

    @staticmethod
    def load(directory):
        """Reads any tokenizer from a directory that `save` wrote. Raises `UserError` where it cannot."""
        from keras_s2s.text import TOKENIZERS

        directory = Path(directory)
        try:
            described = json.loads((directory / "tokenizer.json").read_text(encoding="utf-8"))
            if described["format_version"] != FORMAT_VERSION:
                raise ValueError(f"it has format {described['format_version']!r}")
            tokenizer = TOKENIZERS[described["type"]](**described["config"])
            tokenizer._load_vocabulary(directory)
        except (OSError, ValueError, KeyError, TypeError, RuntimeError) as error:
            raise UserError(f"the tokenizer in {directory} cannot be read ({type(error).__name__}: {error})",
                            f"Expected files of keras_s2s' tokenizer format {FORMAT_VERSION}",
                            "Copy the model directory again or train anew") from error
        return tokenizer

    def _save_vocabulary(self, directory):
        text = json.dumps(self.get_vocabulary(), ensure_ascii=False, indent=0)
        write_atomically(directory / "vocabulary.json", text)

    def _load_vocabulary(self, directory):
        self._set_vocabulary(json.loads((directory / "vocabulary.json").read_text(encoding="utf-8")))

    def _set_vocabulary(self, vocabulary):
        # A duplicate or empty token would make two ids of one string.
        if (list(vocabulary[:4]) != list(SPECIAL_TOKENS) or len(vocabulary) == 4
                or len(set(vocabulary)) != len(vocabulary)):
            raise ValueError("a vocabulary begins with the four special tokens, has others, and none twice")
        self.vocabulary = list(vocabulary)
        keys = tf.constant(self.vocabulary[4:], tf.string)
        self._table = tf.lookup.StaticHashTable(
            tf.lookup.KeyValueTensorInitializer(keys, tf.range(4, 4 + len(self.vocabulary[4:]), dtype=tf.int32)),
            default_value=UNKNOWN_ID)

    def _most_frequent(self, counts):
        """Special tokens, then the most frequent ones of a counter of bytes, ties in code-point order."""
        ordered = sorted((token for token, count in counts.items() if count >= self.min_count),
                         key=lambda token: (-counts[token], token))
        tokens = [token for token in (entry.decode() for entry in ordered) if token not in SPECIAL_TOKENS]
        limit = None if self.max_vocabulary_size is None else max(self.max_vocabulary_size - 4, 0)
        return [*SPECIAL_TOKENS, *tokens[:limit]]

    def _require_vocabulary(self):
        if not self.vocabulary:
            raise UserError(f"{type(self).__name__} has no vocabulary yet", "Expected adapt() before its use",
                            "Call adapt(lines) with the training texts, or load a saved tokenizer")
