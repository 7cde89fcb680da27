"""The trainable parts: encoder, attention, bridge, decoder. They need Keras alone, whatever its backend.

To learn the subject from them, read: the cells (`simple_rnn_cell`, `gru_cell`, `lstm_cell`), `recurrence` (a cell over
time), `encoder_layer` and `rnn_encoder`; `decoder` and `rnn_decoder` (a vector of fixed size: the bottleneck), the
bridges; then `attention` with its scores (`bahdanau_attention`, `luong_attention`, `local_attention`,
`location_attention`, `coverage_attention`), and `attention_decoder`.
"""

from keras_s2s.layers.attention import Attention
from keras_s2s.layers.attention_decoder import AttentionDecoder
from keras_s2s.layers.bahdanau_attention import BahdanauAttention
from keras_s2s.layers.bridge import Bridge
from keras_s2s.layers.copy_bridge import CopyBridge
from keras_s2s.layers.coverage_attention import CoverageAttention
from keras_s2s.layers.decoder import Decoder
from keras_s2s.layers.dense_bridge import DenseBridge
from keras_s2s.layers.encoder_layer import EncoderLayer
from keras_s2s.layers.local_attention import LocalAttention
from keras_s2s.layers.location_attention import LocationAttention
from keras_s2s.layers.luong_attention import LuongAttention
from keras_s2s.layers.mean_bridge import MeanBridge
from keras_s2s.layers.recurrence import Recurrence
from keras_s2s.layers.rnn_decoder import RNNDecoder
from keras_s2s.layers.rnn_encoder import RNNEncoder
from keras_s2s.layers.zero_bridge import ZeroBridge

__all__ = ["Attention", "AttentionDecoder", "BahdanauAttention", "Bridge", "CopyBridge", "CoverageAttention", "Decoder",
           "DenseBridge", "EncoderLayer", "LocalAttention", "LocationAttention", "LuongAttention", "MeanBridge",
           "RNNDecoder", "RNNEncoder", "Recurrence", "ZeroBridge"]
