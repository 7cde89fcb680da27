"""Text to ids and back, on tensorflow-text: in graph, and described in JSON for other runtimes."""

from keras_s2s.text.character_tokenizer import CharacterTokenizer
from keras_s2s.text.sentencepiece_tokenizer import SentencePieceTokenizer
from keras_s2s.text.tokenizer import Tokenizer
from keras_s2s.text.vectors import Vectors, read_vectors
from keras_s2s.text.word_tokenizer import WordTokenizer

TOKENIZERS = {cls.type_name: cls for cls in (CharacterTokenizer, WordTokenizer, SentencePieceTokenizer)}

__all__ = ["TOKENIZERS", "CharacterTokenizer", "SentencePieceTokenizer", "Tokenizer", "Vectors", "WordTokenizer",
           "read_vectors"]
