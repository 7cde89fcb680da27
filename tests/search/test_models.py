"""The searches over real models with random weights: of every kind of decoder, alone and in a batch."""

import keras
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from keras import ops
from keras.config import backend
from toys import END, NO_HYPOTHESIS, START, assert_same_row, hypotheses, targets

from keras_s2s.layers import (
    AttentionDecoder,
    CoverageAttention,
    LocationAttention,
    LuongAttention,
    RNNDecoder,
    RNNEncoder,
)
from keras_s2s.model import Seq2Seq
from keras_s2s.search import Beam, Constraints, Forced, Greedy, Sampling

VOCABULARY = 9
DECODERS = {
    "general, before": lambda: AttentionDecoder(VOCABULARY, 6, LuongAttention(6), attend="before", cell="lstm"),
    "coverage, input feeding": lambda: AttentionDecoder(VOCABULARY, 6, CoverageAttention(6), input_feeding=True,
                                                        layers=2),
    "location, before": lambda: AttentionDecoder(VOCABULARY, 6, LocationAttention(6, filters=2, kernel_size=3),
                                                 attend="before"),
    "no attention": lambda: RNNDecoder(VOCABULARY, 6, "both", summary="mean")}
EVERY = pytest.mark.parametrize("kind", DECODERS if backend() == "tensorflow" else ["coverage, input feeding",
                                                                                  "no attention"])


def untrained(kind, seed=0):
    """A model whose weights are random and large, so that its answers differ from source to source."""
    model = Seq2Seq(RNNEncoder(11, units=5, cell="gru"), DECODERS[kind]())
    model.build()
    chance = np.random.default_rng(seed)
    for variable in model.weights:
        variable.assign(chance.normal(0, 0.8, variable.shape))
    return model


MODELS: dict = {}


def decode(kind, search, source, limit, **options):
    """The result of a search as NumPy arrays."""
    model = MODELS.setdefault(kind, untrained(kind))
    memory, state = model.encode(ops.convert_to_tensor(source))
    options = {name: ops.convert_to_tensor(value) for name, value in options.items()}
    found = search(model.step, state, memory, ops.convert_to_tensor(np.asarray(limit, "int32")), **options)
    return keras.tree.map_structure(ops.convert_to_numpy, found)


def scored(kind, source, ids):
    """What forced decoding says of targets `(batch, time)`."""
    memory, state = MODELS[kind].encode(ops.convert_to_tensor(source))
    inputs = np.concatenate([np.full((len(ids), 1), START), ids[:, :-1]], axis=1).astype("int32")
    found = Forced()(MODELS[kind].step, state, memory, ops.convert_to_tensor(inputs), ops.convert_to_tensor(ids))
    return keras.tree.map_structure(ops.convert_to_numpy, found)


def sources(lengths, seed):
    """Random ids of these lengths with their end tokens, padded."""
    chance = np.random.default_rng(seed)
    ids = np.zeros((len(lengths), max(lengths) + 1), "int32")
    for row, length in enumerate(lengths):
        ids[row, :length + 1] = [*chance.integers(4, 11, length), END]
    return ids


@EVERY
@settings(deadline=None, max_examples=3 if backend() == "tensorflow" else 2)
@given(lengths=st.lists(st.integers(1, 6), min_size=3, max_size=3), seed=st.integers(0, 99), size=st.integers(1, 5),
       early_stopping=st.booleans(), penalty=st.sampled_from([0.0, 0.2]), limit=st.integers(1, 8))
def test_what_a_beam_says_is_so(kind, lengths, seed, size, early_stopping, penalty, limit):
    """Sorted, each target once, with the log-probabilities and the attention that forced decoding finds."""
    source = sources(lengths, seed)
    search = Beam(size, size, early_stopping=early_stopping, coverage_penalty=penalty)
    found = decode(kind, search, source, [limit] * len(lengths))
    for row in range(len(lengths)):
        scores = found["n_best"]["score"][row]
        assert np.all(np.diff(scores) <= 0)
        number = np.sum(scores > NO_HYPOTHESIS / 2)
        assert number == len(hypotheses(found, row)) == min(size, VOCABULARY - 2)
    best = {name: value.reshape(-1, *value.shape[2:])[found["n_best"]["score"].ravel() > NO_HYPOTHESIS / 2]
            for name, value in found["n_best"].items()}
    np.testing.assert_allclose(best["log_prob"], best["token_log_probs"].sum(1), atol=1e-5)
    if not penalty:
        np.testing.assert_allclose(best["score"], best["log_prob"] / best["length"], atol=1e-5)
    again = scored(kind, np.repeat(source, number, axis=0), best["ids"].astype("int32"))
    for name in again:
        np.testing.assert_allclose(best[name], again[name], atol=1e-4, err_msg=name)
    for target, length in zip(targets(best["ids"]), best["length"], strict=True):
        assert len(target) == length <= limit
        assert target[-1] == END or length == limit
        assert END not in target[:-1]


SEARCHES = {
    "greedy": Greedy(),
    "beam": Beam(4, 2),
    "patient beam": Beam(3, early_stopping=False, length_normalization="gnmt", alpha=0.6, coverage_penalty=0.2),
    "beam with constraints": Beam(3, 3, constraints=Constraints((5,), 2, 1.3)),
    "sampling": Sampling(samples=3, temperature=0.8, seed=4),
    "sampling of few": Sampling(samples=2, top_k=4, top_p=0.9, constraints=Constraints((5,), 2, 1.3))}


@pytest.mark.parametrize("mode", SEARCHES)
def test_a_row_does_not_depend_on_the_others(mode):
    """Alone it is what it is among longer ones."""
    kind, search = "coverage, input feeding", SEARCHES[mode]
    source, limit, options = sources([2, 6, 1, 4], seed=8), [5, 9, 7, 3], {}
    if search.constraints != Constraints():
        options = {"minimum": np.array([3, 8, 0, 1], "int32"),
                   "prefix": np.array([[4, 6], [0, 0], [7, 0], [8, 8]], "int32")}
    if mode.startswith("sampling"):
        options["draws"] = search.draws([row.tobytes() for row in source], max(limit))
    together = decode(kind, search, source, limit, **options)
    for row in (0, 2):
        one = slice(row, row + 1)
        alone = decode(kind, search, source[one, :np.sum(source[row] > 0)], limit[one],
                       **{name: value[one] for name, value in options.items()})
        assert_same_row(together, row, alone, 0)
