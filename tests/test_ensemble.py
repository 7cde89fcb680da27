"""Several models that decode together."""

import keras
import numpy as np
import pytest
from keras import ops
from keras.config import backend

from keras_s2s.ensemble import Ensemble
from keras_s2s.errors import UserError
from keras_s2s.layers import (
    AttentionDecoder,
    BahdanauAttention,
    CoverageAttention,
    RNNDecoder,
    RNNEncoder,
)
from keras_s2s.model import Seq2Seq
from keras_s2s.search import Beam, Constraints, Forced, Greedy, Sampling

SOURCE = np.array([[5, 6, 7, 8, 3], [9, 10, 3, 0, 0], [4, 3, 0, 0, 0]], "int32")
LIMIT = np.array([7, 6, 0], "int32")
KINDS = {
    "after": lambda: AttentionDecoder(9, 6, BahdanauAttention(6)),
    "before, LSTM, coverage": lambda: AttentionDecoder(9, 8, CoverageAttention(8), attend="before", cell="lstm",
                                                      input_feeding=True),
    "no attention": lambda: RNNDecoder(9, 6, "both")}


def untrained(kind, seed, source_vocabulary=11):
    """A model whose weights are random and large, so that its answers differ from source to source."""
    model = Seq2Seq(RNNEncoder(source_vocabulary, units=5), KINDS[kind]())
    model.build()
    chance = np.random.default_rng(seed)
    for variable in model.weights:
        variable.assign(chance.normal(0, 0.8, variable.shape))
    return model


@pytest.fixture(scope="module")
def models():
    return [untrained("after", 1), untrained("before, LSTM, coverage", 2), untrained("no attention", 3)]


def decode(model, search, **options):
    memory, state = model.encode(ops.convert_to_tensor(SOURCE))
    options = {name: ops.convert_to_tensor(value) for name, value in options.items()}
    return keras.tree.map_structure(ops.convert_to_numpy, search(
        model.step, state, memory, ops.convert_to_tensor(LIMIT), **options))


def log_softmax(logits):
    logits = ops.convert_to_numpy(logits)
    return logits - np.logaddexp.reduce(logits, axis=-1, keepdims=True)


SEARCHES = {"greedy": Greedy(), "beam with constraints": Beam(2, constraints=Constraints((5,), 2)),
            "sampling": Sampling(samples=2, top_p=0.9)}


@pytest.mark.parametrize("kind", SEARCHES)
def test_equal_models_are_one(models, kind):
    search = SEARCHES[kind]
    options = {"draws": search.draws([b"a", b"b", b"c"], 7)} if kind == "sampling" else {}
    found, expected = (decode(each, search, **options) for each in (Ensemble([models[1]] * 2), models[1]))
    keras.tree.assert_same_structure(found, expected)
    for one, other in zip(keras.tree.flatten(found), keras.tree.flatten(expected), strict=True):
        np.testing.assert_allclose(one, other, atol=1e-5)


def test_a_step_is_the_mean_of_log_probabilities_and_of_weights(models):
    ensemble = Ensemble(models)
    source = ops.convert_to_tensor(SOURCE)
    memory, state = ensemble.encode(source)
    encoded = [model.encode(source) for model in models]
    states = [state for _, state in encoded]
    for token in ([2, 2, 2], [4, 8, 3], [7, 0, 1]):  # the state goes on from step to step
        token = ops.convert_to_tensor(token, "int32")
        logits, state, weights = ensemble.step(token, state, memory)
        steps = [model.step(token, states[number], encoded[number][0]) for number, model in enumerate(models)]
        states = [after for _, after, _ in steps]
        expected = np.mean([log_softmax(one) for one, _, _ in steps], axis=0)
        np.testing.assert_allclose(ops.convert_to_numpy(logits), expected, atol=1e-5)
        expected = np.mean([ops.convert_to_numpy(one) for _, _, one in steps], axis=0)
        np.testing.assert_allclose(ops.convert_to_numpy(weights), expected, atol=1e-6)


def test_what_it_writes_is_the_best_of_the_means(models):
    """Greedily, in plain NumPy, by scoring each model's continuations; and it is no single model's answer."""
    ensemble = Ensemble(models)
    found = decode(ensemble, Greedy())
    for row in range(2):
        target = [int(token) for token in found["ids"][row] if token]
        labels = ops.convert_to_tensor([[*target[:-1], token] for token in range(1, 9)], "int32")
        inputs = ops.convert_to_tensor([[2, *target[:-1]]] * 8, "int32")
        source = ops.convert_to_tensor(np.repeat(SOURCE[row:row + 1], 8, axis=0))
        means = []
        for model in models:
            memory, state = model.encode(source)
            means.append(ops.convert_to_numpy(Forced()(model.step, state, memory, inputs, labels)["token_log_probs"]))
        means = np.mean(means, axis=0)[:, -1]
        allowed = [token for token in range(1, 9) if token != 2]
        assert target[-1] == max(allowed, key=lambda token: means[token - 1])
    alone = [decode(model, Greedy()) for model in models]
    assert all(not np.array_equal(found["ids"][:2, :2], one["ids"][:2, :2]) or
               not np.allclose(found["log_prob"], one["log_prob"]) for one in alone)


def test_log_probabilities_are_normalised(models):
    """Those of a step add up to 1, though the means do not."""
    ensemble = Ensemble(models)
    memory, state = ensemble.encode(ops.convert_to_tensor(SOURCE[:1]))
    logits, _, _ = ensemble.step(ops.convert_to_tensor([2], "int32"), state, memory)
    assert np.exp(ops.convert_to_numpy(logits)).sum() < 0.99
    found = decode(ensemble, Greedy())
    first = log_softmax(logits)[0]
    np.testing.assert_allclose(found["token_log_probs"][0, 0], first[found["ids"][0, 0]], atol=1e-5)


@pytest.mark.skipif(backend() != "tensorflow", reason="about the graphs that TensorFlow traces")
def test_in_a_graph(models):
    import tensorflow as tf

    ensemble, expected = Ensemble(models), decode(Ensemble(models), Beam(3))

    @tf.function
    def run(source, limit):
        memory, state = ensemble.encode(source)
        return Beam(3)(ensemble.step, state, memory, limit)

    # So many that those that have ended leave the loop, each model's memory with them.
    found = run(tf.tile(SOURCE, [7, 1]), tf.tile(LIMIT, [7]))
    for name in ("ids", "log_prob", "attention"):
        np.testing.assert_allclose(found[name], np.concatenate([expected[name]] * 7), atol=1e-5)


def test_its_weights_are_those_of_all(models):
    ensemble = Ensemble(models)
    assert len(ensemble.weights) == sum(len(model.weights) for model in models)
    assert ensemble.weights[0] is models[0].weights[0]
    assert ensemble.built


def test_what_cannot_decode_together(models):
    with pytest.raises(UserError, match=r"(?s)An ensemble of 1 models.*Expected two or more"):
        Ensemble(models[:1])
    with pytest.raises(UserError, match=r"An ensemble of 0 models"):
        Ensemble([])
    with pytest.raises(UserError, match=r"\[\(11, 9\), \(12, 9\)\]"):
        Ensemble([models[0], untrained("after", 0, source_vocabulary=12)])
    other = Seq2Seq(RNNEncoder(11, units=5), RNNDecoder(10, 6))
    with pytest.raises(UserError, match=r"\[\(11, 9\), \(11, 10\)\]"):
        Ensemble([models[0], other])
