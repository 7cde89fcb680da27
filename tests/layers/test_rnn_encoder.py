"""The encoder: two ways to run it, padding, directions, layers, features."""

import keras
import numpy as np
import pytest
from keras import ops
from layer_checks import assert_close, numbers, random, randomize, same_weights

from keras_s2s.layers import RNNEncoder

SOURCE = np.array([[5, 6, 7, 8, 3], [9, 4, 3, 0, 0], [3, 0, 0, 0, 0]])
CELLS = ("simple_rnn", "gru", "lstm")
DIRECTIONS = {"forward": {"direction": "forward"}, "backward": {"direction": "backward"}, "concatenated": {},
              "summed": {"merge": "sum"}}


def encoder(**options):
    layer = RNNEncoder(12, **{"units": 4, **options})
    layer.build((None, None))
    return randomize(layer)


@pytest.mark.parametrize("layer_normalization", [False, True])
@pytest.mark.parametrize("direction", DIRECTIONS)
@pytest.mark.parametrize("cell", CELLS)
def test_fused_equals_loop_and_padding_changes_nothing(cell, direction, layer_normalization):
    """Of two layers, the first is what an encoder of one layer is."""
    layer = encoder(cell=cell, layers=2, layer_normalization=layer_normalization, **DIRECTIONS[direction])
    fused, loop = layer(SOURCE, fused=True), layer(SOURCE)
    assert_close(fused, loop)
    values, final, mask = numbers(loop)
    assert np.all(values[~mask] == 0)
    alone_values, alone_final, _ = numbers(layer(SOURCE[1:2, :3]))
    assert_close(values[1:2, :3], alone_values)
    assert_close(keras.tree.map_structure(lambda state: state[1:2], final), alone_final)


@pytest.mark.parametrize("layers", [1, 2])
def test_the_final_state_is_that_of_the_last_item_read(layers):
    values, final, _ = numbers(encoder(layers=layers)(SOURCE))
    top = final[f"layer_{layers - 1}"]["hidden"]
    for row, length in enumerate([5, 3, 1]):
        np.testing.assert_allclose(top[row, :4], values[row, length - 1, :4], atol=1e-6)
        np.testing.assert_allclose(top[row, 4:], values[row, 0, 4:], atol=1e-6)


@pytest.mark.parametrize("layers", [1, 2])
def test_backward_is_forward_on_the_reversed_row(layers):
    forward, backward = (encoder(direction=direction, cell="lstm", layers=layers)
                         for direction in ("forward", "backward"))
    same_weights(backward, forward)
    turned = np.array([[3, 8, 7, 6, 5], [3, 4, 9, 0, 0], [3, 0, 0, 0, 0]])
    values, final, _ = numbers(backward(SOURCE))
    turned_values, turned_final, _ = numbers(forward(turned))
    assert_close(final, turned_final)
    for row, length in enumerate([5, 3, 1]):
        assert_close(values[row, :length], turned_values[row, :length][::-1])


def test_two_directions_are_one_and_the_other():
    both, summed = encoder(), encoder(merge="sum")
    same_weights(summed, both)
    one, other = (encoder(direction=direction) for direction in ("forward", "backward"))
    for layer, recurrence in zip((one, other), both.stack[0].recurrences, strict=True):
        same_weights(layer.embedding, both.embedding)
        same_weights(layer.stack[0].recurrences[0], recurrence)
    (forward, forward_final, _), (backward, backward_final, _) = one(SOURCE), other(SOURCE)
    for layer, join in ((both, lambda parts: ops.concatenate(parts, -1)), (summed, lambda parts: parts[0] + parts[1])):
        values, final, _ = layer(SOURCE)
        assert_close(values, join([forward, backward]))
        assert_close(final["layer_0"]["hidden"],
                     join([forward_final["layer_0"]["hidden"], backward_final["layer_0"]["hidden"]]))


def test_residual_by_hand():
    layer = encoder(layers=3, residual=True)
    values, final, mask = layer(SOURCE)
    below, _ = layer.stack[0](layer.embedding(SOURCE), mask)  # the first layer adds nothing: widths may differ
    for index in (1, 2):
        output, state = layer.stack[index](below, mask)
        assert_close(final[f"layer_{index}"], state)
        below = output + below
    assert_close(values, below)
    assert np.all(numbers(values)[SOURCE == 0] == 0)


@pytest.mark.parametrize("fused", [True, False])
def test_features(fused):
    layer = RNNEncoder(units=4, layers=2)
    features = numbers(random(2, 5, 3))
    mask = np.array([[True] * 5, [True] * 3 + [False] * 2])
    values, final, _ = layer(features, mask=mask, fused=fused)
    changed = features.copy()
    changed[1, 3:] = 100.0
    assert_close(layer(changed, mask=mask, fused=fused)[:2], (values, final))
    assert numbers(layer(features)[2]).all()  # without a mask every item is real
    assert values.shape == (2, 5, 8)


def test_a_row_of_padding_alone_keeps_the_first_state():
    for fused in (True, False):
        values, final, _ = numbers(encoder()(np.array([[5, 3], [0, 0]]), fused=fused))
        assert not values[1].any()
        assert not final["layer_0"]["hidden"][1].any()


@pytest.mark.parametrize("place", ["embeddings", "inputs", "outputs", "recurrent"])
def test_dropout_is_active_in_training_alone(place):
    layer = encoder(layers=2, direction="forward", dropout={place: 0.5})
    still = layer(SOURCE, fused=True)
    assert_close(layer(SOURCE, fused=True), still)
    one, other = (numbers(layer(SOURCE, training=True, fused=True)[0]) for _ in range(2))
    assert np.any(one != other)
    assert np.any(one != numbers(still[0]))


def test_dropout_of_each_place_where_it_says():
    """What is dropped is 0, what is kept twice as large."""
    layer = encoder(direction="forward", dropout={"outputs": 0.5})
    whole, dropped = (numbers(layer(SOURCE, training=training, fused=True)[0]) for training in (False, True))
    kept = dropped != 0
    assert 0 < kept.sum() < kept.size
    np.testing.assert_allclose(dropped[kept], 2 * whole[kept], rtol=1e-5)
    features = RNNEncoder(units=4, dropout={"inputs": 0.5})
    assert np.any(numbers(features(random(1, 3, 2), training=True, fused=True)[0])
                  != numbers(features(random(1, 3, 2), fused=True)[0]))
    one_layer = encoder(direction="forward", dropout={"inputs": 0.5})  # nothing enters its only layer but embeddings
    assert_close(one_layer(SOURCE, training=True, fused=True), one_layer(SOURCE, fused=True))


def test_final_state_shape_is_the_shape_of_the_final_state():
    for cell, merge in (("simple_rnn", "concatenate"), ("lstm", "sum")):
        layer = RNNEncoder(12, units=4, cell=cell, merge=merge, layers=2)
        final = layer(SOURCE)[1]
        widths = keras.tree.map_structure(lambda state: (None, state.shape[-1]), final)
        assert layer.final_state_shape == widths
