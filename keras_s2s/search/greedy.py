"""Greedy search."""

from keras import ops

from keras_s2s.search.writable import writable

PADDING_ID, START_ID, END_ID = 0, 2, 3


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
            # Not argmax: Keras' own bends the signs of zeros with an operation that TF.js lacks.
            largest, token = ops.top_k(writable(logits), 1)
            token = ops.cast(ops.squeeze(token, -1), "int32")
            log_prob = ops.squeeze(largest, -1) - ops.logsumexp(logits, axis=-1)
            real = ops.cast(alive, log_prob.dtype)
            token = ops.where(alive, token, PADDING_ID)
            place = ops.reshape(index, (1, 1))
            ids = ops.scatter_update(ids, place, ops.expand_dims(token, 0))
            log_probs = ops.scatter_update(log_probs, place, ops.expand_dims(log_prob * real, 0))
            attention = ops.scatter_update(attention, place, ops.expand_dims(weights * ops.expand_dims(real, -1), 0))
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
