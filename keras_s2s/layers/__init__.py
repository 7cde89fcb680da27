"""The trainable parts: encoder, attention, bridge, decoder. They need Keras alone, whatever its backend."""

from keras_s2s.layers.attention import Attention
from keras_s2s.layers.attention_decoder import AttentionDecoder
from keras_s2s.layers.bahdanau_attention import BahdanauAttention
from keras_s2s.layers.bridge import Bridge
from keras_s2s.layers.luong_attention import LuongAttention
from keras_s2s.layers.recurrence import Recurrence
from keras_s2s.layers.rnn_encoder import RNNEncoder

__all__ = ["Attention", "AttentionDecoder", "BahdanauAttention", "Bridge", "LuongAttention", "RNNEncoder",
           "Recurrence"]
