"""The model under Keras' own fit, evaluate and save."""

import subprocess
import sys

import keras
import numpy as np
import pytest

from keras_s2s.layers import AttentionDecoder, BahdanauAttention, Bridge, LuongAttention, RNNEncoder
from keras_s2s.model import Seq2Seq

RANDOM = np.random.default_rng(0)
SOURCE = np.array([[5, 6, 7, 8, 3], [9, 10, 3, 0, 0], [4, 3, 0, 0, 0]])
LABELS = np.array([[8, 7, 6, 5, 3], [10, 9, 3, 0, 0], [4, 3, 0, 0, 0]])
SHIFTED = np.concatenate([np.full((3, 1), 2), LABELS[:, :-1]], axis=1)
INPUTS = {"source": SOURCE, "target_input": np.where(LABELS > 0, SHIFTED, 0)}


def _model(attend="after", cell="gru", attention=BahdanauAttention, decoder_cell=None, dropout=0.0):
    return Seq2Seq(RNNEncoder(12, units=8, cell=cell, dropout=dropout),
                   AttentionDecoder(12, 12, attention(12), attend=attend, cell=decoder_cell or cell, dropout=dropout))


@pytest.mark.training
@pytest.mark.parametrize("attend, cell, attention, decoder_cell", [
    ("after", "gru", BahdanauAttention, None), ("before", "gru", LuongAttention, "lstm"),
    ("before", "lstm", BahdanauAttention, "gru")])
def test_learns_by_heart_and_generates_it(attend, cell, attention, decoder_cell):
    keras.utils.set_random_seed(1)
    model = _model(attend, cell, attention, decoder_cell)
    model.compile(optimizer=keras.optimizers.Adam(0.03))
    model.fit(INPUTS, LABELS, epochs=80, verbose=0)
    scores = model.evaluate(INPUTS, LABELS, verbose=0, return_dict=True)
    assert scores["token_accuracy"] == 1.0
    assert scores["perplexity"] < 1.5
    result = model.generate(SOURCE)
    np.testing.assert_array_equal(result["ids"], LABELS)
    np.testing.assert_allclose(result["attention"].sum(-1), LABELS > 0, atol=1e-5)
    np.testing.assert_allclose(result["log_prob"], result["token_log_probs"].sum(1), atol=1e-5)


@pytest.mark.parametrize("attend", ["after", "before"])
def test_every_weight_gets_a_gradient(attend):
    import tensorflow as tf

    model = _model(attend)
    with tf.GradientTape() as tape:
        loss = keras.ops.mean(keras.ops.square(model(INPUTS, training=True)))
    variables = [variable.value for variable in model.trainable_variables]
    for variable, gradient in zip(model.trainable_variables, tape.gradient(loss, variables), strict=True):
        assert gradient is not None, variable.path
        assert float(tf.reduce_sum(tf.abs(tf.convert_to_tensor(gradient)))) > 0, variable.path


def test_loss_and_metrics_do_not_see_padding():
    model = _model()
    model.compile()
    wider = {name: np.pad(ids, ((0, 0), (0, 3))) for name, ids in INPUTS.items()}
    narrow = model.evaluate(INPUTS, LABELS, verbose=0, return_dict=True)
    wide = model.evaluate(wider, np.pad(LABELS, ((0, 0), (0, 3))), verbose=0, return_dict=True)
    for name in narrow:
        np.testing.assert_allclose(wide[name], narrow[name], rtol=1e-5)


@pytest.mark.training
def test_keras_own_loss_from_logits_is_taken_and_masked():
    model = _model()
    model.compile(optimizer=keras.optimizers.Adam(0.03))
    model.fit(INPUTS, LABELS, epochs=20, verbose=0)  # now padding, never seen, would cost much more than the rest
    model.compile(loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    theirs = model.evaluate(INPUTS, LABELS, verbose=0, return_dict=True)["loss"]
    model.compile()
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
                           keras.metrics.SparseCategoricalCrossentropy(from_logits=True)])
    assert "sparse_categorical_accuracy" in model.evaluate(INPUTS, LABELS, verbose=0, return_dict=True)


@pytest.mark.training
@pytest.mark.parametrize("attend, cell", [("after", "gru"), ("before", "lstm")])
def test_keras_file_in_a_fresh_process(tmp_path, attend, cell):
    model = _model(attend, cell)
    model.compile()
    model.fit(INPUTS, LABELS, verbose=0)
    np.savez(tmp_path / "expected.npz", logits=np.asarray(model(INPUTS)), **INPUTS)
    model.save(tmp_path / "model.keras")
    script = (
        "import keras, numpy as np, keras_s2s.model, keras_s2s.layers\n"
        f"expected = np.load(r'{tmp_path / 'expected.npz'}')\n"
        f"model = keras.models.load_model(r'{tmp_path / 'model.keras'}')\n"
        "logits = np.asarray(model({name: expected[name] for name in ('source', 'target_input')}))\n"
        "assert np.array_equal(logits, expected['logits']), np.abs(logits - expected['logits']).max()\n"
        "assert model.compiled and model.optimizer.iterations == 1\n")
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]


def test_layers_compose_with_keras_inputs():
    source, target = keras.Input((None,), dtype="int32"), keras.Input((None,), dtype="int32")
    encoder, decoder = RNNEncoder(12, units=4), AttentionDecoder(12, 6, BahdanauAttention(6))
    bridge = Bridge(6)
    values, final, mask = encoder(source, fused=True)
    logits = decoder(target, decoder.build_memory(values, mask), decoder.initial_state(bridge(final)))
    model = keras.Model([source, target], logits)
    assert model([SOURCE, INPUTS["target_input"]]).shape == (3, 5, 12)


def test_cudnn_in_training_at_most_never_in_generation(monkeypatch):
    import tensorflow as tf

    monkeypatch.setattr(sys.modules["keras.src.backend.tensorflow.rnn"], "_is_gpu_available", lambda: True)
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


def test_unknown_bridge_is_refused():
    with pytest.raises(ValueError, match="Expected 'dense' or a Bridge"):
        Seq2Seq(RNNEncoder(5), AttentionDecoder(5, attention=BahdanauAttention(3)), bridge="copy")
