"""The encoder."""

import keras
from keras import ops

from keras_s2s.layers.dropout_rates import dropout_rates
from keras_s2s.layers.embedding import embedding_layer
from keras_s2s.layers.encoder_layer import EncoderLayer


@keras.saving.register_keras_serializable("keras_s2s")
class RNNEncoder(keras.layers.Layer):
    """Reads a source sequence and returns a vector for every item and a final state.

    Layers of recurrent cells, each reading what the one below put out (h^0 are the embeddings):

        h^l_1 ... h^l_T = layer_l(h^{l-1}_1 ... h^{l-1}_T)          residual, above the first: + h^{l-1}

    A bidirectional layer (Bahdanau et al. 2015, section 3.2) reads from the left and from the right, so that each
    vector knows what stands on both sides of its item; see `EncoderLayer`. `"backward"` alone is the reversed source
    of Sutskever et al. 2014: the first words are read last and lie closest to the decoder.

    Padding stands on the right and is masked: it changes nothing, the final state is the one after the last real
    item, and the outputs at padded positions are 0.

    Args:
        vocabulary_size: int, or `None` where the source is a sequence of feature vectors `(batch, time, D)`.
        units: int. Width of the hidden state **of each direction**; the outputs of a bidirectional encoder that
            concatenates are twice as wide.
        embedding_units: int. Width of the embeddings. Defaults to `units`.
        cell: `"simple_rnn"`, `"gru"` or `"lstm"`. Defaults to `"gru"`.
        layers: int. Defaults to 1.
        direction: `"forward"`, `"backward"` or `"bidirectional"`, of every layer. Defaults to `"bidirectional"`.
        merge: `"concatenate"` or `"sum"`, how two directions become one vector. Defaults to `"concatenate"`.
        residual: bool. Whether layers above the first add their input to their output (He et al. 2016).
        layer_normalization: bool. See `Recurrence`.
        dropout: float for embeddings, inputs and outputs, or a dict; see `dropout_rates`. Defaults to 0.
        embedding_deviation: float. Standard deviation of the numbers that the embeddings begin with: 0.1 where many
            tokens are rare, 1 where none is, as with letters. Defaults to 0.1.
        freeze_embeddings: bool. Whether training leaves the embeddings as they are, for pretrained ones.

    Call arguments:
        source: `(batch, time)` ids, or features `(batch, time, D)`.
        mask: `(batch, time)` bool. Defaults to `source != 0` for ids, to all true for features.
        fused: bool. `True` runs Keras' fused layers over the whole sequence (training); `False` a plain loop that
            every runtime understands (search, export, browser). Both give the same numbers.
        intermediates: bool. Whether to return the tensors on the way as a fourth value.

    Returns:
        `(values, final_state, mask)`: `(batch, time, output_units)`; the state of each layer, `{"layer_0": {"hidden":
        (batch, output_units), ...}, ...}`; `(batch, time)` bool. The intermediates are a dict: `embeddings`
        (batch, time, features), what enters the first layer, and `states`, for each layer the hidden states by
        direction, `{"forward": (batch, time, units), "backward": ...}`.
    """

    def __init__(self, vocabulary_size=None, units=256, embedding_units=None, cell="gru", layers=1,
                 direction="bidirectional", merge="concatenate", residual=False, layer_normalization=False,
                 dropout=0.0, embedding_deviation=0.1, freeze_embeddings=False, **kwargs):
        super().__init__(**kwargs)
        self.vocabulary_size, self.units = vocabulary_size, int(units)
        self.embedding_units = int(embedding_units or units)
        self.options = {"cell": cell, "direction": direction, "merge": merge,
                        "layer_normalization": bool(layer_normalization)}
        self.residual, self.dropout, self.freeze_embeddings = bool(residual), dropout, bool(freeze_embeddings)
        self.embedding_deviation = float(embedding_deviation)
        rates = dropout_rates(dropout)
        self.embedding = None
        if vocabulary_size is not None:
            self.embedding = embedding_layer(vocabulary_size, self.embedding_units, self.embedding_deviation,
                                             freeze_embeddings)
        self.stack = [EncoderLayer(self.units, **self.options, recurrent_dropout=rates["recurrent"],
                                   name=f"layer_{index}") for index in range(int(layers))]
        self.drop_embeddings, self.drop_inputs, self.drop_outputs = (
            keras.layers.Dropout(rates[place], name=f"drop_{place}") for place in ("embeddings", "inputs", "outputs"))
        self.supports_masking = True

    @property
    def output_units(self):
        """Width of the outputs: `units`, or twice that."""
        return self.stack[0].output_units

    @property
    def final_state_shape(self):
        """The form of the final state, with shapes `(None, width)` in the place of tensors."""
        return {layer.name: dict.fromkeys(layer.state_names, (None, layer.output_units)) for layer in self.stack}

    def build(self, source_shape):
        width = source_shape[-1]
        if self.embedding is not None:
            width = self.embedding_units
            if not self.embedding.built:
                self.embedding.build((None, None))
        for layer in self.stack:
            layer.build((None, None, width))
            width = layer.output_units
        self.built = True

    def compute_mask(self, source, previous_mask=None):
        """No implicit masks: the mask is one of the outputs."""

    def call(self, source, mask=None, training=False, fused=False, intermediates=False):
        if mask is None:
            mask = ops.not_equal(source, 0) if self.embedding is not None else ops.ones(ops.shape(source)[:2], "bool")
        if self.embedding is None:
            values = self.drop_inputs(source, training=training)
        else:
            values = self.drop_embeddings(self.embedding(source), training=training)
        final, embeddings, states = {}, values, []
        for index, layer in enumerate(self.stack):
            below = values
            inputs = below if index == 0 else self.drop_inputs(below, training=training)
            values, final[layer.name], *by_direction = layer(inputs, mask=mask, training=training, fused=fused,
                                                             intermediates=intermediates)
            states += by_direction
            if self.residual and index > 0:
                values = values + below
        result = self.drop_outputs(values, training=training), final, mask
        return (*result, {"embeddings": embeddings, "states": states}) if intermediates else result

    def get_config(self):
        return {**super().get_config(), "vocabulary_size": self.vocabulary_size, "units": self.units,
                "embedding_units": self.embedding_units, "layers": len(self.stack), **self.options,
                "residual": self.residual, "dropout": self.dropout,
                "embedding_deviation": self.embedding_deviation, "freeze_embeddings": self.freeze_embeddings}
