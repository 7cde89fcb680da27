"""Makes the pictures of the README from the shipped models: `python docs/make_pictures.py`."""

from pathlib import Path

from keras_s2s.plots import save_attention
from keras_s2s.translator import Translator

answer = Translator.load("dates")("Wednesday, March 3rd, 1999")
save_attention(answer.source_tokens, answer.tokens, answer.attention, Path(__file__).with_name("attention.png"),
               title=f"{answer.source} → {answer.text}")
