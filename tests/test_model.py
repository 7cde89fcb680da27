"""The model under Keras' own fit, evaluate and save."""

import subprocess
import sys

import keras
import numpy as np
import pytest

from keras_s2s.layers import (
    AttentionDecoder,
    BahdanauAttention,
    CopyBridge,
    CoverageAttention,
    DenseBridge,
    RNNDecoder,
    RNNEncoder,
    ZeroBridge,
)
from keras_s2s.model import Seq2Seq

RANDOM = np.random.default_rng(0)
SOURCE = np.array([[5, 6, 7, 8, 3], [9, 10, 3, 0, 0], [4, 3, 0, 0, 0]])
LABELS = np.array([[8, 7, 6, 5, 3], [10, 9, 3, 0, 0], [4, 3, 0, 0, 0]])
SHIFTED = np.concatenate([np.full((3, 1), 2), LABELS[:, :-1]], axis=1)
# For a step or two, tracing TensorFlow's graph takes longer than running without it; JAX is slow without compiling.
EAGER = keras.backend.backend() == "tensorflow"
INPUTS = {"source": SOURCE, "target_input": np.where(LABELS > 0, SHIFTED, 0)}


def _model(attend="after", cell="gru", attention=BahdanauAttention, decoder_cell=None, dropout=0.0):
    return Seq2Seq(RNNEncoder(12, units=8, cell=cell, dropout=dropout),
                   AttentionDecoder(12, 12, attention(12), attend=attend, cell=decoder_cell or cell, dropout=dropout))


def _without_attention(context="both", cell="gru"):
    return Seq2Seq(RNNEncoder(12, units=8, cell=cell), RNNDecoder(12, 12, context, cell=cell))


def _numpy(tensor):
    return keras.ops.convert_to_numpy(tensor)


LEARNERS = {
    "after, additive, GRU": _model,
    "before, coverage, GRU to LSTM": lambda: _model("before", "gru", CoverageAttention, "lstm"),
    "without attention": _without_attention}


@pytest.mark.training
@pytest.mark.parametrize("name", LEARNERS)
def test_learns_by_heart_and_generates_it(name):
    keras.utils.set_random_seed(1)
    model = LEARNERS[name]()
    model.compile(optimizer=keras.optimizers.Adam(0.03))
    history = model.fit(INPUTS, LABELS, epochs=40, verbose=0).history
    assert history["token_accuracy"][-1] == 1.0
    assert history["perplexity"][-1] < 1.1
    result = model.generate(SOURCE)
    np.testing.assert_array_equal(result["ids"], LABELS)
    if model.decoder.attends:
        np.testing.assert_allclose(result["attention"].sum(-1), LABELS > 0, atol=1e-5)
    else:
        assert not result["attention"].any()
    np.testing.assert_allclose(result["log_prob"], result["token_log_probs"].sum(1), atol=1e-5)


@pytest.mark.parametrize("mask", [None, np.array([[True] * 4, [True] * 2 + [False] * 2])])
def test_features_are_sources_too(mask):
    model = Seq2Seq(RNNEncoder(units=8), AttentionDecoder(12, 12, BahdanauAttention(12)))
    features = np.random.default_rng(0).normal(size=(2, 4, 3)).astype("float32")
    result = model.generate(features, mask, limit=[5, 3])
    assert result["attention"].shape[::2] == (2, 4)
    logits = model({"source": features, "target_input": INPUTS["target_input"][:2],
                    **({} if mask is None else {"source_mask": mask})})
    assert logits.shape == (2, 5, 12)
    assert model.generate(features, mask)["ids"].shape[1] <= 10 + 2 * 4


def test_loss_and_metrics_do_not_see_padding():
    model = _model()
    model.compile(run_eagerly=EAGER)
    wider = {name: np.pad(ids, ((0, 0), (0, 3))) for name, ids in INPUTS.items()}
    narrow = model.evaluate(INPUTS, LABELS, verbose=0, return_dict=True)
    wide = model.evaluate(wider, np.pad(LABELS, ((0, 0), (0, 3))), verbose=0, return_dict=True)
    for name in narrow:
        np.testing.assert_allclose(wide[name], narrow[name], rtol=1e-5)


@pytest.mark.skipif(keras.backend.backend() == "jax", reason="under JAX, Keras' fit shows its losses no masks")
@pytest.mark.training
def test_keras_own_loss_from_logits_is_taken_and_masked():
    model = _model()
    model.compile(optimizer=keras.optimizers.Adam(0.1), run_eagerly=EAGER)
    model.fit(INPUTS, LABELS, epochs=10, verbose=0)  # now padding, never seen, would cost much more than the rest
    model.compile(loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True), run_eagerly=EAGER)
    theirs = model.evaluate(INPUTS, LABELS, verbose=0, return_dict=True)["loss"]
    model.compile(run_eagerly=EAGER)
    np.testing.assert_allclose(theirs, model.evaluate(INPUTS, LABELS, verbose=0, return_dict=True)["loss"], rtol=1e-5)


@pytest.mark.parametrize("loss", [
    "sparse_categorical_crossentropy", keras.losses.SparseCategoricalCrossentropy(),
    ["sparse_categorical_crossentropy"],
    keras.losses.sparse_categorical_crossentropy])
def test_a_loss_that_takes_probabilities_is_refused(loss):
    with pytest.raises(ValueError, match="from_logits=True"):
        _model().compile(loss=loss)


@pytest.mark.parametrize("metric", [
    "sparse_categorical_crossentropy", keras.metrics.SparseCategoricalCrossentropy()])
def test_a_metric_that_takes_probabilities_is_refused(metric):
    with pytest.raises(ValueError, match="from_logits=True"):
        _model().compile(metrics=[metric])
    with pytest.raises(ValueError, match="from_logits=True"):
        _model().compile(weighted_metrics=[metric])


def test_metrics_that_compare_logits_are_taken():
    model = _model()
    model.compile(metrics=["sparse_categorical_accuracy",
                           keras.metrics.SparseCategoricalCrossentropy(from_logits=True)], run_eagerly=EAGER)
    assert "sparse_categorical_accuracy" in model.evaluate(INPUTS, LABELS, verbose=0, return_dict=True)


@pytest.mark.training
def test_keras_file_in_a_fresh_process(tmp_path):
    model = _model("before", "lstm", CoverageAttention)
    model.compile(run_eagerly=EAGER)
    model.fit(INPUTS, LABELS, verbose=0)
    np.savez(tmp_path / "expected.npz", logits=_numpy(model(INPUTS)), **INPUTS)
    model.save(tmp_path / "model.keras")
    script = (
        "import keras, numpy as np, keras_s2s.model, keras_s2s.layers\n"
        f"expected = np.load(r'{tmp_path / 'expected.npz'}')\n"
        f"model = keras.models.load_model(r'{tmp_path / 'model.keras'}')\n"
        "logits = model({name: expected[name] for name in ('source', 'target_input')})\n"
        "logits = keras.ops.convert_to_numpy(logits)\n"
        "assert np.array_equal(logits, expected['logits']), np.abs(logits - expected['logits']).max()\n"
        "assert model.compiled and model.optimizer.iterations == 1\n")
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]


@pytest.mark.parametrize("decoder, bridge", [
    (lambda: AttentionDecoder(12, 6, BahdanauAttention(6)), lambda: DenseBridge(6)),
    (lambda: AttentionDecoder(12, 8, CoverageAttention(6), input_feeding=True), lambda: CopyBridge(8)),
    (lambda: RNNDecoder(12, 6, "every_step", summary="mean"), lambda: ZeroBridge(6))])
def test_layers_compose_with_keras_inputs(decoder, bridge):
    source, target = keras.Input((None,), dtype="int32"), keras.Input((None,), dtype="int32")
    encoder, decoder, bridge = RNNEncoder(12, units=4), decoder(), bridge()
    values, final_state, mask = encoder(source, fused=True)
    memory = decoder.build_memory(values, mask, final_state)
    logits = decoder(target, memory, decoder.initial_state(bridge(final_state, values, mask), memory))
    model = keras.Model([source, target], logits)
    assert model([SOURCE, INPUTS["target_input"]]).shape == (3, 5, 12)


@pytest.mark.skipif(keras.backend.backend() != "tensorflow", reason="about the graphs that TensorFlow traces")
def test_cudnn_in_training_at_most_never_in_generation(monkeypatch):
    import tensorflow as tf

    monkeypatch.setattr(tf.config, "list_logical_devices", lambda kind=None: ["a GPU"])
    model = _model()
    model.build()
    ids = tf.TensorSpec([None, None], tf.int32)

    def operations(function, *specs):
        graph = tf.function(function).get_concrete_function(*specs).graph.as_graph_def()
        nodes = [*graph.node, *(node for f in graph.library.function for node in f.node_def)]
        return {node.op for node in nodes}

    training = operations(lambda source, target: model({"source": source, "target_input": target}), ids, ids)
    assert any("Cudnn" in op for op in training)  # the patch works: the fused path would use it
    assert not any("Cudnn" in op for op in operations(lambda source: model.encode(source), ids))


def test_the_bridge_suits_the_decoder():
    for name, kind in (("dense", DenseBridge), ("copy", CopyBridge), ("zero", ZeroBridge)):
        decoder = AttentionDecoder(5, 6, BahdanauAttention(3), cell="lstm", layers=2)
        bridge = Seq2Seq(RNNEncoder(5, 3), decoder, bridge=name).bridge
        assert type(bridge) is kind
        assert (bridge.units, bridge.layers, bridge.state_names) == (6, 2, ("hidden", "cell"))
    for context, kind in (("initial", DenseBridge), ("both", DenseBridge), ("every_step", ZeroBridge)):
        assert type(Seq2Seq(RNNEncoder(5), RNNDecoder(5, context=context)).bridge) is kind


def test_a_model_from_its_configuration():
    model = Seq2Seq(RNNEncoder(12, 3, 6, layers=2), RNNDecoder(12, 6, "both", layers=2), "mean", tie_embeddings=True)
    model.build()
    copy = keras.saving.deserialize_keras_object(keras.saving.serialize_keras_object(model))
    copy.build()
    assert [weight.shape for weight in copy.weights] == [weight.shape for weight in model.weights]
    for own, given in zip(copy.weights, model.weights, strict=True):
        own.assign(given)
    np.testing.assert_allclose(_numpy(copy(INPUTS)), _numpy(model(INPUTS)), rtol=1e-6)


def test_scheduled_sampling_reads_what_was_predicted():
    model = _model()
    model.build()
    target = np.array([[2, 4, 5, 6, 7], [2, 8, 9, 0, 0], [2, 5, 5, 5, 0]])
    inputs = {"source": SOURCE, "target_input": target}
    predicted = np.argmax(_numpy(model(inputs)), axis=-1)
    sampled = np.array([[True, True, False, True, False], [False, False, True, True, True], [False] * 5])
    mixed = target.copy()
    for row, time in ((0, 1), (0, 3), (1, 2)):  # not the first position, no padding
        mixed[row, time] = predicted[row, time - 1]
    assert np.any(mixed != target)
    expected = model({"source": SOURCE, "target_input": mixed})
    found = model({**inputs, "sampled": sampled}, training=True)
    np.testing.assert_allclose(_numpy(found), _numpy(expected), atol=1e-6)
    # In training alone:
    np.testing.assert_allclose(_numpy(model({**inputs, "sampled": sampled})), _numpy(model(inputs)))


@pytest.mark.parametrize("attend", ["after", "before"])
def test_a_model_in_mixed_precision_decodes_in_float32(attend):
    policy = keras.config.dtype_policy()
    try:
        keras.config.set_dtype_policy("mixed_bfloat16")
        mixed = _model(attend)
        mixed.build()
    finally:
        keras.config.set_dtype_policy(policy)
    plain = _model(attend)
    plain.build()
    plain.set_weights(mixed.get_weights())
    assert mixed(INPUTS, training=True).dtype != plain(INPUTS).dtype
    found, expected = (model.generate(SOURCE) for model in (mixed, plain))
    np.testing.assert_array_equal(found["ids"], expected["ids"])
    np.testing.assert_array_equal(found["log_prob"], expected["log_prob"])
    assert mixed.decoder.compute_dtype == "bfloat16"
