"""Beam search."""

from dataclasses import dataclass, field

import keras
from keras import ops

from keras_s2s.errors import UserError
from keras_s2s.ids import END_ID, PADDING_ID, START_ID
from keras_s2s.log_normalizer import log_normalizer
from keras_s2s.search.backend import largest, scalar, select, taken
from keras_s2s.search.best_choices import best_choices
from keras_s2s.search.constraints import BLOCKED, Constraints
from keras_s2s.search.length_normalization import LENGTH_NORMALIZATIONS, length_divisor
from keras_s2s.search.sentence_loop import by_sentence, flat, put, run_sentences, spread

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
        limit = ops.cast(limit, "int32")
        batch, source_time = ops.shape(memory["mask"])[0], ops.shape(memory["mask"])[1]
        size = self.size if sizes is None else scalar(ops.max(sizes, initial=1))
        wanted = ops.full((batch,), self.n_best, dtype="int32") if sizes is None else ops.cast(sizes, "int32")
        longest = ops.max(limit, initial=0)
        width = longest if columns is None else columns
        places = ops.expand_dims(ops.arange(size, dtype="int32"), 0)
        usable = places < ops.expand_dims(ops.full_like(wanted, size) if sizes is None else wanted, 1)
        first = ops.logical_and(places == 0, ops.expand_dims(limit > 0, 1))
        fixed = {"memory": memory, "limit": ops.expand_dims(limit, 1), "wanted": ops.expand_dims(wanted, 1),
                 "usable": usable, **({} if minimum is None else {"minimum": spread(minimum, size)}),
                 **({} if prefix is None else {"prefix": spread(prefix, size)})}
        moving = {"state": keras.tree.map_structure(lambda leaf: spread(leaf, size), state),
                  "alive": ops.logical_and(first, usable), "token": ops.full((batch, size), START_ID, dtype="int32"),
                  "total": ops.zeros((batch, size), dtype="float32"),
                  "score": ops.where(places == 0, ops.zeros((batch, size)), NO_HYPOTHESIS),
                  "ids": ops.zeros((batch, size, width), dtype="int32"),
                  "parents": ops.zeros((batch, size, width), dtype="int32"),
                  "log_probs": ops.zeros((batch, size, width), dtype="float32"),
                  **({"coverage": ops.zeros((batch, size, source_time))} if self.coverage_penalty else {})}

        def body(index, now):
            return self._step(step, size, index, now, compiled=columns is not None)

        steps, found, attention = run_sentences(body, fixed, moving, longest, ("score", "ids", "parents", "log_probs"),
                                                columns)
        return _sorted(found, attention, size, steps if columns is None else columns)

    def _step(self, step, size, index, now, compiled):
        """One step of all sentences: `(sentences, weights)`."""
        alive, batch = now["alive"], ops.shape(now["alive"])[0]
        rows = {name: flat(now[name]) for name in ("token", "ids", "minimum", "prefix") if name in now}
        logits, state, weights = step(rows["token"], keras.tree.map_structure(flat, now["state"]), now["memory"])
        log_norm = log_normalizer(logits, compiled)
        choices = self.constraints.apply(logits, log_norm, index, ops.transpose(rows["ids"]), rows.get("minimum"),
                                         rows.get("prefix"))
        values, ids = best_choices(choices, size)  # (rows, number)
        number, vocabulary = ops.shape(values)[1], logits.shape[-1]
        weights = by_sentence(weights, alive)
        # What each hypothesis that goes on would become with each choice.
        gains = by_sentence(values - log_norm, alive)
        totals = ops.expand_dims(now["total"], -1) + gains
        open_ = ops.logical_and(ops.expand_dims(alive, -1), by_sentence(values, alive) > BLOCKED / 2)
        scores = totals / length_divisor(self.length_normalization, self.alpha, index + 1)
        if self.coverage_penalty:
            coverage = now["coverage"] + weights
            scores = scores + self._coverage_score(coverage, now["memory"]["mask"])
        scores = ops.reshape(ops.where(open_, scores, NO_HYPOTHESIS), (batch, size * number))
        # Those that have ended come first: among equals they win, and the bound below relies on it.
        score, chosen = largest(ops.concatenate([ops.where(alive, NO_HYPOTHESIS, now["score"]), scores], axis=1), size)
        goes_on, choice = chosen >= size, ops.maximum(chosen - size, 0)
        parents = ops.where(goes_on, choice // number, chosen)
        firsts = ops.expand_dims(ops.arange(batch, dtype="int32"), 1) * size  # each sentence's first row
        parent, choice = firsts + parents, firsts * number + choice
        token = ops.where(goes_on, taken(ids, choice), PADDING_ID)
        total = ops.where(goes_on, taken(totals, choice), taken(now["total"], parent))
        log_prob = taken(logits, parent * vocabulary + token) - taken(log_norm, parent)
        score = ops.where(now["usable"], score, NO_HYPOTHESIS)
        goes_on = ops.logical_and(goes_on, score > NO_HYPOTHESIS / 2)
        token, log_prob = ops.where(goes_on, token, PADDING_ID), ops.where(goes_on, log_prob, 0.0)
        alive = ops.logical_and(goes_on, ops.logical_and(ops.not_equal(token, END_ID), index + 1 < now["limit"]))
        if self.early_stopping:
            bound = total / length_divisor(self.length_normalization, self.alpha, now["limit"])
            bound = ops.max(ops.where(alive, bound, NO_HYPOTHESIS), axis=1, keepdims=True)
            better = ops.logical_and(ops.logical_not(alive), score >= bound)
            settled = ops.sum(ops.cast(better, "int32"), axis=1, keepdims=True) >= now["wanted"]
            score = ops.where(ops.logical_and(settled, alive), NO_HYPOTHESIS, score)
            alive = ops.logical_and(alive, ops.logical_not(settled))
        state = keras.tree.map_structure(lambda leaf: by_sentence(leaf, alive), state)
        moving = {name: now[name] for name in ("ids", "parents", "log_probs")}
        moving |= {"state": state, **({"coverage": coverage} if self.coverage_penalty else {})}
        moving = keras.tree.map_structure(lambda values: select(values, parents), moving)
        new = {"ids": token, "parents": parents, "log_probs": log_prob}
        return {**moving, "token": token, "total": total, "score": score, "alive": alive,
                **{name: put(moving[name], index, value) for name, value in new.items()}}, weights

    def _coverage_score(self, coverage, mask):
        """beta * the sum over real positions of log(min(coverage, 1)), `(sentences, size, 1)`."""
        logs = ops.where(ops.expand_dims(mask, 1), ops.log(ops.clip(coverage, 1e-6, 1.0)), 0.0)
        return self.coverage_penalty * ops.sum(logs, axis=2, keepdims=True)


def _sorted(found, attention, size, width):
    """The result: hypotheses by falling score; `attention` (width, sentences, size, source time)."""
    score, order = largest(found["score"], size)
    batch = ops.shape(score)[0]
    exists = ops.expand_dims(score > NO_HYPOTHESIS / 2, -1)
    ids, parents, log_probs = (select(found[name], order)[:, :, :width]
                               for name in ("ids", "parents", "log_probs"))
    ids = ops.where(exists, ids, PADDING_ID)
    real = ops.cast(ids > 0, "float32")
    log_probs = ops.where(exists, log_probs, 0.0)
    # What a hypothesis looked at stands where its parent stood at that step.
    firsts = ops.expand_dims(ops.arange(batch, dtype="int32"), 1) * size
    time = ops.reshape(ops.arange(width, dtype="int32"), (1, 1, -1)) * (batch * size)
    source_time = ops.shape(attention)[3]
    attention = ops.reshape(attention, (width * batch * size, source_time))
    attention = ops.take(attention, time + ops.expand_dims(firsts, -1) + parents, axis=0)
    n_best = {"ids": ids, "token_log_probs": log_probs, "log_prob": ops.sum(log_probs, axis=2), "score": score,
              "length": ops.sum(ops.cast(real, "int32"), axis=2), "attention": attention * ops.expand_dims(real, -1)}
    return {**{name: value[:, 0] for name, value in n_best.items()}, "n_best": n_best}
