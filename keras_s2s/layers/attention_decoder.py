"""The decoder with attention."""

import keras
from keras import ops

from keras_s2s.layers.decoder import Decoder
from keras_s2s.layers.scan import scan


@keras.saving.register_keras_serializable("keras_s2s")
class AttentionDecoder(Decoder):
    """Writes the target one token at a time, looking at all encoder states before each.

    With y the embedding of the previous token, s the state, c the context, `attend` says when the decoder looks:

        "after"  (Luong et al. 2015, section 3):    s_t = cell(y_{t-1}, s_{t-1})         c_t = attention(s_t)
        "before" (Bahdanau et al. 2015, eq. 4-6):   c_t = attention(s_{t-1})   s_t = cell([y_{t-1}; c_t], s_{t-1})

    and `readout` what predicts the token, r_t: of s_t and c_t, also of y_{t-1}, or of s_t alone; see `Readout`.
    With `input_feeding` (Luong et al. 2015, section 3.3) the cell also reads r_{t-1}, so that it knows where the
    decoder looked; r_0 = 0.

    Args:
        vocabulary_size, units, ...: see `Decoder`.
        attention: an `Attention` layer.
        attend: `"after"` or `"before"`. Defaults to `"after"`.
        readout: `"attention_vector"`, `"deep"` or `"state"`. Defaults to the paper's own choice: `"attention_vector"`
            for `"after"`, `"deep"` for `"before"`.
        input_feeding: bool. Defaults to `False`.

    Call arguments (teacher forcing):
        target_input: `(batch, target time)` ids beginning with the start token.
        memory: dict, see `build_memory`.
        state: dict, see `initial_state`.

    Returns:
        logits `(batch, target time, vocabulary_size)`.
    """

    attends = True
    default_bridge = "dense"

    def __init__(self, vocabulary_size, units=256, attention=None, attend="after", readout=None, input_feeding=False,
                 **kwargs):
        if attention is None:
            raise ValueError("AttentionDecoder got no attention. Expected an Attention layer. "
                             "Pass attention=BahdanauAttention(units), or use RNNDecoder.")
        if attend not in ("after", "before"):
            raise ValueError(f"Unknown attend order {attend!r}. Expected 'after' or 'before'. Choose one of these.")
        readout = readout or ("attention_vector" if attend == "after" else "deep")
        if readout == "state" and (attend == "after" or input_feeding):
            raise ValueError("AttentionDecoder got readout='state', which leaves the context out, with "
                             f"attend={attend!r} and input_feeding={input_feeding}. Expected attend='before' without "
                             "input feeding. Choose that, or readout='attention_vector'.")
        super().__init__(vocabulary_size, units, readout=readout, **kwargs)
        self.attention, self.attend, self.input_feeding = attention, attend, bool(input_feeding)

    def build(self, target_input_shape, memory_shape):
        context_units = memory_shape["values"][-1]
        self.attention.build((None, self.units), memory_shape)
        self.build_parts((self.readout.units if self.input_feeding else 0)
                         + (context_units if self.attend == "before" else 0), context_units)

    def build_memory(self, values, mask, final_state=None):
        """What every step looks at: `values` (B, Tx, D), `keys` (B, Tx, U) projected once, `mask` (B, Tx) bool."""
        return {"values": values, "keys": self.attention.project_keys(values), "mask": mask}

    def initial_state(self, cells, memory):
        """`cells`, what the attention remembers, and with input feeding `attention_vector`, r_0."""
        state = {"cells": cells, **self.attention.initial_state(memory["mask"])}
        if self.input_feeding:
            # Not `ops.zeros` of the batch's size, which is unknown where layers are composed with keras.Input.
            narrow = ops.zeros_like(cells[self.stack.layer_names[0]]["hidden"][:, :1])
            state["attention_vector"] = ops.tile(narrow, (1, self.readout.units))
        return state

    def call(self, target_input, memory, state, training=False):
        embedded = self.drop_embeddings(self.embed(target_input), training=training)
        if self.attend == "after" and not self.input_feeding and not self.attention.remembers:
            # Nothing is fed back: the recurrence runs over the whole target, then all steps attend at once.
            output = self.stack(embedded, state["cells"], training=training)
            vector = self.readout(output, self.attention(output, memory)[0], embedded)
        else:
            vector = self._run_by_step(embedded, memory, state, training)
        return self.logits(vector, training=training)

    def _run_by_step(self, embedded, memory, state, training):
        """r of all steps, each step after the one before it."""
        by_step, recurrent = self.stack.draw_masks(ops.shape(embedded)[0], ops.shape(embedded)[1], training)
        steps = {"embedded": ops.swapaxes(embedded, 0, 1), "masks": by_step,
                 "projected": ops.swapaxes(self.stack.project(embedded), 0, 1)}

        def body(carry, now):
            found = self._recur(now["embedded"], now["projected"], carry["state"], memory,
                                masks={"input_masks": now["masks"], "recurrent_masks": recurrent})
            return {name: found[name] for name in carry}

        first = {"state": state, "vector": ops.zeros(
            (ops.shape(embedded)[0], self.readout.units), dtype=self.compute_dtype)}
        _, found = scan(body, first, steps)
        return ops.swapaxes(found["vector"], 0, 1)

    def step(self, token, state, memory, attention_override=None, use_override=None, intermediates=False):
        embedded = self.embed(token)
        found = self._recur(embedded, self.stack.project(embedded), state, memory,
                            override=attention_override, use_override=use_override)
        logits = self.logits(found["vector"])
        if not intermediates:
            return logits, found["state"], found["weights"]
        return logits, found["state"], found["weights"], {
            "input_embedding": embedded, **{name: found[name] for name in ("query", "scores", "weights", "context",
                                                                           "gates")},
            "attention_vector": found["vector"]}

    def _recur(self, embedded, projected, state, memory, override=None, use_override=None, masks=None):
        """One step in the attend order's sequence; `projected` is the part of the cell's input that y makes."""
        first_feature = self.embedding_units
        if self.input_feeding:
            projected = projected + self.stack.project(state["attention_vector"], first_feature)
            first_feature += self.readout.units
        if self.attend == "after":
            output, cells, gates = self.stack.step(projected, state["cells"], **(masks or {}))
            query = output
        else:
            query = state["cells"][self.stack.layer_names[-1]]["hidden"]
        context, weights, scores, state = self.attention(query, memory, state, override, use_override)
        if self.attend == "before":
            projected = projected + self.stack.project(context, first_feature)
            output, cells, gates = self.stack.step(projected, state["cells"], **(masks or {}))
        vector = self.readout(output, context, embedded)
        state = {**state, "cells": cells, **({"attention_vector": vector} if self.input_feeding else {})}
        return {"state": state, "vector": vector, "query": query, "scores": scores, "weights": weights,
                "context": context, "gates": gates}

    def get_config(self):
        return {**super().get_config(), "attention": keras.saving.serialize_keras_object(self.attention),
                "attend": self.attend, "input_feeding": self.input_feeding}

    @classmethod
    def from_config(cls, config):
        return cls(**{**config, "attention": keras.saving.deserialize_keras_object(config["attention"])})
