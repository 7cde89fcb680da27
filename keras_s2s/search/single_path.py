"""The loop of all searches that follow one path for each row."""

from dataclasses import dataclass, field

from keras import ops

from keras_s2s.ids import END_ID, PADDING_ID, START_ID
from keras_s2s.output_buffer import OutputBuffer, write_step
from keras_s2s.search.constraints import Constraints
from keras_s2s.search.log_normalizer import log_normalizer


@dataclass(frozen=True)
class SinglePath:
    """Takes one token at every step; a subclass says which.

    Knows nothing of the model: any `step(token, state, memory) -> (logits, state, weights)` will do. The loop runs
    in the graph, is made of operations that TF.js has, and stops as soon as every row has ended.

    Args:
        constraints: what may be written.

    Call arguments:
        step: see above; `token` (rows,), logits (rows, vocabulary), weights (rows, source time).
        state: nested dict of tensors, batch first.
        memory: dict of tensors, batch first, with `mask` (batch, source time).
        limit: `(batch,)` int, how many tokens each row may have, its end token included. 0 gives an empty row.
        minimum: `(batch,)` int, how many tokens each row must have before its end token, or `None`.
        prefix: `(batch, prefix time)` int, the first tokens of each row, 0 behind them, or `None`.
        columns: int or `None`. How many columns the results have, at least the longest limit. For XLA, which must know
            all shapes beforehand; else they have as many as the longest row.

    Returns:
        dict with `ids` (batch, columns) int, 0 after the end; `token_log_probs` (batch, columns), the model's own;
        `log_prob` (batch,), their sum; `score` (batch,), their mean over the row's tokens; `length` (batch,);
        `attention` (batch, columns, source time).
    """

    constraints: Constraints = field(default_factory=Constraints)

    def __call__(self, step, state, memory, limit, minimum=None, prefix=None, columns=None):
        return self.follow(step, state, memory, limit, minimum, prefix, columns)

    def choose(self, choices, index, draws):
        """Tokens `(rows,)` from the constrained logits `(rows, vocabulary)`; `draws` as given to `follow`."""
        raise NotImplementedError

    def follow(self, step, state, memory, limit, minimum=None, prefix=None, columns=None, draws=None):
        """The loop; see the class. `state`, `limit`, `minimum` and `prefix` may have several rows for each source."""
        limit = ops.cast(limit, "int32")
        rows, source_time = ops.shape(limit)[0], ops.shape(memory["mask"])[1]
        longest = ops.max(limit, initial=0)  # of no rows, too
        width = longest if columns is None else columns

        def condition(index, token, alive, state, ids, log_probs, attention):
            return ops.logical_and(index < longest, ops.any(alive))

        def body(index, token, alive, state, ids, log_probs, attention):
            logits, state, weights = step(token, state, memory)
            log_norm = log_normalizer(logits)
            choices = self.constraints.apply(logits, log_norm, index, ids, minimum, prefix)
            token, logit = self.choose(choices, logits, index, draws)
            log_prob = logit - ops.squeeze(log_norm, -1)
            real = ops.cast(alive, log_prob.dtype)
            token = ops.where(alive, token, PADDING_ID)
            ids = write_step(ids, index, token)
            log_probs = write_step(log_probs, index, log_prob * real)
            attention = OutputBuffer.write(attention, index, weights * ops.expand_dims(real, -1))
            alive = ops.logical_and(alive, ops.logical_and(ops.not_equal(token, END_ID), index + 1 < limit))
            return index + 1, token, alive, state, ids, log_probs, attention

        steps, _, _, _, ids, log_probs, attention = ops.while_loop(condition, body, (
            ops.convert_to_tensor(0, "int32"),
            ops.full((rows,), START_ID, dtype="int32"),
            limit > 0,
            state,
            ops.zeros((width, rows), dtype="int32"),
            ops.zeros((width, rows), dtype="float32"),
            OutputBuffer.empty(width, (rows, source_time))))
        width = steps if columns is None else columns
        attention = OutputBuffer.stacked(attention, width)
        ids, log_probs = ops.transpose(ids[:width]), ops.transpose(log_probs[:width])
        length = ops.sum(ops.cast(ops.not_equal(ids, PADDING_ID), "int32"), axis=1)
        log_prob = ops.sum(log_probs, axis=1)
        return {
            "ids": ids, "token_log_probs": log_probs, "log_prob": log_prob,
            "score": log_prob / ops.cast(ops.maximum(length, 1), log_prob.dtype), "length": length,
            "attention": ops.transpose(attention, (1, 0, 2))}
