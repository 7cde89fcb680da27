"""Subwords as tokens."""

import contextlib
import io
import itertools
import os
import threading

import numpy as np
import tensorflow as tf
import tensorflow_text as tf_text

from keras_s2s.errors import UserError
from keras_s2s.files import write_atomically
from keras_s2s.text.tokenizer import SPECIAL_TOKENS, Tokenizer
from keras_s2s.text.words import words_of_pieces

_MODEL_FILE = "sentencepiece.model"
# Enough for speed, little enough for memory: SentencePiece gives lists.
_SAMPLED_AT_A_TIME = 100_000


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

        Args:
            texts: list of strings.
            alpha: float. A cut's probability to this power is the chance that it is drawn with: 0.1 is nearly even.
            seed: int. The same texts and seed give the same ids.

        Returns:
            ragged int32 `(texts, pieces)`, without start and end.
        """
        chunks: list = []
        for start in range(0, max(len(texts), 1), _SAMPLED_AT_A_TIME):
            # A thread takes the seed when it draws its first number, and never again: so a new one for each chunk.
            thread = threading.Thread(target=lambda own, seed: chunks.append(self._sampled(own, alpha, seed)), args=(
                texts[start:start + _SAMPLED_AT_A_TIME], (seed + 1_000_003 * len(chunks)) % 2**32))
            thread.start()
            thread.join()
        pieces, lengths = (np.concatenate(parts) for parts in zip(*chunks, strict=True))
        return tf.RaggedTensor.from_row_lengths(pieces, lengths)

    def _sampled(self, texts, alpha, seed):
        """Flat ids of texts and their numbers, int32: Python's own numbers take ten times the memory."""
        import sentencepiece

        sentencepiece.set_random_generator_seed(seed)
        normalized = [text.decode() for text in self.normalize(tf.constant(texts, tf.string)).numpy()]
        found = self._processor.encode(normalized, out_type=int, enable_sampling=True, alpha=alpha, nbest_size=-1,
                                       num_threads=1)
        lengths = np.fromiter(map(len, found), np.int32, len(found))
        return np.fromiter(itertools.chain.from_iterable(found), np.int32, lengths.sum()), lengths

    def join(self, tokens):
        pieces = tf.ragged.map_flat_values(lambda flat: tf.where(flat == "<unk>", "▁⁇▁", flat), tokens)
        return tf.strings.strip(tf.strings.regex_replace(tf.strings.reduce_join(pieces, axis=-1), "▁", " "))

    def group(self, tokens):
        return words_of_pieces(tokens)

    def to_json(self):
        scores = [self._processor.get_score(index) for index in range(self.vocabulary_size())]
        # SentencePiece's price of an unknown character: 10 below its rarest piece.
        return {**super().to_json(), "scores": scores, "unknown_score": min(scores[4:]) - 10.0}

    def get_config(self):
        return {**super().get_config(), "character_coverage": self.character_coverage}

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
