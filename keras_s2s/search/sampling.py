"""Sampling."""

from dataclasses import dataclass

import numpy as np
from keras import ops

from keras_s2s.errors import UserError
from keras_s2s.search.backend import select
from keras_s2s.search.constraints import never_written
from keras_s2s.search.single_path import SinglePath


@dataclass(frozen=True)
class Sampling(SinglePath):
    """Draws every token from the model's distribution, or from a part of it; see `SinglePath`.

    With temperature T the probabilities are softmax(logits / T). `top_k` keeps the k most probable tokens (Fan et al.
    2018, section 5.4), `top_p` the fewest whose probabilities sum up to p or more (Holtzman et al. 2020, section 3.1);
    the rest is drawn in proportion.

    A sentence's samples come from its own stream of random numbers (`draws`), so that they do not depend on what it is
    batched with.

    Args:
        samples: int, at least 1. Targets drawn for each sentence. Defaults to 1.
        temperature: float from 0.001 to 100. Defaults to 1.
        top_k: int. 0: all tokens. Defaults to 0.
        top_p: float above 0, at most 1. Defaults to 1.
        seed: int of at least 0. Defaults to 0.
        constraints: what may be written.

    Call arguments:
        step, state, memory, limit, minimum, prefix, columns: see `SinglePath`.
        draws: `(batch, samples, time)` numbers of at least 0 and below 1, from `draws`; time at least the longest
            limit.

    Returns:
        dict of `SinglePath`'s values for the first sample of each sentence, and `n_best`, a dict of the same values for
        all of them, as they were drawn, on an axis behind the batch's.
    """

    samples: int = 1
    temperature: float = 1.0
    top_k: int = 0
    top_p: float = 1.0
    seed: int = 0

    def __post_init__(self):
        for name, least in (("samples", 1), ("top_k", 0), ("seed", 0)):
            value = getattr(self, name)
            if int(value) != value or value < least:
                raise UserError(f"{name}={value}", f"expected a whole number, {least} or more", f"use {least}")
        if not 0.001 <= self.temperature <= 100:  # beyond, what is blocked would no longer be, or numbers overflow
            raise UserError(f"temperature={self.temperature}", "expected a number from 0.001 to 100",
                            "use 1.0 for the model's own distribution, or greedy search in place of 0")
        if not 0 < self.top_p <= 1:
            raise UserError(f"top_p={self.top_p}", "expected a number above 0, at most 1", "use 1.0 for all tokens")

    def draws(self, keys, time):
        """Random numbers for sentences.

        Args:
            keys: for each sentence the bytes that stand for it; the same bytes give the same samples.
            time: int, how many tokens may be drawn.

        Returns:
            float32 array `(sentences, samples, time)`, at least 0 and below 1.
        """
        found = np.empty((len(keys), self.samples, time), "float32")
        for row, key in enumerate(keys):
            for sample in range(self.samples):
                stream = np.random.default_rng([self.seed, sample, *key])
                found[row, sample] = stream.random(time, "float32")
        return found

    def __call__(self, step, state, memory, limit, minimum=None, prefix=None, columns=None, draws=None):
        draws = ops.pad(draws, ((0, 0), (0, 0), (0, 1)))  # from no column JAX cannot take one, not even in theory
        n_best = self.follow(step, state, memory, limit, minimum, prefix, columns, self.samples, draws)
        return {**{name: value[:, 0] for name, value in n_best.items()}, "n_best": n_best}

    def choose(self, choices, logits, index, draws):
        choices, ids = never_written(choices) / self.temperature, None
        if self.top_k or self.top_p < 1.0:
            number = min(self.top_k, choices.shape[-1]) if self.top_k else choices.shape[-1]
            choices, ids = ops.top_k(choices, number)
        width = choices.shape[-1]
        probabilities = ops.softmax(choices, axis=-1) if width > 1 else ops.ones_like(choices)  # of one, Keras warns
        if self.top_p < 1.0:
            before = ops.cumsum(probabilities, axis=1) - probabilities
            probabilities = ops.where(before < self.top_p, probabilities, 0.0)
        # By rounding, the sums of some backends grow also where nothing is added.
        up_to = ops.where(probabilities > 0, ops.cumsum(probabilities, axis=1), 0.0)
        drawn = ops.expand_dims(ops.take(draws, index, axis=1), 1) * ops.max(up_to, axis=1, keepdims=True)
        # The first token that goes beyond the number, which is below the largest sum.
        place = ops.where(up_to > drawn, ops.arange(width, dtype="int32"), width)
        place = ops.min(place, axis=1, keepdims=True)
        token = place if ids is None else select(ids, place)
        return ops.squeeze(token, -1), ops.squeeze(select(logits, token), -1)
