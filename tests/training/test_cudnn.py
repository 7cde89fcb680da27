"""With TensorFlow on a GPU, training runs on cuDNN, with the numbers of a processor; what is exported never does.

No GPU is needed: Keras is made to believe that there is one. Graphs are then traced as they would be there, and in the
place of `CudnnRNNV3`, the operation that only GPUs have, another computes the same.
"""

from collections import Counter

import numpy as np
import pytest
import tensorflow as tf
from tensorflow.core.protobuf.saved_model_pb2 import SavedModel

from keras_s2s.export.browser_graphs import BrowserGraphs
from keras_s2s.layers import AttentionDecoder, BahdanauAttention, RNNDecoder, RNNEncoder
from keras_s2s.model import Seq2Seq
from keras_s2s.training.masked_crossentropy import MaskedCrossentropy
from keras_s2s.translator import Translator

VOCABULARY = 10
INPUTS = {"source": np.array([[5, 6, 7, 8, 3], [9, 3, 0, 0, 0], [5, 5, 4, 3, 0], [4, 8, 7, 6, 3]], "int32"),
          "target_input": np.array([[2, 7, 6, 0], [2, 4, 0, 0], [2, 8, 9, 4], [2, 5, 0, 0]], "int32")}
LABELS = np.array([[7, 6, 3, 0], [4, 3, 0, 0], [8, 9, 4, 3], [5, 3, 0, 0]], "int32")


@pytest.fixture
def with_gpu(monkeypatch):
    """Whoever asks TensorFlow for a GPU, hears of one; so does Keras, which then takes cuDNN wherever it can."""
    devices = tf.config.list_logical_devices
    monkeypatch.setattr(tf.config, "list_logical_devices",
                        lambda kind=None: devices("CPU") if kind == "GPU" else devices(kind))


@pytest.fixture
def modes(monkeypatch, with_gpu):
    """Lets graphs with cuDNN run here. Returns a list that gets the mode of each use that is traced."""
    found = []

    def stand_in(**arguments):
        found.append(arguments["rnn_mode"])
        return cudnn_rnn(**arguments)

    monkeypatch.setattr(tf.raw_ops, "CudnnRNNV3", stand_in)
    return found


def cudnn_rnn(input, input_h, input_c, params, rnn_mode, sequence_lengths, **_):
    """What cuDNN computes: one layer, one direction; right padding is not read, and what stands there is 0."""
    width, units, gates = input.shape[-1], input_h.shape[-1], {"gru": 3, "lstm": 4}[rnn_mode] * input_h.shape[-1]
    kernel, recurrent, bias = tf.split(params, [gates * width, gates * units, 2 * gates])
    kernel, recurrent, bias = (tf.reshape(part, (gates, -1)) for part in (kernel, recurrent, tf.transpose(
        tf.reshape(bias, (2, gates)))))
    real = tf.transpose(tf.sequence_mask(sequence_lengths, tf.shape(input)[1]))[..., None]
    step = gru_step if rnn_mode == "gru" else lstm_step

    def body(state, now):
        products = tf.matmul(now[0], kernel, transpose_b=True) + bias[:, 0]
        new = step(products, tf.matmul(state[0], recurrent, transpose_b=True) + bias[:, 1], state)
        return tuple(tf.where(now[1], *pair) for pair in zip(new, state, strict=True))

    first = (input_h[:, 0],) if rnn_mode == "gru" else (input_h[:, 0], input_c[:, 0])
    states = tf.scan(body, (tf.transpose(input, (1, 0, 2)), real), first)
    outputs = tf.transpose(tf.where(real, states[0], 0.0), (1, 0, 2))
    return outputs, states[0][-1][:, None], states[-1][-1][:, None], None, None


def gru_step(products, recurrent, state):
    """cuDNN has the reset gate first; Keras reorders its weights for it in builds for CUDA alone."""
    gates = [*zip(tf.split(products, 3, -1), tf.split(recurrent, 3, -1), strict=True)]
    reset, update = [tf.sigmoid(sum(gate)) for gate in gates[:2]][::1 if tf.test.is_built_with_cuda() else -1]
    return (update * state[0] + (1.0 - update) * tf.tanh(gates[2][0] + reset * gates[2][1]),)


def lstm_step(products, recurrent, state):
    entering, kept, candidate, leaving = tf.split(products + recurrent, 4, -1)
    cell = tf.sigmoid(kept) * state[1] + tf.sigmoid(entering) * tf.tanh(candidate)
    return tf.sigmoid(leaving) * tf.tanh(cell), cell


def make(cell="gru", attend="after", layers=1, direction="bidirectional"):
    """A model with weights drawn at random."""
    both = {"embedding_units": 6, "cell": cell, "layers": layers}
    encoder = RNNEncoder(VOCABULARY, units=4, direction=direction, name="encoder", **both)
    if attend is None:
        decoder = RNNDecoder(VOCABULARY, 8, context="both", name="decoder", **both)
    else:
        decoder = AttentionDecoder(VOCABULARY, 8, BahdanauAttention(8), attend, name="decoder", **both)
    model = Seq2Seq(encoder, decoder)
    model.build()
    chance = np.random.default_rng(3)
    for variable in model.weights:
        variable.assign(chance.normal(0, 0.5, variable.shape))
    return model


def nodes(graph_def):
    """All nodes of a graph and of its functions."""
    return [node for body in (graph_def.node, *(function.node_def for function in graph_def.library.function))
            for node in body]


def uses(graph_def):
    """Operations of cuDNN of a graph, forward ones, by the part of the model."""
    found = [node.name for node in nodes(graph_def) if node.op == "CudnnRNNV3"]
    return Counter(next(part for part in ("encoder", "decoder") if part in name) for name in found)


KINDS = {
    "gru": ({}, 2, 1), "lstm": ({"cell": "lstm"}, 2, 1), "without attention": ({"attend": None}, 2, 1),
    "two layers": ({"cell": "lstm", "layers": 2}, 4, 2), "backward": ({"direction": "backward"}, 1, 1),
    "attends before": ({"attend": "before"}, 2, 0),  # its decoder feeds back: no cuDNN can run that
    "simple_rnn": ({"cell": "simple_rnn"}, 0, 0)}


@pytest.mark.parametrize("kind", KINDS)
def test_training_takes_cudnn(kind, with_gpu):
    options, in_encoder, in_decoder = KINDS[kind]
    model = make(**options)
    specs = {name: tf.TensorSpec([None, None], tf.int32) for name in INPUTS}
    traced = tf.function(lambda inputs: model(inputs, training=True)).get_concrete_function(specs).graph.as_graph_def()
    assert uses(traced) == Counter(encoder=in_encoder, decoder=in_decoder)
    if kind not in ("attends before", "simple_rnn"):  # and no loop stands beside it
        assert not [node.name for node in nodes(traced) if node.op in ("While", "StatelessWhile")]


@pytest.mark.parametrize("kind", ["gru", "lstm", "backward"])
def test_cudnn_trains_as_a_processor_does(kind, modes, monkeypatch):
    options, in_encoder, in_decoder = KINDS[kind]
    found = []
    for _ in range(2):
        model = make(**options)

        @tf.function
        def gradients(model=model):
            with tf.GradientTape() as tape:
                loss = MaskedCrossentropy()(LABELS, model(INPUTS, training=True))
            return [loss, *map(tf.convert_to_tensor, tape.gradient(loss, model.trainable_weights))]

        found.append(gradients())
        assert modes == [options.get("cell", "gru")] * (in_encoder + in_decoder)
        monkeypatch.undo()  # the second one is without cuDNN
    for with_cudnn, without in zip(*found, strict=True):
        assert np.any(without)
        np.testing.assert_allclose(with_cudnn, without, atol=1e-6)


@pytest.mark.parametrize("which", ["tiny", "pieces"])
def test_nothing_that_leaves_has_cudnn(which, request, modes, tmp_path):
    request.getfixturevalue(which).save(tmp_path / "model")
    translator = Translator.load(tmp_path / "model")
    translator.model.compile(metrics=[])
    translator.model.fit(INPUTS, LABELS, verbose=0)
    number = len(modes)
    assert number
    path = translator.export_saved_model(tmp_path / "exported")
    saved = SavedModel.FromString((path / "saved_model.pb").read_bytes()).meta_graphs[0]
    assert set(saved.signature_def) > {"serving_default", "explain", "nbest", "prefix", "score"}
    graphs = {"saved": saved.graph_def, **{name: function.graph.as_graph_def()
                                           for name, function in BrowserGraphs(translator).functions().items()}}
    for name, graph_def in graphs.items():
        assert not [node.name for node in nodes(graph_def) if "cudnn" in node.op.lower()], name
    assert len(modes) == number  # with the stand-in there is no such node: it must not have been asked for
