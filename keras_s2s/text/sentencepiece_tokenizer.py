"""Subwords as tokens."""

import contextlib
import io
import itertools
import os

import numpy as np
import tensorflow as tf
import tensorflow_text as tf_text

from keras_s2s.errors import UserError
from keras_s2s.files import write_atomically
from keras_s2s.ids import UNKNOWN_ID
from keras_s2s.text.tokenizer import SPECIAL_TOKENS, Tokenizer
from keras_s2s.text.words import words_of_pieces

_MODEL_FILE = "sentencepiece.model"
_MOST_CUTS = 64


class SentencePieceTokenizer(Tokenizer):
    """Subwords of a SentencePiece unigram model (Kudo 2018; Kudo and Richardson 2018).

    Trained with ids 0 padding, 1 unknown, 2 start, 3 end and identity normalisation, since normalisation is done
    before, the same in every runtime.

    Args:
        vocabulary_size: int. Number of pieces, special tokens included; fewer where the text does not yield them.
            Defaults to 4000.
        lowercase: bool. Defaults to `False`.
        character_coverage: float. Share of the training text's characters that get a piece. Defaults to 0.9995.
    """

    type_name = "sentencepiece"

    def __init__(self, vocabulary_size=4000, lowercase=False, character_coverage=0.9995, min_count=1):
        super().__init__(vocabulary_size, min_count, lowercase)
        self.character_coverage = character_coverage

    def learn(self, texts):
        import sentencepiece

        model = io.BytesIO()
        # U+2585 is a mark of SentencePiece's own: it would leave out every text that has one.
        sentences = (text.decode().replace("\u2585", " ") for text in texts)
        try:
            with contextlib.redirect_stderr(io.StringIO()):
                sentencepiece.SentencePieceTrainer.train(
                    sentence_iterator=sentences, model_writer=model,
                    model_type="unigram", vocab_size=self.max_vocabulary_size, hard_vocab_limit=False,
                    character_coverage=self.character_coverage, normalization_rule_name="identity",
                    pad_id=0, unk_id=1, bos_id=2, eos_id=3, num_threads=2, minloglevel=2,
                    max_sentence_length=65536)
        except RuntimeError as error:
            raise UserError(f"SentencePiece cannot learn {self.max_vocabulary_size} pieces from {len(texts)} texts "
                            f"({error})", "Expected a vocabulary that the text can fill",
                            "Use a smaller vocabulary_size or more text") from error
        self._set_model(model.getvalue())
        return self.vocabulary

    def split(self, texts):
        # Made anew each time, so that in a graph the model becomes part of the graph. One made outside would belong
        # to TensorFlow's cache of kernels, which setting a random seed empties, and be gone in the middle of its use.
        return tf_text.SentencepieceTokenizer(self._model, out_type=tf.string).tokenize(texts)

    def sample(self, texts, alpha, seed):
        """Ids of texts that are cut into pieces by chance, for training (Kudo 2018, section 3.2).

        A word is drawn among its 64 most probable cuts; no piece goes beyond a word, so a text's cut is those of its
        words.

        Args:
            texts: list of strings.
            alpha: float. A cut's probability to this power is the chance that it is drawn with: 0.1 is nearly even.
            seed: int. The same texts and seed give the same ids.

        Returns:
            ragged int32 `(texts, pieces)`, without start and end.
        """
        words = [text.decode().split(" ") for text in self.normalize(tf.constant(texts, tf.string)).numpy()]
        words = [[word for word in sentence if word] for sentence in words]
        places: dict = {}
        for place, word in enumerate(itertools.chain.from_iterable(words)):
            places.setdefault(word, []).append(place)
        drawn: list = [None] * sum(map(len, words))
        # Not SentencePiece's own sampling: its random numbers are others in every process, whatever the seed.
        chance, scores = np.random.default_rng(seed), np.array(self._scores())
        scores[UNKNOWN_ID] = _unknown_score(scores)
        for word, own in places.items():
            cuts, bounds = self._cuts(word, scores, alpha)
            for place, cut in zip(own, np.searchsorted(bounds, chance.random(len(own))), strict=True):
                drawn[place] = cuts[cut]
        by_word = tf.RaggedTensor.from_row_lengths(
            np.concatenate([np.zeros(0, np.int32), *drawn]), np.fromiter(map(len, drawn), np.int64, len(drawn)))
        by_text = tf.RaggedTensor.from_row_lengths(by_word, np.fromiter(map(len, words), np.int64, len(words)))
        return by_text.merge_dims(1, 2)

    def _cuts(self, word, scores, alpha):
        """The most probable cuts of a word, a list of int32 arrays, and between which numbers from 0 to 1 each lies."""
        found = [np.array(pieces, np.int32) for pieces in self._processor.nbest_encode(
            word, nbest_size=_MOST_CUTS, out_type=int)]
        weights = alpha * np.array([scores[pieces].sum() for pieces in found])
        chances = np.cumsum(np.exp(weights - weights.max()))
        return found, chances[:-1] / chances[-1]

    def join(self, tokens):
        pieces = tf.ragged.map_flat_values(lambda flat: tf.where(flat == "<unk>", "▁⁇▁", flat), tokens)
        return tf.strings.strip(tf.strings.regex_replace(tf.strings.reduce_join(pieces, axis=-1), "▁", " "))

    def group(self, tokens):
        return words_of_pieces(tokens)

    def to_json(self):
        scores = self._scores()
        return {**super().to_json(), "scores": scores, "unknown_score": _unknown_score(scores)}

    def get_config(self):
        return {**super().get_config(), "character_coverage": self.character_coverage}

    def _scores(self):
        """The logarithm of every piece's probability."""
        return [self._processor.get_score(index) for index in range(self.vocabulary_size())]

    def _set_model(self, model):
        import sentencepiece

        self._model = model
        self._processor = sentencepiece.SentencePieceProcessor(model_proto=model)
        pieces = [self._processor.id_to_piece(index) for index in range(self._processor.get_piece_size())]
        self._set_vocabulary([*SPECIAL_TOKENS, *pieces[4:]])

    def _save_vocabulary(self, directory):
        self._require_vocabulary()
        write_atomically(directory / _MODEL_FILE, self._model)

    def _load_vocabulary(self, directory):
        path = os.path.join(directory, _MODEL_FILE)
        with open(path, "rb") as file:
            model = file.read()
        if not model:
            raise ValueError(f"{_MODEL_FILE} is empty")
        self._set_model(model)


def _unknown_score(scores):
    """SentencePiece's price of an unknown character: 10 below its rarest piece."""
    return min(scores[len(SPECIAL_TOKENS):]) - 10.0
