import keras
import numpy as np
import pytest
import tensorflow as tf

from keras_s2s.training.adam import Adam


def trained(optimizer, rows=(2, 0, 3), dense=False, steps=5):
    """A matrix and an embedding after some steps, the latter's gradients of some rows alone."""
    chance = np.random.default_rng(1)
    weights = [keras.Variable(chance.normal(size=(4, 3)).astype("float32")) for _ in range(2)]
    optimizer.build(weights)

    def apply(whole, some):
        slices = tf.IndexedSlices(some, tf.constant(rows), tf.constant([4, 3]))
        optimizer.apply([whole, tf.convert_to_tensor(slices) if dense else slices], weights)

    apply = tf.function(apply)
    for _ in range(steps):
        apply(*(chance.normal(size=shape).astype("float32") for shape in ((4, 3), (3, 3))))
    return [np.asarray(value) for value in (*weights, *optimizer.variables)]


@pytest.mark.parametrize("options", [
    {}, {"global_clipnorm": 0.5}, {"weight_decay": 0.01}, {"amsgrad": True}, {"gradient_accumulation_steps": 2},
    {"beta_1": 0.8, "beta_2": 0.98, "epsilon": 1e-9}, {"use_ema": True}], ids=str)
def test_same_numbers_as_keras(options):
    ours, theirs = trained(Adam(0.01, **options)), trained(keras.optimizers.Adam(0.01, **options))
    for own, other in zip(ours, theirs, strict=True):
        np.testing.assert_allclose(own, other, rtol=1e-5, atol=1e-7)


@pytest.mark.parametrize("options", [{}, {"global_clipnorm": 0.5}], ids=str)
def test_a_row_twice_is_the_sum_of_both(options):
    """Keras, where the rows are not summed up before, squares the two apart."""
    ours, expected = (trained(optimizer(0.01, **options), rows=(2, 0, 2), dense=dense)
                      for optimizer, dense in ((Adam, False), (keras.optimizers.Adam, True)))
    for own, other in zip(ours, expected, strict=True):
        np.testing.assert_allclose(own, other, rtol=1e-5, atol=1e-7)


def test_one_operation_a_weight():
    weight = keras.Variable(np.ones((2, 2), "float32"))
    optimizer = Adam(0.01)
    optimizer.build([weight])
    graph = tf.function(lambda: optimizer.apply([tf.ones((2, 2))], [weight])).get_concrete_function().graph
    inner = [node.op for function in graph.as_graph_def().library.function for node in function.node_def]
    assert [*(node.type for node in graph.get_operations()), *inner].count("ResourceApplyAdam") == 1


def test_is_saved_with_its_options():
    again = keras.optimizers.deserialize(keras.optimizers.serialize(Adam(0.02, beta_2=0.98, global_clipnorm=2.0)))
    assert isinstance(again, Adam)
    assert (float(again.learning_rate), again.beta_2, again.global_clipnorm) == (pytest.approx(0.02), 0.98, 2.0)
