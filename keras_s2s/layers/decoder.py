"""What all decoders have in common."""

from typing import Any

import keras
from keras import ops

from keras_s2s.ids import END_ID, START_ID
from keras_s2s.layers.dropout_rates import dropout_rates
from keras_s2s.layers.embedding import embedding_layer
from keras_s2s.layers.readout import Readout
from keras_s2s.layers.recurrent_stack import RecurrentStack

FIRST_INPUTS = ("start", "end")


class Decoder(keras.layers.Layer):
    """Writes the target one token at a time. A subclass says where it gets the source from.

    In every step the embedding y_{t-1} of the previous token enters the recurrent layers, and a vector r_t made of
    the new state predicts the next token: logits_t = V r_t + b, from which p(token) = softmax(logits_t).

    Args:
        vocabulary_size: int. Number of target tokens.
        units: int. Width of the state. Defaults to 256.
        embedding_units: int. Defaults to `units`.
        cell: `"simple_rnn"`, `"gru"` or `"lstm"`. Defaults to `"gru"`.
        layers: int. Defaults to 1.
        readout: what r_t is made of; see `Readout`.
        residual, layer_normalization: bool. See `RecurrentStack`.
        first_input: what the first step reads: `"start"`, the start token's embedding, or `"end"`, the end token's (as
            in Sutskever et al. 2014, where one token ends the source and begins the target). Defaults to `"start"`.
        tie_output: bool. Whether V are the weights of the embeddings (Press and Wolf 2017); r_t then has their width.
        dropout: float for embeddings, inputs and outputs, or a dict; see `dropout_rates`. Defaults to 0.
        embedding_deviation: float. Standard deviation of the numbers that the embeddings begin with: 0.1 where many
            tokens are rare, 1 where none is, as with letters. Defaults to 0.1.
        freeze_embeddings: bool. Whether training leaves the embeddings as they are, for pretrained ones.

    Attributes:
        attends: bool. Whether it looks at the encoder's states; if not, the weights of a step are all 0.
        default_bridge: name of the bridge that the model takes where none is given.
    """

    attends: bool
    default_bridge: str

    def __init__(self, vocabulary_size, units=256, embedding_units=None, cell="gru", layers=1, readout="state",
                 residual=False, layer_normalization=False, first_input="start", tie_output=False, dropout=0.0,
                 embedding_deviation=0.1, freeze_embeddings=False, **kwargs):
        super().__init__(**kwargs)
        self.vocabulary_size, self.units = int(vocabulary_size), int(units)
        self.embedding_units = int(embedding_units or units)
        self.options = {"cell": cell, "layers": int(layers), "residual": bool(residual),
                        "layer_normalization": bool(layer_normalization)}
        if first_input not in FIRST_INPUTS:
            raise ValueError(f"Unknown first_input {first_input!r}. Expected one of {FIRST_INPUTS}. "
                             "Choose one of these.")
        self.first_input, self.tie_output, self.freeze_embeddings = first_input, bool(tie_output), freeze_embeddings
        if self.tie_output and readout == "state" and self.embedding_units != self.units:
            raise ValueError(f"Got tie_output=True and readout='state' with {self.units} units and embeddings of "
                             f"{self.embedding_units}. The two must be equal. Change one, or choose another readout.")
        self.dropout, rates = dropout, dropout_rates(dropout)
        self.embedding_deviation = float(embedding_deviation)
        self.embedding = embedding_layer(self.vocabulary_size, self.embedding_units, self.embedding_deviation,
                                         freeze_embeddings)
        self.stack = RecurrentStack(self.units, **self.options, input_dropout=rates["inputs"],
                                    recurrent_dropout=rates["recurrent"], name="recurrence")
        self.readout = Readout(readout, self.embedding_units if self.tie_output else self.units, name="readout")
        self.output_projection: Any = None
        self.output_bias: Any = None
        if not self.tie_output:
            self.output_projection = keras.layers.Dense(self.vocabulary_size, name="output_projection")
        self.drop_embeddings = keras.layers.Dropout(rates["embeddings"], name="drop_embeddings")
        self.drop_outputs = keras.layers.Dropout(rates["outputs"], name="drop_outputs")

    def build_parts(self, entering_units, context_units):
        """Builds what all decoders have.

        Args:
            entering_units: int. Width of what enters the recurrent layers beside the embedding.
            context_units: int. Width of the context that the readout sees, or 0.
        """
        if not self.embedding.built:
            self.embedding.build((None, None))
        self.stack.build((None, None, self.embedding_units + entering_units))
        self.readout.build((None, self.units), (None, context_units) if context_units else None,
                           (None, self.embedding_units))
        if not self.tie_output:
            if not self.output_projection.built:
                self.output_projection.build((None, self.readout.units))
        elif self.output_bias is None:
            self.output_bias = self.add_weight(name="output_bias", shape=(self.vocabulary_size,), initializer="zeros")
        self.built = True

    def build_from_config(self, config):
        """Leaves building to the first call or the model: until then `share_embedding` can come."""

    def share_embedding(self, embedding):
        """Uses another layer's embeddings, before this one is built: source and target then have the same."""
        del self.embedding
        self.embedding = embedding

    def build_memory(self, values, mask, final_state):
        """What every step looks at: a dict of tensors, batch first, with `mask`.

        Args:
            values: `(batch, source time, D)`, the encoder's outputs.
            mask: `(batch, source time)` bool.
            final_state: the encoder's final state, see `RNNEncoder`.
        """
        raise NotImplementedError

    def initial_state(self, cells, memory):
        """The state before the first step: `cells` from the bridge, `{"layer_0": {"hidden": (batch, units)}}`."""
        return {"cells": cells}

    def step(self, token, state, memory, attention_override=None, use_override=None, intermediates=False):
        """One time step, the same for search, export, browser and trace.

        A source may have several rows, one after the other: the hypotheses of a beam share its memory.

        Args:
            token: `(rows,)` ids of the previous tokens; the start token at first.
            state: dict, rows first, see `initial_state`.
            memory: dict, a row for each source, see `build_memory`. `rows` is a multiple of their number.
            attention_override, use_override: `(rows, source time)` weights and `(rows,)` bool, or `None`.
            intermediates: bool. Whether to return the tensors on the way as a fourth value.

        Returns:
            `(logits, state, weights)`: `(rows, vocabulary_size)`, the next state, `(rows, source time)`; a decoder
            without attention gives weights of 0.
        """
        raise NotImplementedError

    def embed(self, tokens):
        """Embeddings `(..., embedding_units)` of ids `(...)`."""
        if self.first_input == "end":
            tokens = ops.where(ops.equal(tokens, START_ID), END_ID, tokens)
        return self.embedding(tokens)

    def logits(self, vector, training=False):
        """Logits `(..., vocabulary_size)` from r."""
        vector = self.drop_outputs(vector, training=training)
        if self.tie_output:
            return ops.matmul(vector, ops.transpose(self.embedding.embeddings)) + self.output_bias
        return self.output_projection(vector)

    def get_config(self):
        return {**super().get_config(), "vocabulary_size": self.vocabulary_size, "units": self.units,
                "embedding_units": self.embedding_units, **self.options, "readout": self.readout.kind,
                "first_input": self.first_input, "tie_output": self.tie_output, "dropout": self.dropout,
                "embedding_deviation": self.embedding_deviation, "freeze_embeddings": self.freeze_embeddings}
