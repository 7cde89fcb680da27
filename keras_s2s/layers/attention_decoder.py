"""The decoder with attention."""

import keras
from keras import ops

from keras_s2s.layers.embedding import embedding_layer
from keras_s2s.layers.recurrence import Recurrence

_READOUTS = ("attention_vector", "deep")


@keras.saving.register_keras_serializable("keras_s2s")
class AttentionDecoder(keras.layers.Layer):
    """Writes the target one token at a time, looking at the encoder's outputs before each.

    With y the embedding of the previous token, s the state, c the context, `attend` says when the decoder looks:

        "after"  (Luong et al. 2015, section 3):    s_t = cell(y_t, s_{t-1})          c_t = attention(s_t)
        "before" (Bahdanau et al. 2015, eq. 4-6):   c_t = attention(s_{t-1})          s_t = cell([y_t; c_t], s_{t-1})

    and `readout` what predicts the token, through r_t and logits = V r_t + b:

        "attention_vector" (Luong et al. 2015, eq. 5):   r_t = tanh(W [s_t; c_t])
        "deep" (after Bahdanau et al. 2015, eq. 4):      r_t = tanh(W [s_t; c_t; y_t])

    Args:
        vocabulary_size: int. Number of target tokens.
        units: int. Width of the state and of r. Defaults to 256.
        attention: an `Attention` layer.
        attend: `"after"` or `"before"`. Defaults to `"after"`.
        embedding_units: int. Defaults to `units`.
        cell: `"gru"` or `"lstm"`. Defaults to `"gru"`.
        readout: `"attention_vector"` or `"deep"`. Defaults to the paper's own choice: `"attention_vector"` for
            `"after"`, `"deep"` for `"before"`.
        dropout: float between 0 and 1, on embeddings and r in training. Defaults to 0.

    Call arguments (teacher forcing):
        target_input: `(batch, target time)` ids beginning with the start token.
        memory: dict, see `build_memory`.
        state: dict, see `initial_state`.

    Returns:
        logits `(batch, target time, vocabulary_size)`.
    """

    def __init__(self, vocabulary_size, units=256, attention=None, attend="after", embedding_units=None,
                 cell="gru", readout=None, dropout=0.0, **kwargs):
        super().__init__(**kwargs)
        if attention is None:
            raise ValueError("AttentionDecoder got no attention. Expected an Attention layer. "
                             "Pass attention=BahdanauAttention(units).")
        if attend not in ("after", "before"):
            raise ValueError(f"Unknown attend order {attend!r}. Expected 'after' or 'before'. Choose one of these.")
        readout = readout or ("attention_vector" if attend == "after" else "deep")
        if readout not in _READOUTS:
            raise ValueError(f"Unknown readout {readout!r}. Expected one of {_READOUTS}. Choose one of these.")
        self.vocabulary_size, self.units, self.attention = int(vocabulary_size), int(units), attention
        self.embedding_units = int(embedding_units or units)
        self.attend, self.cell, self.readout, self.dropout_rate = attend, cell, readout, dropout
        self.embedding = embedding_layer(self.vocabulary_size, self.embedding_units)
        self.recurrence = Recurrence(self.units, cell, name="recurrence")
        self.combine = keras.layers.Dense(self.units, activation="tanh", use_bias=False, name="combine")
        self.output_projection = keras.layers.Dense(self.vocabulary_size, name="output_projection")
        self.dropout = keras.layers.Dropout(dropout, name="dropout")

    def build(self, target_input_shape, memory_shape):
        values_units = memory_shape["values"][-1]
        cell_inputs = self.embedding_units + (values_units if self.attend == "before" else 0)
        features = self.units + values_units + (self.embedding_units if self.readout == "deep" else 0)
        if not self.embedding.built:
            self.embedding.build((None, None))
        self.recurrence.build((None, None, cell_inputs))
        self.attention.build((None, self.units), memory_shape)
        for layer, width in ((self.combine, features), (self.output_projection, self.units)):
            if not layer.built:
                layer.build((None, width))
        self.built = True

    def build_memory(self, values, mask):
        """What every step looks at: `values` (B, Tx, D), `keys` (B, Tx, U) projected once, `mask` (B, Tx) bool."""
        return {"values": values, "keys": self.attention.project_keys(values), "mask": mask}

    def initial_state(self, cell_state):
        """The decoder's state, batch first, from the bridge's `{name: (batch, units)}`."""
        return {"cells": {"layer_0": cell_state}}

    def call(self, target_input, memory, state, training=False):
        embedded = self.dropout(self.embedding(target_input), training=training)
        cell_state = state["cells"]["layer_0"]
        if self.attend == "after":
            # Nothing of the attention is fed back: the recurrence runs over the whole target, then all steps attend.
            hidden, _ = self.recurrence(embedded, cell_state, training=training)
            context, _, _, _ = self.attention(hidden, memory)
        else:
            projected = ops.swapaxes(self.recurrence.project(embedded), 0, 1)

            def body(carry, x):
                # Under TensorFlow, Keras wants the outputs of a scan to have the form of its carry.
                cell_state, context, _, _, _ = self._recur(x, carry["cell"], memory)
                return ({"cell": cell_state, "context": context},) * 2

            first = {"cell": cell_state, "context": ops.zeros_like(memory["values"][:, 0])}
            _, steps = ops.scan(body, first, projected)
            hidden, context = ops.swapaxes(steps["cell"]["hidden"], 0, 1), ops.swapaxes(steps["context"], 0, 1)
        return self.output_projection(self.dropout(self._read_out(hidden, context, embedded), training=training))

    def step(self, token, state, memory, attention_override=None, use_override=None, intermediates=False):
        """One time step, the same for search, export, browser and trace.

        Args:
            token: `(batch,)` ids of the previous tokens; the start token at first.
            state: dict, see `initial_state`.
            memory: dict, see `build_memory`.
            attention_override, use_override: `(batch, source time)` weights and `(batch,)` bool, or `None`.
            intermediates: bool. Whether to return the tensors on the way as a fourth value.

        Returns:
            `(logits, state, weights)`: `(batch, vocabulary_size)`, the next state, `(batch, source time)`.
        """
        embedded = self.embedding(token)
        cell_state, context, weights, scores, gates = self._recur(
            self.recurrence.project(embedded), state["cells"]["layer_0"], memory, attention_override, use_override)
        vector = self._read_out(cell_state["hidden"], context, embedded)
        logits = self.output_projection(vector)
        new_state = {**state, "cells": {"layer_0": cell_state}}
        if not intermediates:
            return logits, new_state, weights
        query = (cell_state if self.attend == "after" else state["cells"]["layer_0"])["hidden"]
        return logits, new_state, weights, {
            "input_embedding": embedded, "query": query, "scores": scores, "weights": weights, "context": context,
            "gates": {"layer_0": gates}, "attention_vector": vector}

    def _recur(self, projected, cell_state, memory, override=None, use_override=None):
        """The recurrent part of a step, in the attend order's sequence."""
        if self.attend == "after":
            cell_state, gates = self.recurrence.step(projected, cell_state)
        context, weights, scores, _ = self.attention(
            cell_state["hidden"], memory, override=override, use_override=use_override)
        if self.attend == "before":
            projected = projected + self.recurrence.project(context, first_feature=self.embedding_units)
            cell_state, gates = self.recurrence.step(projected, cell_state)
        return cell_state, context, weights, scores, gates

    def _read_out(self, hidden, context, embedded):
        features = [hidden, context] + ([embedded] if self.readout == "deep" else [])
        return self.combine(ops.concatenate(features, axis=-1))

    def get_config(self):
        return {**super().get_config(), "vocabulary_size": self.vocabulary_size, "units": self.units,
                "attention": keras.saving.serialize_keras_object(self.attention), "attend": self.attend,
                "embedding_units": self.embedding_units, "cell": self.cell, "readout": self.readout,
                "dropout": self.dropout_rate}

    @classmethod
    def from_config(cls, config):
        return cls(**{**config, "attention": keras.saving.deserialize_keras_object(config["attention"])})
