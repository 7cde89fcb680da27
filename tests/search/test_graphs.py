"""The searches in TensorFlow's graphs: the same results, traced once, and on request of operations that TF.js has."""

import contextlib

import keras
import numpy as np
import pytest
from toys import END, Markov, assert_same_row, decode

from keras_s2s.output_buffer import buffers_in_tensors
from keras_s2s.search import Beam, Constraints, Greedy, Sampling

pytestmark = pytest.mark.skipif(keras.backend.backend() != "tensorflow", reason="about TensorFlow's graphs")

SEARCHES = {
    "greedy": Greedy(),
    "greedy with constraints": Greedy(Constraints((4,), 2, 1.2)),
    "beam": Beam(4, 2, coverage_penalty=0.2),
    "beam with constraints": Beam(3, early_stopping=False, constraints=Constraints((4,), 2, 1.2)),
    "beam of sizes": Beam(2),
    "sampling": Sampling(samples=3, top_k=4, top_p=0.9)}


def options_of(name, batch, time):
    """What a search gets besides the sources and their limits."""
    if name.startswith("sampling"):
        return {"draws": SEARCHES[name].draws([bytes([row]) for row in range(batch)], time)}
    if name.endswith("sizes"):
        return {"sizes": np.resize(np.array([3, 1, 4, 2], "int32"), batch)}
    if name.endswith("constraints"):
        return {"minimum": np.resize(np.array([0, 3, 5, 2], "int32"), batch),
                "prefix": np.resize(np.array([[5, 0], [1, 4], [0, 0], [5, 5]], "int32"), (batch, 2))}
    return {}


def traced(name, toy, limit, options):
    """`(function, arguments, steps)`: the search in a graph that knows neither batch nor lengths; its traced steps."""
    import tensorflow as tf

    memory, state = toy.start()
    options = {key: tf.constant(value) for key, value in options.items()}
    arguments, steps = (state, memory, tf.constant(limit, tf.int32), options), []

    def step(*given):
        steps.append(given)
        return toy.step(*given)

    def unknown(leaf):
        known = leaf.ndim == 4  # the tables: a vocabulary is known
        return tf.TensorSpec([None, *leaf.shape[1:]] if known else [None] * leaf.ndim, leaf.dtype)

    @tf.function(input_signature=keras.tree.map_structure(unknown, arguments))
    def function(state, memory, limit, options):
        return SEARCHES[name](step, state, memory, limit, **options)

    return function, arguments, steps


def operations(function):
    """The names of all operations of a graph, loops included."""
    definition = function.get_concrete_function().graph.as_graph_def()
    bodies = [definition.node, *(inner.node_def for inner in definition.library.function)]
    return {node.op for body in bodies for node in body}


@pytest.mark.parametrize("name, buffers", [
    *((name, "arrays") for name in ("greedy", "beam of sizes", "sampling")),
    *((name, "tensors") for name in ("greedy with constraints", "beam", "beam with constraints", "sampling"))])
def test_in_a_graph_as_without(name, buffers):
    toy, limit = Markov.random(4, seed=3), [5, 7, 0, 6]
    options = options_of(name, 4, 7)
    expected = decode(SEARCHES[name], toy, limit, **options)
    with buffers_in_tensors() if buffers == "tensors" else contextlib.nullcontext():
        function, arguments, steps = traced(name, toy, limit, options)
        found = keras.tree.map_structure(np.asarray, function(*arguments))
        for row in range(4):
            assert_same_row(found, row, expected, row)
        assert found["ids"].shape == expected["ids"].shape
        # Fewer rows, and none at all, in the same graph.
        for batch in (1, 0):
            smaller = toy.of(*range(batch))
            memory, state = smaller.start()
            few = function(state, memory, limit[:batch], options_of(name, batch, 7))
            few = keras.tree.map_structure(np.asarray, few)
            assert few["ids"].shape == (batch, decode(SEARCHES[name], smaller, limit[:batch], **{
                key: value[:batch] for key, value in options.items()})["ids"].shape[1])
            if batch:
                assert_same_row(few, 0, expected, 0)
        assert len(steps) == 1  # traced, not run
        found = operations(function)
    assert "StatelessWhile" in found or "While" in found
    assert buffers == "arrays" or not [one for one in found if one.startswith(("TensorArray", "TensorList"))]


@pytest.mark.parametrize("name", SEARCHES)
def test_sentences_that_have_ended_leave_the_loop(name):
    """They leave as soon as they are many, and their results are what they would have been."""
    import tensorflow as tf

    toy, limit = Markov.random(24, seed=9), np.arange(24) % 12
    toy.tables[::4, :, :, END] -= 9.0  # a few go on to their limits
    options = options_of(name, 24, 11)
    expected = decode(SEARCHES[name], toy, limit, **options)
    rows = []

    def step(token, state, memory):
        tf.py_function(lambda number: rows.append(int(number)), [tf.shape(memory["mask"])[0]], [])
        return toy.step(token, state, memory)

    function = tf.function(lambda state, memory, options: SEARCHES[name](step, state, memory, limit, **options))
    memory, state = toy.start()
    options = {key: tf.constant(value) for key, value in options.items()}
    found = keras.tree.map_structure(np.asarray, function(state, memory, options))
    for row in range(24):
        assert_same_row(found, row, expected, row)
    assert len(rows) == found["ids"].shape[1]
    assert rows[0] == 24
    assert rows == sorted(rows, reverse=True)
    assert rows[-1] < 12


@pytest.mark.parametrize("name", ["greedy", "beam", "sampling"])
def test_xla_compiles_what_has_columns(name):
    """It must know every shape."""
    import tensorflow as tf

    toy, limit = Markov.random(3, seed=3), np.array([5, 7, 0], "int32")
    options = options_of(name, 3, 7)
    memory, state = toy.start()
    function = tf.function(lambda *given: SEARCHES[name](toy.step, *given, columns=8, **options),
                           jit_compile=True)
    found = keras.tree.map_structure(np.asarray, function(state, memory, limit))
    expected = decode(SEARCHES[name], toy, limit, **options)
    assert found["ids"].shape == (3, 8)
    for row in range(3):
        assert_same_row(found, row, expected, row)
