"""Greedy search."""

from keras import ops

from keras_s2s.ids import END_ID, PADDING_ID, START_ID
from keras_s2s.layers.output_buffer import write_step
from keras_s2s.search.writable import writable


class Greedy:
    """Takes the best token at every step; padding and start are never taken.

    Knows nothing of the model: any `step(token, state, memory) -> (logits, state, weights)` will do. The loop runs
    in the graph, is made of operations that TF.js has, and stops as soon as every row has ended.

    Call arguments:
        step: see above; `token` (batch,), logits (batch, vocabulary), weights (batch, source time).
        state: nested dict of tensors, batch first.
        memory: dict of tensors, batch first, with `mask` (batch, source time).
        limit: `(batch,)` int, how many tokens each row may have, its end token included. 0 gives an empty row.

    Returns:
        dict with `ids` (batch, longest limit) int, 0 after the end; `token_log_probs` (batch, longest limit);
        `log_prob` (batch,), their sum; `score` (batch,), their mean over the row's tokens; `length` (batch,);
        `attention` (batch, longest limit, source time). Columns that no row reached are cut off.
    """

    def __call__(self, step, state, memory, limit):
        limit = ops.cast(limit, "int32")
        mask = memory["mask"]
        batch, source_time = ops.shape(mask)[0], ops.shape(mask)[1]
        longest = ops.max(limit, initial=0)  # of no rows, too

        def condition(index, token, alive, state, ids, log_probs, attention):
            return ops.logical_and(index < longest, ops.any(alive))

        def body(index, token, alive, state, ids, log_probs, attention):
            logits, state, weights = step(token, state, memory)
            choices = writable(logits)
            largest = ops.max(choices, axis=-1, keepdims=True)
            token = _first_where(ops.equal(choices, largest))
            log_prob = ops.squeeze(largest, -1) - ops.logsumexp(logits, axis=-1)
            real = ops.cast(alive, log_prob.dtype)
            token = ops.where(alive, token, PADDING_ID)
            ids = write_step(ids, index, token)
            log_probs = write_step(log_probs, index, log_prob * real)
            attention = write_step(attention, index, weights * ops.expand_dims(real, -1))
            alive = ops.logical_and(alive, ops.logical_and(ops.not_equal(token, END_ID), index + 1 < limit))
            return index + 1, token, alive, state, ids, log_probs, attention

        steps, _, _, _, ids, log_probs, attention = ops.while_loop(condition, body, (
            ops.convert_to_tensor(0, "int32"),
            ops.full((batch,), START_ID, dtype="int32"),
            limit > 0,
            state,
            ops.zeros((longest, batch), dtype="int32"),
            ops.zeros((longest, batch), dtype="float32"),
            ops.zeros((longest, batch, source_time), dtype="float32")))
        ids, log_probs = ops.transpose(ids[:steps]), ops.transpose(log_probs[:steps])
        length = ops.sum(ops.cast(ops.not_equal(ids, PADDING_ID), "int32"), axis=1)
        log_prob = ops.sum(log_probs, axis=1)
        return {
            "ids": ids, "token_log_probs": log_probs, "log_prob": log_prob,
            "score": log_prob / ops.cast(ops.maximum(length, 1), log_prob.dtype), "length": length,
            "attention": ops.transpose(attention[:steps], (1, 0, 2))}


def _first_where(condition):
    """The first true place on the last axis: argmax in operations that every runtime has.

    Keras' argmax uses a bitcast, which TF.js lacks, and TF.js gives a loop the values of top-k in place of its indices.
    """
    places = ops.arange(ops.shape(condition)[-1], dtype="int32")
    return ops.min(ops.where(condition, places, ops.shape(condition)[-1]), axis=-1)
