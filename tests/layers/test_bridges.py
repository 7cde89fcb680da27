"""From the encoder's final state to the decoder's first."""

import numpy as np
import pytest
from keras import ops
from layer_checks import assert_close, random, randomize

from keras_s2s.layers import CopyBridge, DenseBridge, MeanBridge, ZeroBridge

GRU, LSTM = ("hidden",), ("hidden", "cell")
MASK = ops.convert_to_tensor([[True, True, True], [True, False, False]])


def final_state(layers=1, names=GRU, width=4):
    return {f"layer_{index}": {name: random(2, width, seed=10 * index + len(name)) for name in names}
            for index in range(layers)}


def shapes(final):
    return {layer: {name: (None, value.shape[-1]) for name, value in state.items()} for layer, state in final.items()}


def cross(bridge, final, values=None, mask=MASK):
    """The first state from a bridge with random weights."""
    values = random(2, 3, 6) if values is None else values
    bridge.build(shapes(final), (None, None, values.shape[-1]))
    return randomize(bridge)(final, values, mask)


def test_copy_is_the_same():
    final = final_state(2, LSTM)
    assert_close(cross(CopyBridge(4, 2, LSTM), final), final)
    assert not CopyBridge(4).weights


def test_copy_from_gru_to_lstm_begins_with_a_cell_of_zeros():
    final = final_state()
    assert_close(cross(CopyBridge(4, 1, LSTM), final),
                 {"layer_0": {"hidden": final["layer_0"]["hidden"], "cell": ops.zeros((2, 4))}})


def test_copy_from_lstm_to_gru_drops_the_cell():
    final = final_state(names=LSTM)
    assert_close(cross(CopyBridge(4), final), {"layer_0": {"hidden": final["layer_0"]["hidden"]}})


@pytest.mark.parametrize("encoder, decoder, sources", [
    (2, 1, [1]), (3, 2, [1, 2]), (1, 2, [0, 0]), (2, 3, [0, 0, 1]), (2, 4, [0, 0, 0, 1])])
def test_copy_matches_the_tops(encoder, decoder, sources):
    final = final_state(encoder)
    assert_close(cross(CopyBridge(4, decoder), final),
                 {f"layer_{own}": final[f"layer_{other}"] for own, other in enumerate(sources)})


def test_copy_refuses_another_width():
    with pytest.raises(ValueError, match="state of width 6 from the encoder's layer_1 for the decoder's layer_0"):
        cross(CopyBridge(4), final_state(2, width=6))


def test_dense_by_hand():
    """From a GRU's h = (1, 2) to an LSTM: hidden tanh(0.5 * 1 - 0.1 * 2 + 0.1) = tanh(0.4) = 0.379949, cell
    2 * 1 + 1 * 2 - 1 = 3, without a tanh."""
    bridge = DenseBridge(1, 1, LSTM)
    bridge.build({"layer_0": {"hidden": (None, 2)}}, (None, None, 6))
    for name, kernel, bias in (("hidden", [[0.5], [-0.1]], [0.1]), ("cell", [[2.0], [1.0]], [-1.0])):
        bridge.projections[f"layer_0_{name}"].kernel.assign(kernel)
        bridge.projections[f"layer_0_{name}"].bias.assign(bias)
    found = bridge({"layer_0": {"hidden": ops.convert_to_tensor([[1.0, 2.0]])}}, random(1, 3, 6), MASK[:1])
    assert_close(found, {"layer_0": {"hidden": np.array([[0.379949]]), "cell": np.array([[3.0]])}})


def test_dense_sees_every_tensor_of_the_state():
    """From an LSTM to a GRU, the cell counts, too."""
    final = final_state(names=LSTM)
    changed = {"layer_0": {**final["layer_0"], "cell": final["layer_0"]["cell"] + 1.0}}
    found, other = (cross(DenseBridge(3), state)["layer_0"]["hidden"] for state in (final, changed))
    assert np.abs(ops.convert_to_numpy(found - other)).max() > 0.01


def test_dense_has_weights_of_its_own_for_each_layer():
    final = final_state(1, LSTM)
    found = cross(DenseBridge(3, 2, LSTM), final)
    assert np.abs(ops.convert_to_numpy(found["layer_0"]["hidden"] - found["layer_1"]["hidden"])).max() > 0.01
    assert found["layer_1"]["cell"].shape == (2, 3)


def test_mean_by_hand():
    """Of two real values 1 and 3 and padding: tanh(0.5 * 2 - 0.2) = tanh(0.8) = 0.664037."""
    bridge = MeanBridge(1)
    bridge.build({}, (None, None, 1))
    bridge.projections["layer_0_hidden"].kernel.assign([[0.5]])
    bridge.projections["layer_0_hidden"].bias.assign([-0.2])
    for padding in (0, 4):
        values = np.array([[[1.0], [3.0]] + [[0.0]] * padding], "float32")
        mask = np.array([[True, True] + [False] * padding])
        assert_close(bridge(final_state(), values, mask), {"layer_0": {"hidden": np.array([[0.664037]])}})


def test_mean_reads_the_outputs_alone():
    found = [cross(MeanBridge(3, 2, LSTM), final) for final in (final_state(), final_state(3, LSTM, 7))]
    assert_close(*found)
    assert found[0]["layer_1"]["cell"].shape == (2, 3)


def test_zero():
    found = cross(ZeroBridge(3, 2, LSTM), final_state(4))
    assert_close(found, {f"layer_{index}": {name: ops.zeros((2, 3)) for name in LSTM} for index in range(2)})
