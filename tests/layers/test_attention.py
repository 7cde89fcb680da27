"""What all attentions have in common: masks, several steps at once, overrides."""

import math

import numpy as np
import pytest
from keras import ops
from layer_checks import assert_close, numbers, random, randomize

from keras_s2s.layers import (
    BahdanauAttention,
    CoverageAttention,
    LocalAttention,
    LocationAttention,
    LuongAttention,
)
from keras_s2s.layers.attention import MASKED_SCORE

MASK = np.array([[True, True, True, True], [True, True, False, False], [True, False, False, False]])
ALL = {"additive": lambda: BahdanauAttention(3), "normalized": lambda: BahdanauAttention(3, normalized=True),
       "coverage": lambda: CoverageAttention(3), "location": lambda: LocationAttention(3, filters=2, kernel_size=3),
       "local": lambda: LocalAttention(3, window=1),
       **{score: lambda score=score: LuongAttention(3, score) for score in ("dot", "scaled_dot", "general", "concat")}}


def attention_and_memory(name, values=None):
    layer = ALL[name]()
    values = random(3, 4, 3) if values is None else values
    layer.build((None, 3), {"values": values.shape})
    mask = ops.convert_to_tensor(MASK)
    return randomize(layer), {"values": values, "keys": layer.project_keys(values), "mask": mask}


@pytest.mark.parametrize("name", ALL)
def test_padding_gets_exactly_nothing_and_changes_nothing(name):
    values = numbers(random(3, 4, 3))
    found = []
    for padding in (0.0, 50.0):
        layer, memory = attention_and_memory(name, ops.convert_to_tensor(np.where(MASK[:, :, None], values, padding)))
        context, weights, _, _ = layer(random(3, 3), memory, layer.initial_state(memory["mask"]))
        assert np.all(numbers(weights)[~MASK] == 0)
        found.append(context)
    assert_close(*found)
    if name != "local":
        np.testing.assert_allclose(numbers(weights).sum(-1), 1.0, rtol=1e-5)


@pytest.mark.parametrize("name", ALL)
def test_all_steps_at_once_equal_one_at_a_time(name):
    layer, memory = attention_and_memory(name)
    queries = random(3, 2, 3, seed=5)
    if layer.remembers:
        with pytest.raises(ValueError, match=r"got queries of shape \(3, 2, 3\).*Pass one query"):
            layer(queries, memory, layer.initial_state(memory["mask"]))
        return
    together = layer(queries, memory)[:3]
    for index in range(2):
        assert_close([tensor[:, index] for tensor in together], list(layer(queries[:, index], memory)[:3]))


def test_override_takes_the_place_of_the_weights_where_asked():
    layer, memory = attention_and_memory("coverage")
    state, query = layer.initial_state(memory["mask"]), random(3, 3)
    override = ops.convert_to_tensor(np.eye(3, 4, k=1, dtype="float32"))
    used = ops.convert_to_tensor([True, False, False])
    context, weights, _, new_state = layer(query, memory, state, override, used)
    free = layer(query, memory, state)
    np.testing.assert_array_equal(numbers(weights)[0], [0, 1, 0, 0])
    assert_close(context[0], memory["values"][0, 1])
    assert_close(new_state["coverage"], weights)  # what was looked at, not what would have been
    assert_close([context[1:], weights[1:]], [free[0][1:], free[1][1:]])


def test_remembering_adds_up_or_replaces():
    for name, expected in (("coverage", lambda first, second: first + second), ("location", lambda _, second: second)):
        layer, memory = attention_and_memory(name)
        _, first, _, state = layer(random(3, 3), memory, layer.initial_state(memory["mask"]))
        _, second, _, state = layer(random(3, 3, seed=1), memory, state)
        assert_close(next(iter(state.values())), expected(first, second))


def test_the_mask_constant_fits_float16_and_vanishes():
    assert np.isfinite(np.float16(MASKED_SCORE))
    assert math.exp(MASKED_SCORE) == 0.0
