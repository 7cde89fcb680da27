"""The decoder without attention."""

import keras
from keras import ops

from keras_s2s.layers.attention import build_dense, rows_of_a_source
from keras_s2s.layers.decoder import Decoder

CONTEXTS = ("initial", "every_step", "both")
SUMMARIES = ("last", "dense", "mean")


@keras.saving.register_keras_serializable("keras_s2s")
class RNNDecoder(Decoder):
    """Writes the target from one vector of fixed size, whatever the source's length: the bottleneck.

        "initial"     s_0 = bridge(source)    s_t = cell(y_{t-1}, s_{t-1})           (Sutskever et al. 2014)
        "every_step"  s_0 = 0                 s_t = cell([y_{t-1}; c], s_{t-1})
        "both"        s_0 = bridge(source)    s_t = cell([y_{t-1}; c], s_{t-1})      (Cho et al. 2014, section 2.2)

    where the context c comes from the encoder's states h_1 ... h_T, by `summary`:

        "last"   c = h_T           "dense"  c = tanh(V h_T)         "mean"  c = tanh(V mean_j h_j)

    (What s_0 is made of is the bridge's choice: a copy, a learnt transformation of the last state, or of all.)

    Args:
        vocabulary_size, units, ...: see `Decoder`.
        context: see above. Defaults to `"initial"`.
        summary: see above; for `"every_step"` and `"both"`. Defaults to `"last"`.
        readout: `"state"` or `"deep"`. Defaults to `"state"`.

    Call arguments (teacher forcing):
        target_input: `(batch, target time)` ids beginning with the start token.
        memory: dict, see `build_memory`.
        state: dict, see `initial_state`.

    Returns:
        logits `(batch, target time, vocabulary_size)`.
    """

    attends = False

    def __init__(self, vocabulary_size, units=256, context="initial", summary="last", readout="state", **kwargs):
        if readout == "attention_vector":
            raise ValueError("RNNDecoder got readout='attention_vector'. It has no attention. Use 'state' or 'deep'.")
        super().__init__(vocabulary_size, units, readout=readout, **kwargs)
        for name, value, known in (("context", context, CONTEXTS), ("summary", summary, SUMMARIES)):
            if value not in known:
                raise ValueError(f"Unknown {name} {value!r}. Expected one of {known}. Choose one of these.")
        if context == "initial" and summary != "last":
            raise ValueError(f"RNNDecoder got summary={summary!r} with context='initial', where no step reads a "
                             "context. Expected context 'every_step' or 'both'. For another first state, give the "
                             "model a bridge: 'copy', 'dense' or 'mean'.")
        self.context, self.summary = context, summary
        self.default_bridge = "zero" if context == "every_step" else "dense"
        self.context_projection = None
        if summary != "last":
            self.context_projection = keras.layers.Dense(self.units, activation="tanh", name="context_projection")

    def build(self, target_input_shape, memory_shape):
        width = 0
        if self.context != "initial" and "values" in memory_shape:
            width = memory_shape["values"][-1]
            if self.context_projection is not None:
                build_dense(self.context_projection, width)
                width = self.units
        elif self.context != "initial":  # composed with keras.Input: what `build_memory` has returned
            width = memory_shape["context"][-1]
        self.build_parts(width, width)

    def build_memory(self, values, mask, final_state):
        if self.context == "initial":
            return {"mask": mask}
        if self.summary == "mean":
            number = ops.maximum(ops.sum(ops.cast(mask, values.dtype), axis=1, keepdims=True), 1.0)
            context = ops.sum(values, axis=1) / number  # values are 0 at padding
        else:
            context = final_state[f"layer_{len(final_state) - 1}"]["hidden"]
        if self.context_projection is not None:
            context = self.context_projection(context)
        return {"context": context, "mask": mask}

    def call(self, target_input, memory, state, training=False):
        embedded = self.drop_embeddings(self.embed(target_input), training=training)
        context, entering = None, embedded
        if self.context != "initial":
            context = ops.repeat(ops.expand_dims(memory["context"], 1), ops.shape(target_input)[1], axis=1)
            entering = ops.concatenate([embedded, context], axis=-1)
        output = self.stack(entering, state["cells"], training=training)
        return self.logits(self.readout(output, context, embedded), training=training)

    def step(self, token, state, memory, attention_override=None, use_override=None, intermediates=False):
        embedded, context = self.embed(token), memory.get("context")
        rows, (sources, source_time) = ops.shape(token)[0], ops.shape(memory["mask"])
        projected = self.stack.project(embedded)
        if context is not None:
            context = ops.repeat(context, rows_of_a_source(rows, sources), axis=0)
            projected = projected + self.stack.project(context, first_feature=self.embedding_units)
        output, cells, gates = self.stack.step(projected, state["cells"])
        vector = self.readout(output, context, embedded)
        weights = ops.zeros((rows, source_time), dtype=output.dtype)
        result = self.logits(vector), {**state, "cells": cells}, weights
        if not intermediates:
            return result
        return (*result, {"input_embedding": embedded, "query": None, "scores": None, "weights": None,
                          "context": context, "gates": gates, "attention_vector": vector})

    def get_config(self):
        return {**super().get_config(), "context": self.context, "summary": self.summary}
