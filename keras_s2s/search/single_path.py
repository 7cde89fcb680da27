"""The loop of all searches that follow one path for each row."""

from dataclasses import dataclass, field

import keras
from keras import ops

from keras_s2s.ids import END_ID, PADDING_ID, START_ID
from keras_s2s.log_normalizer import log_normalizer
from keras_s2s.search.constraints import Constraints
from keras_s2s.search.sentence_loop import by_sentence, flat, put, run_sentences, spread


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
        found = self.follow(step, state, memory, limit, minimum, prefix, columns)
        return {name: value[:, 0] for name, value in found.items()}

    def choose(self, choices, logits, index, draws):
        """One token for each row.

        Args:
            choices: `(rows, vocabulary)`, the constrained logits.
            logits: `(rows, vocabulary)`, the model's own.
            index: scalar, the step's number.
            draws: `(rows, time)`, as given to `follow`, or `None`.

        Returns:
            `(tokens, their own logits)`, `(rows,)` each.
        """
        raise NotImplementedError

    def follow(self, step, state, memory, limit, minimum=None, prefix=None, columns=None, paths=1, draws=None):
        """The loop, with several paths for each sentence: see the class.

        Args:
            paths: int. Defaults to 1.
            draws: `(batch, paths, time)` numbers for `choose`, or `None`.

        Returns:
            as the class has it, with an axis for the paths behind the batch's.
        """
        limit = ops.cast(limit, "int32")
        batch, longest = ops.shape(limit)[0], ops.max(limit, initial=0)  # of no rows, too
        width = longest if columns is None else columns
        fixed = {"memory": memory, "limit": spread(limit, paths),
                 **({} if minimum is None else {"minimum": spread(minimum, paths)}),
                 **({} if prefix is None else {"prefix": spread(prefix, paths)}),
                 **({} if draws is None else {"draws": draws})}
        moving = {"state": keras.tree.map_structure(lambda leaf: spread(leaf, paths), state),
                  "alive": spread(limit, paths) > 0, "token": ops.full((batch, paths), START_ID, dtype="int32"),
                  "ids": ops.zeros((batch, paths, width), dtype="int32"),
                  "log_probs": ops.zeros((batch, paths, width), dtype="float32")}

        def body(index, now):
            rows = {name: flat(now[name]) for name in ("token", "ids", "minimum", "prefix", "draws") if name in now}
            logits, state, weights = step(rows["token"], keras.tree.map_structure(flat, now["state"]), now["memory"])
            log_norm = log_normalizer(logits, compiled=columns is not None)
            choices = self.constraints.apply(logits, log_norm, index, ops.transpose(rows["ids"]),
                                             rows.get("minimum"), rows.get("prefix"))
            token, logit = self.choose(choices, logits, index, rows.get("draws"))
            token, log_prob, weights = (by_sentence(found, now["alive"])
                                        for found in (token, logit - ops.squeeze(log_norm, -1), weights))
            alive, real = now["alive"], ops.cast(now["alive"], log_prob.dtype)
            token = ops.where(alive, token, PADDING_ID)
            goes_on = ops.logical_and(ops.not_equal(token, END_ID), index + 1 < now["limit"])
            return {"token": token, "alive": ops.logical_and(alive, goes_on),
                    "state": keras.tree.map_structure(lambda leaf: by_sentence(leaf, alive), state),
                    "ids": put(now["ids"], index, token),
                    "log_probs": put(now["log_probs"], index, log_prob * real)}, weights * ops.expand_dims(real, -1)

        steps, found, attention = run_sentences(body, fixed, moving, longest, ("ids", "log_probs"), columns)
        width = steps if columns is None else columns
        ids, log_probs = found["ids"][:, :, :width], found["log_probs"][:, :, :width]
        length = ops.sum(ops.cast(ops.not_equal(ids, PADDING_ID), "int32"), axis=2)
        log_prob = ops.sum(log_probs, axis=2)
        return {
            "ids": ids, "token_log_probs": log_probs, "log_prob": log_prob,
            "score": log_prob / ops.cast(ops.maximum(length, 1), log_prob.dtype), "length": length,
            "attention": ops.transpose(attention, (1, 2, 0, 3))}
