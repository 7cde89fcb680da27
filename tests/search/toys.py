"""Toy models of which everything can be enumerated, and what tests do with searches."""

import itertools
import math

import keras
import numpy as np
from keras import ops

from keras_s2s.layers.attention import rows_of_a_source

PADDING, UNKNOWN, START, END = range(4)
NO_HYPOTHESIS = -1e9


class Markov:
    """The last two tokens decide: each has a table of the next one's logits, and the two are added up.

    (With a single table, targets of the same pairs of tokens would be equally likely.)

    Args:
        tables: `(batch, 2, vocabulary, vocabulary)`, logits of the next token (last axis) for the last token, and for
            the one before it; the state holds that. Before the first token there are two start tokens.
        weights: `(batch, vocabulary, source time)`, attention weights by last token. Defaults to 1 for each source's
            only position.
        mask: `(batch, source time)` bool. Defaults to all real.
    """

    def __init__(self, tables, weights=None, mask=None):
        self.tables = np.asarray(tables, "float32")
        batch, _, vocabulary, _ = self.tables.shape
        self.weights = np.ones((batch, vocabulary, 1), "float32") if weights is None else weights
        self.mask = np.ones((batch, self.weights.shape[2]), "bool") if mask is None else mask

    @classmethod
    def random(cls, batch, vocabulary=6, seed=0, scale=1.0, source_time=3):
        """Normal logits; weights that add up to 1."""
        chance = np.random.default_rng(seed)
        tables = scale * chance.normal(size=(batch, 2, vocabulary, vocabulary))
        weights = chance.dirichlet(np.full(source_time, 0.5), (batch, vocabulary))
        return cls(tables, weights.astype("float32"))

    def of(self, *sources):
        """The toy with some of its sources."""
        return Markov(*(values[list(sources)] for values in (self.tables, self.weights, self.mask)))

    def start(self):
        """`(memory, state)`."""
        memory = {"tables": self.tables, "weights": self.weights, "mask": self.mask}
        before = ops.full((len(self.tables),), START, dtype="int32")
        return {name: ops.convert_to_tensor(value) for name, value in memory.items()}, {"before": before}

    def step(self, token, state, memory):
        sources, vocabulary = ops.shape(memory["mask"])[0], memory["tables"].shape[2]
        source = ops.repeat(ops.arange(sources, dtype="int32"), rows_of_a_source(ops.shape(token)[0], sources))

        def looked_up(table, tokens):
            rows = ops.reshape(table, (sources * vocabulary, ops.shape(table)[2]))
            return ops.take(rows, source * vocabulary + tokens, axis=0)

        logits = (looked_up(memory["tables"][:, 0], token) + looked_up(memory["tables"][:, 1], state["before"]))
        return logits, {"before": token}, looked_up(memory["weights"], token)

    def log_probs(self, source, target):
        """What each token of a target adds to its log-probability."""
        last, before = self.tables[source].astype("float64")
        logits = last[[START, *target[:-1]]] + before[[START, START, *target][:len(target)]]
        return (logits - np.logaddexp.reduce(logits, axis=1, keepdims=True))[np.arange(len(target)), target]

    def attention(self, source, target):
        """The weights of the steps that wrote a target, `(tokens, source time)`."""
        return self.weights[source][[START, *target[:-1]]]

    def score(self, source, target, length_normalization="mean", alpha=1.0, coverage_penalty=0.0):
        """A target's score in a beam search, from its definition."""
        length = len(target)
        divisor = {"none": 1.0, "mean": length ** alpha, "gnmt": ((5 + length) / 6) ** alpha}[length_normalization]
        covered = np.minimum(self.attention(source, target).sum(0), 1.0)[self.mask[source]]
        return math.fsum(self.log_probs(source, target)) / divisor + coverage_penalty * np.log(covered).sum()


class Constant:
    """At every step the same logits, `(batch, vocabulary)`."""

    def __init__(self, logits):
        self.logits = np.asarray(logits, "float32")

    def start(self):
        """`(memory, state)`."""
        mask = np.ones((len(self.logits), 1), "bool")
        return {"logits": ops.convert_to_tensor(self.logits), "mask": ops.convert_to_tensor(mask)}, {}

    def step(self, token, state, memory):
        rows = ops.shape(token)[0]
        logits = ops.repeat(memory["logits"], rows_of_a_source(rows, ops.shape(memory["mask"])[0]), axis=0)
        return logits, state, ops.ones((rows, 1))


def every_target(vocabulary, limit):
    """All that a search may write within a limit: each ends with the end token or at the limit."""
    letters = [UNKNOWN, *range(4, vocabulary)]
    for length in range(limit):
        yield from ((*begun, END) for begun in itertools.product(letters, repeat=length))
    yield from itertools.product(letters, repeat=limit)


def decode(search, model, limit, **options):
    """The result of a search over a toy, as NumPy arrays; `limit` for each source, or one for all of them."""
    memory, state = model.start()
    limit = np.broadcast_to(np.asarray(limit, "int32"), (memory["mask"].shape[0],))
    options = {name: ops.convert_to_tensor(value) if isinstance(value, np.ndarray) else value
               for name, value in options.items()}
    found = search(model.step, state, memory, ops.convert_to_tensor(limit), **options)
    return keras.tree.map_structure(ops.convert_to_numpy, found)


def targets(ids):
    """Ids `(..., time)` without their padding, as tuples."""
    return [tuple(int(token) for token in row if token) for row in ids]


def hypotheses(found, source):
    """A source's hypotheses, best first: `{target: score}`."""
    n_best = {name: value[source] for name, value in found["n_best"].items()}
    exists = n_best["score"] > NO_HYPOTHESIS / 2
    return dict(zip(targets(n_best["ids"][exists]), n_best["score"][exists].tolist(), strict=True))


def assert_same_row(found, row, expected, other, tolerance=1e-5):
    """Row `row` of a result equals row `other` of another, whatever their numbers of columns and hypotheses."""
    assert found.keys() == expected.keys()
    for name in found:
        if name == "n_best":
            first, second = ({part: value[index] for part, value in result["n_best"].items()}
                             for result, index in ((found, row), (expected, other)))
            for place in range(min(len(first["ids"]), len(second["ids"]))):
                assert_same_row(first, place, second, place, tolerance)
            continue
        one, two = found[name][row], expected[name][other]
        if one.ndim:  # (time,) or (time, source time)
            shape = np.maximum(one.shape, two.shape)
            one, two = (np.pad(value, [(0, size) for size in shape - value.shape]) for value in (one, two))
        np.testing.assert_allclose(one, two, rtol=tolerance, atol=tolerance, err_msg=name)
