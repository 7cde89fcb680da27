"""Beam search."""

from dataclasses import dataclass, field

import keras
from keras import ops

from keras_s2s.errors import UserError
from keras_s2s.ids import END_ID, PADDING_ID, START_ID
from keras_s2s.output_buffer import OutputBuffer, write_step
from keras_s2s.search.best_choices import best_choices, largest, taken
from keras_s2s.search.constraints import BLOCKED, Constraints
from keras_s2s.search.length_normalization import LENGTH_NORMALIZATIONS, length_divisor
from keras_s2s.search.log_normalizer import log_normalizer

NO_HYPOTHESIS = -1e9
"""The score of a slot that holds nothing."""


@dataclass(frozen=True)
class Beam:
    """Keeps the best `size` hypotheses of each sentence from step to step (Graves 2012; Sutskever et al. 2014).

    A hypothesis Y of a source X is worth, at every step as at the end,

        score(X, Y) = log P(Y | X) / divisor(|Y|) + beta * sum_i log(min(sum_t weights_ti, 1))

    with a divisor by `length_normalization` and GNMT's coverage penalty (Wu et al. 2016, eq. 14 and 15). At each step
    the best `size` among all that go on and all that have ended stay. One that has ended keeps its place and its score
    until so many are better. With `size` 1 this is greedy search; with enough of them, it is exhaustive.

    Early stopping: log P only falls and no divisor does, so that no continuation of Y within the length limit L can
    score more than log P(Y | X) / divisor(L). Once `n_best` hypotheses that have ended score no less than that of every
    one that goes on, these are given up: the `n_best` results are the same as without.

    Args:
        size: int, at least 1. Hypotheses for each sentence. Defaults to 5.
        n_best: int. How many of them are wanted. Defaults to 1.
        length_normalization: `"mean"`, `"gnmt"` or `"none"`; see `length_divisor`. Defaults to `"mean"`.
        alpha: float, 0 or more. The divisor's exponent. Defaults to 1.
        coverage_penalty: float, 0 or more: beta. 0.2 is GNMT's. Defaults to 0.
        early_stopping: bool. Defaults to `True`.
        constraints: what may be written.

    Call arguments:
        step, state, memory, limit, minimum, prefix, columns: see `SinglePath`. `step` gets the memory of the batch and
            `size` rows for each of its sentences, side by side.
        sizes: `(batch,)` int, a size for each sentence in place of `size`; all of that beam are wanted. Or `None`.

    Returns:
        dict of `SinglePath`'s values for the best hypothesis of each sentence, its score as above, and `n_best`, a dict
        of the same values for `size` hypotheses (the largest of `sizes`), best first, on an axis behind the batch's.
        Slots without a hypothesis (also those given up) have the score -1e9 and no ids.
    """

    size: int = 5
    n_best: int = 1
    length_normalization: str = "mean"
    alpha: float = 1.0
    coverage_penalty: float = 0.0
    early_stopping: bool = True
    constraints: Constraints = field(default_factory=Constraints)

    def __post_init__(self):
        for name, least in (("size", 1), ("n_best", 1)):
            value = getattr(self, name)
            if int(value) != value or value < least:
                raise UserError(f"a beam with {name}={value}", f"expected a whole number, {least} or more", "use 5")
        if self.n_best > self.size:
            raise UserError(f"n_best={self.n_best} with a beam of {self.size}", "expected no more than the beam's size",
                            f"use a beam of {self.n_best}")
        if self.length_normalization not in LENGTH_NORMALIZATIONS:
            raise UserError(f"length_normalization={self.length_normalization!r}",
                            f"expected one of {', '.join(LENGTH_NORMALIZATIONS)}", "choose one of these")
        for name in ("alpha", "coverage_penalty"):
            if not 0 <= getattr(self, name) < float("inf"):
                raise UserError(f"{name}={getattr(self, name)}", "expected a number of at least 0", "use 0 for none")

    def __call__(self, step, state, memory, limit, minimum=None, prefix=None, columns=None, sizes=None):
        mask, limit = memory["mask"], ops.cast(limit, "int32")
        batch, source_time = ops.shape(mask)[0], ops.shape(mask)[1]
        size = self.size if sizes is None else _scalar(ops.max(sizes, initial=1))
        wanted = self.n_best if sizes is None else ops.expand_dims(sizes, 1)
        rows = batch * size
        places = ops.expand_dims(ops.arange(size, dtype="int32"), 0)
        firsts = ops.expand_dims(ops.arange(batch, dtype="int32"), 1) * size  # each sentence's first row
        usable = places < (size if sizes is None else ops.expand_dims(sizes, 1))
        longest, limits = ops.max(limit, initial=0), ops.expand_dims(limit, 1)
        width = longest if columns is None else columns
        minimum, prefix = (None if given is None else ops.repeat(given, size, axis=0) for given in (minimum, prefix))
        state = keras.tree.map_structure(lambda leaf: ops.repeat(leaf, size, axis=0), state)
        real = ops.repeat(mask, size, axis=0)

        def condition(index, carry, buffers):
            return ops.logical_and(index < longest, ops.any(carry["alive"]))

        def body(index, carry, buffers):
            logits, state, weights = step(carry["token"], carry["state"], memory)
            log_norm = log_normalizer(logits)
            choices = self.constraints.apply(logits, log_norm, index, buffers["ids"], minimum, prefix)
            values, ids = best_choices(choices, size)  # (rows, number)
            number, vocabulary = ops.shape(values)[1], logits.shape[-1]
            # What each hypothesis that goes on would become with each choice.
            totals = ops.reshape(carry["total"], (rows, 1)) + (values - log_norm)
            open_ = ops.logical_and(ops.reshape(carry["alive"], (rows, 1)), values > BLOCKED / 2)
            scores = totals / length_divisor(self.length_normalization, self.alpha, index + 1)
            coverage = carry.get("coverage")
            if coverage is not None:
                coverage = coverage + weights
                scores = scores + self._coverage_score(coverage, real)
            scores = ops.where(open_, scores, NO_HYPOTHESIS)
            # Those that have ended come first: among equals they win, and the bound below relies on it.
            ended = ops.where(carry["alive"], NO_HYPOTHESIS, carry["score"])
            together = ops.concatenate([ended, ops.reshape(scores, (batch, size * number))], axis=1)
            score, chosen = largest(together, size)
            goes_on = chosen >= size
            choice = ops.maximum(chosen - size, 0)
            parent = firsts + ops.where(goes_on, choice // number, chosen)
            choice = firsts * number + choice
            token = ops.where(goes_on, taken(ids, choice), PADDING_ID)
            total = ops.where(goes_on, taken(totals, choice), taken(carry["total"], parent))
            log_prob = taken(logits, parent * vocabulary + token) - taken(log_norm, parent)
            score = ops.where(usable, score, NO_HYPOTHESIS)
            exists = score > NO_HYPOTHESIS / 2
            goes_on = ops.logical_and(goes_on, exists)
            alive = ops.logical_and(goes_on, ops.logical_and(ops.not_equal(token, END_ID), index + 1 < limits))
            if self.early_stopping:
                bound = total / length_divisor(self.length_normalization, self.alpha, limits)
                bound = ops.max(ops.where(alive, bound, NO_HYPOTHESIS), axis=1, keepdims=True)
                better = ops.logical_and(ops.logical_not(alive), score >= bound)
                settled = ops.sum(ops.cast(better, "int32"), axis=1, keepdims=True) >= wanted
                given_up = ops.logical_and(settled, alive)
                alive = ops.logical_and(alive, ops.logical_not(settled))
                score = ops.where(given_up, NO_HYPOTHESIS, score)
            parent = ops.reshape(parent, (-1,))
            flat = ops.reshape(token, (-1,))
            carry = {"token": flat, "total": total, "score": score, "alive": alive,
                     "state": keras.tree.map_structure(lambda leaf: ops.take(leaf, parent, axis=0), state)}
            if coverage is not None:
                carry["coverage"] = ops.take(coverage, parent, axis=0)
            ancestors = {name: ops.take(buffers[name], parent, axis=1) for name in ("ids", "log_probs", "parents")}
            log_prob = ops.reshape(ops.where(goes_on, log_prob, 0.0), (-1,))
            buffers = {"ids": write_step(ancestors["ids"], index, ops.reshape(ops.where(goes_on, token, 0), (-1,))),
                       "log_probs": write_step(ancestors["log_probs"], index, log_prob),
                       "parents": write_step(ancestors["parents"], index, parent),
                       "attention": OutputBuffer.write(buffers["attention"], index, weights)}
            return index + 1, carry, buffers

        first = ops.logical_and(ops.logical_and(places == 0, limits > 0), usable)
        carry = {"token": ops.full((rows,), START_ID, dtype="int32"),
                 "total": ops.zeros((batch, size), dtype="float32"),
                 "score": ops.where(places == 0, ops.zeros((batch, size)), NO_HYPOTHESIS),
                 "alive": first, "state": state}
        if self.coverage_penalty:
            carry["coverage"] = ops.zeros((rows, source_time), dtype="float32")
        buffers = {"ids": ops.zeros((width, rows), dtype="int32"),
                   "log_probs": ops.zeros((width, rows), dtype="float32"),
                   "parents": ops.zeros((width, rows), dtype="int32"),
                   "attention": OutputBuffer.empty(width, (rows, source_time))}
        steps, carry, buffers = ops.while_loop(condition, body, (ops.convert_to_tensor(0, "int32"), carry, buffers))
        width = steps if columns is None else columns
        attention = OutputBuffer.stacked(buffers.pop("attention"), width)
        buffers = {**{name: buffer[:width] for name, buffer in buffers.items()}, "attention": attention}
        return _sorted(width, carry["score"], buffers, firsts, batch, size)

    def _coverage_score(self, coverage, real):
        """beta * the sum over real positions of log(min(coverage, 1)), `(rows, 1)`."""
        logs = ops.log(ops.clip(coverage, 1e-6, 1.0))
        return self.coverage_penalty * ops.sum(ops.where(real, logs, 0.0), axis=1, keepdims=True)


def _sorted(width, score, buffers, firsts, batch, size):
    """The result: hypotheses by falling score."""
    score, order = largest(score, size)
    order = ops.reshape(firsts + order, (-1,))
    exists = ops.reshape(score > NO_HYPOTHESIS / 2, (1, -1))
    ids, log_probs, parents = (ops.take(buffers[name], order, axis=1)
                               for name in ("ids", "log_probs", "parents"))
    ids = ops.where(exists, ids, PADDING_ID)
    real = ids > 0
    log_probs = ops.where(real, log_probs, 0.0)
    rows, source_time = ops.shape(buffers["attention"])[1], ops.shape(buffers["attention"])[2]
    places = ops.expand_dims(ops.arange(width, dtype="int32"), 1) * rows + parents
    attention = ops.take(ops.reshape(buffers["attention"], (width * rows, source_time)), places, axis=0)
    attention = attention * ops.cast(ops.expand_dims(real, -1), "float32")
    lengths = ops.sum(ops.cast(real, "int32"), axis=0)
    by_hypothesis = {"ids": ops.transpose(ids), "token_log_probs": ops.transpose(log_probs),
                     "log_prob": ops.sum(log_probs, axis=0), "score": ops.reshape(score, (-1,)),
                     "length": lengths, "attention": ops.transpose(attention, (1, 0, 2))}
    n_best = {name: ops.reshape(value, (batch, size, *ops.shape(value)[1:]))
              for name, value in by_hypothesis.items()}
    return {**{name: value[:, 0] for name, value in n_best.items()}, "n_best": n_best}


def _scalar(value):
    """A number where it is known already, so that shapes can be made of it on every backend."""
    return value if keras.backend.backend() == "tensorflow" else int(value)
