"""How a translator decodes: every option, checked, and the search they make."""

import dataclasses
import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from numbers import Real

from keras_s2s.errors import UserError, shortened
from keras_s2s.ids import END_ID, UNKNOWN_ID
from keras_s2s.length_limits import LengthLimits
from keras_s2s.search import Beam, Constraints, Greedy, Sampling

UNKNOWN = ("keep", "forbid", "replace")

# Whole numbers, least and most: beyond, memory would run out, or the graph would be endless.
_WHOLE = {"beam_size": (1, 1000), "n_best": (1, 1000), "samples": (0, 1000), "top_k": (0, math.inf),
          "seed": (0, math.inf), "min_length": (0, 10_000), "max_length": (1, 10_000), "no_repeat_ngram": (0, 100)}
_NUMBERS = ("alpha", "coverage_penalty", "temperature", "top_p", "min_length_ratio", "max_length_ratio",
            "repetition_penalty")


@dataclass(frozen=True, kw_only=True)
class Decoding:
    """The options of a translation; without any it is greedy search.

    Args:
        beam_size: int, at most 1,000. Hypotheses that are kept, see `Beam`. Defaults to 1: greedy search.
        n_best: int. How many translations are wanted, at most the beam size or the samples. Defaults to 1.
        length_normalization: `"mean"`, `"gnmt"` or `"none"`; see `length_divisor`. Defaults to `"mean"`.
        alpha: float. Its exponent. Defaults to 1.
        coverage_penalty: float. Defaults to 0; GNMT's is 0.2.
        early_stopping: bool. Whether a beam stops once its result is certain. Defaults to `True`.
        samples: int, at most 1,000. Translations that are drawn at random, in place of a beam; see `Sampling`. Defaults
            to 0.
        temperature, top_k, top_p, seed: see `Sampling`.
        minimum_bayes_risk: bool. Whether the samples, or the beam's hypotheses, are ranked by how much they agree with
            each other; see `keras_s2s.reranking`. Defaults to `False`.
        min_length, min_length_ratio, max_length, max_length_ratio: limits in target tokens, alone or for each source
            token; see `LengthLimits`. No more than 10,000.
        forbid: target tokens that are never written.
        no_repeat_ngram, repetition_penalty: see `Constraints`.
        unknown: what becomes of unknown target tokens: `"keep"` (`<unk>`), `"forbid"` (the next best token) or
            `"replace"` (the source word that was looked at most). Defaults to `"keep"`.
        jit_compile: bool. Whether XLA compiles the search: single sentences become faster, but the first of every
            length takes seconds. Defaults to `False`.

    Raises:
        UserError: for values out of range, and options that have no effect or contradict each other.
    """

    beam_size: int = 1
    n_best: int = 1
    length_normalization: str = "mean"
    alpha: float = 1.0
    coverage_penalty: float = 0.0
    early_stopping: bool = True
    samples: int = 0
    temperature: float = 1.0
    top_k: int = 0
    top_p: float = 1.0
    seed: int = 0
    minimum_bayes_risk: bool = False
    min_length: int = 0
    min_length_ratio: float = 0.0
    max_length: int | None = None
    max_length_ratio: float | None = None
    forbid: tuple[str, ...] = ()
    no_repeat_ngram: int = 0
    repetition_penalty: float = 1.0
    unknown: str = "keep"
    jit_compile: bool = False
    lengths: LengthLimits = field(init=False, repr=False)

    def __post_init__(self):
        for name in (*_WHOLE, *_NUMBERS):
            if getattr(self, name) is not None or name not in ("max_length", "max_length_ratio"):
                self._check_number(name, *_WHOLE.get(name, ()))
        forbid = (self.forbid,) if isinstance(self.forbid, str) else self.forbid
        forbid = tuple(forbid) if isinstance(forbid, Iterable) else (None,)
        if not all(isinstance(token, str) for token in forbid):
            raise UserError(f"forbid={self.forbid!r}", "expected target tokens, as strings", "use () for none")
        object.__setattr__(self, "forbid", forbid)
        object.__setattr__(self, "lengths", LengthLimits(self.min_length, self.min_length_ratio, self.max_length,
                                                         self.max_length_ratio))
        for name in ("early_stopping", "minimum_bayes_risk", "jit_compile"):
            if not isinstance(getattr(self, name), bool):
                raise UserError(f"{name}={getattr(self, name)!r}", "expected True or False", "choose one of these")
        if self.unknown not in UNKNOWN:
            raise UserError(f"unknown={self.unknown!r}", f"expected one of {', '.join(UNKNOWN)}", "choose one of these")
        changed = self.changed
        for names, needed, which in (
                (("temperature", "top_k", "top_p", "seed"), "samples", "samples=1"),
                (("length_normalization", "alpha", "coverage_penalty", "early_stopping"), "beam_size", "beam_size=5")):
            useless = sorted(changed & set(names))
            if useless and needed not in changed:
                raise UserError(f"{useless[0]} without {needed}", "expected both, or neither",
                                f"add {which}, or leave {useless[0]} out")
        if self.length_normalization == "none" and "alpha" in changed:
            raise UserError(f"alpha={self.alpha} with length_normalization='none'", "expected a normalisation for it",
                            "leave one out")
        if {"samples", "beam_size"} <= changed:
            raise UserError(f"samples={self.samples} with beam_size={self.beam_size}", "expected one of them",
                            "leave one out")
        if self.n_best > self.hypotheses:
            raise UserError(f"n_best={self.n_best} of {self.hypotheses}",
                            "expected no more than the beam or the samples give", f"use beam_size={self.n_best}")
        if self.minimum_bayes_risk and self.hypotheses < 2:
            raise UserError("minimum_bayes_risk with one translation", "expected several to choose from",
                            "add samples=16, or beam_size=5")
        self._search(())  # checks the rest

    def _check_number(self, name, least=None, most=None):
        value = getattr(self, name)
        if isinstance(value, bool) or not isinstance(value, Real):
            raise UserError(f"{name}={shortened(value)}", "expected a number", f"leave {name} out for the default")
        if least is not None:
            if not least <= value <= most or value % 1:
                to = f" to {most:,}" if most < math.inf else " on"
                raise UserError(f"{name}={shortened(value)}", f"expected a whole number from {least}{to}",
                                f"use {most if value > most else least}")
            object.__setattr__(self, name, int(getattr(self, name)))

    @property
    def changed(self):
        """Names of the options that have another value than their default."""
        return {option.name for option in dataclasses.fields(self)
                if option.init and getattr(self, option.name) != option.default}

    @property
    def hypotheses(self):
        """How many translations the search finds of each text."""
        return self.samples or self.beam_size

    def search(self, target):
        """The search, for a target tokenizer.

        Raises:
            UserError: where a token of `forbid` is not in its vocabulary, or nothing is left to write.
        """
        vocabulary = {token: index for index, token in enumerate(target.get_vocabulary())}
        strange = [token for token in self.forbid if vocabulary.get(token, 0) == 0]
        if strange:
            raise UserError(f"{strange[0]!r} is to be forbidden", "expected a token of the target's vocabulary",
                            "forbid tokens as `--json` shows them, for example '▁word' with SentencePiece")
        ids = {vocabulary[token] for token in self.forbid} | ({UNKNOWN_ID} if self.unknown == "forbid" else set())
        if not set(range(END_ID + 1, len(vocabulary))) - ids:
            raise UserError("every token is forbidden", "expected some that may be written", "forbid fewer tokens")
        return self._search(ids)

    def _search(self, ids):
        constraints = Constraints(tuple(ids), self.no_repeat_ngram, self.repetition_penalty)
        if self.samples:
            return Sampling(constraints=constraints, samples=self.samples, temperature=self.temperature,
                            top_k=self.top_k, top_p=self.top_p, seed=self.seed)
        if self.beam_size == 1:
            return Greedy(constraints)
        # Where several are wanted all are: texts of different tokens may be the same, and leave a place to another.
        several = self.minimum_bayes_risk or self.n_best > 1
        return Beam(size=self.beam_size, n_best=self.beam_size if several else 1,
                    length_normalization=self.length_normalization, alpha=self.alpha,
                    coverage_penalty=self.coverage_penalty, early_stopping=self.early_stopping, constraints=constraints)
