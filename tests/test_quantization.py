"""Weights with fewer bits: which numbers a model then computes with."""

import numpy as np
import pytest

from keras_s2s.errors import UserError
from keras_s2s.export.stored_weights import Grids, StoredWeights
from keras_s2s.quantization import Lanes, Quantization, dequantized
from keras_s2s.weights import saved_variables

SPEC = {"name": "w", "shape": [2], "dtype": "float32"}


def numbers_of(translator):
    return [np.asarray(variable).copy() for variable in saved_variables(translator.model)]


def restored(place, blob):
    """The numbers of a stored tensor, read as the runtime does."""
    if place.get("transposed"):
        return restored({**place, "shape": place["shape"][::-1], "transposed": False}, blob).T
    data, shape = b"".join(blob[start:start + size] for start, size in place["ranges"]), tuple(place["shape"])
    kind = place.get("quantization", {"dtype": place["dtype"]})
    if kind["dtype"] != "uint8":
        return np.frombuffer(data, kind["dtype"]).reshape(shape).astype(place["dtype"])
    lanes = [length for axis, length in enumerate(shape) if axis != kind["axis"]]
    count = int(np.prod(lanes))
    scales, minima = (np.expand_dims(part.reshape(lanes), kind["axis"])
                      for part in np.frombuffer(data[:8 * count], "float32").reshape(2, count))
    return dequantized(np.frombuffer(data[8 * count:], "uint8").reshape(shape), scales, minima)


def without_model(kind):
    quantization = Quantization.__new__(Quantization)
    quantization.kind, quantization.lanes = kind, []
    return quantization


def test_none_changes_nothing_and_float16_rounds_a_copy(tiny):
    before = numbers_of(tiny)
    assert Quantization(tiny, "none").translator is tiny and Quantization(tiny, "none").weights == "float32"
    rounded = Quantization(tiny, "float16")
    for old, kept, new in zip(before, numbers_of(tiny), numbers_of(rounded.translator), strict=True):
        assert np.array_equal(new, old.astype("float16").astype("float32"))
        assert np.array_equal(kept, old)
    assert rounded.weights == rounded.translator.weights_dtype == "float16"
    assert Quantization(rounded.translator, "float16").translator is rounded.translator


def test_uint8_is_near_and_answers(tiny):
    quantization = Quantization(tiny, "uint8")
    assert quantization.weights == "uint8"
    before, after = numbers_of(tiny), numbers_of(quantization.translator)
    assert len(quantization.lanes) > 5
    for old, new in zip(before, after, strict=True):
        if old.ndim == 2 and max(old.shape) >= 16:
            assert 0 < np.abs(old - new).max() <= np.ptp(old) / 255 / 2 * 1.001
        else:
            assert np.array_equal(new, old.astype("float16").astype("float32"))
    assert tiny.quantized("uint8")("the cat").source_tokens == tiny("the cat").source_tokens


def test_a_lane_keeps_its_ends_and_a_constant_one_its_number():
    values = np.random.default_rng(0).normal(size=(40, 3)).astype("float32")
    values[:, 1] = 0.3
    lanes = Lanes.of(values, 0)
    assert np.array_equal(lanes.values[:, 1], values[:, 1])
    assert np.array_equal(lanes.values.min(axis=0), values.min(axis=0))
    np.testing.assert_allclose(lanes.values.max(axis=0), values.max(axis=0), rtol=1e-6)


def test_rows_are_chosen_where_they_lose_less():
    chance = np.random.default_rng(0)
    quantization = without_model("uint8")
    for scale in (np.linspace(0.1, 2, 30)[:, None], np.linspace(0.1, 2, 20)):
        quantization._quantized("w", (chance.normal(size=(30, 20)) * scale).astype("float32"))
    assert [lanes.axis for lanes in quantization.lanes] == [1, 0]


def test_what_cannot_be_is_refused(tiny):
    with pytest.raises(UserError, match="quantized as 'int4'"):
        Quantization(tiny, "int4")
    with pytest.raises(UserError, match="at most 65504"):
        without_model("float16")._quantized("w", np.array([1e5], "float32"))
    for kind in ("none", "float16", "uint8"):
        with pytest.raises(UserError, match="not finite"):
            without_model(kind)._quantized("w", np.array([[1.0, np.nan]], "float32"))


def test_only_numbers_that_fit_are_halved():
    whole, third = (np.array(values, "float32") for values in ([0.5, -30000.0], [0.5, 1 / 3]))
    stored = StoredWeights()
    assert stored.add(SPEC, whole.tobytes()) == {**SPEC, "quantization": {"dtype": "float16"}, "ranges": [[0, 4]]}
    for numbers in (third, np.array([1e9, -1e-9], "float32"), np.array([np.nan, 1.0], "float32")):
        place = stored.add(SPEC, numbers.tobytes())
        assert "quantization" not in place
        assert np.array_equal(restored(place, stored.blob), numbers, equal_nan=True)
    counts = {**SPEC, "dtype": "int32"}
    assert restored(stored.add(counts, b"12345678"), stored.blob).tobytes() == b"12345678"


def test_what_is_stored_already_takes_no_bytes():
    values = np.random.default_rng(2).normal(size=(8, 6)).astype("float16").astype("float32")
    stored = StoredWeights()
    stored.add({**SPEC, "dtype": "bool", "shape": [3]}, b"\1\0\1")
    stored.add({**SPEC, "shape": [8, 6]}, values.tobytes())
    assert len(stored.blob) == 3 + 2 * 48
    for part, more in ((values, {}), (values[2:5], {}), (values.T, {"transposed": True})):
        place = stored.add({**SPEC, "shape": list(part.shape)}, np.ascontiguousarray(part).tobytes())
        assert {key: place[key] for key in more} == more and ("transposed" in place) == bool(more)
        assert np.array_equal(restored(place, stored.blob), part)
    assert len(stored.blob) == 3 + 2 * 48
    place = stored.add({**SPEC, "shape": [8, 2]}, np.ascontiguousarray(values[:, 1:3]).tobytes())
    assert np.array_equal(restored(place, stored.blob), values[:, 1:3]) and len(stored.blob) == 3 + 2 * 64


def test_parts_of_uint8_matrices_take_no_bytes():
    lanes = [Lanes.of(np.random.default_rng(3).normal(size=(30, 20)).astype("float32"), 0) for _ in range(2)]
    stored = StoredWeights(lanes)
    whole = np.stack([one.values for one in lanes])
    stored.add({**SPEC, "shape": [2, 30, 20]}, whole.tobytes())
    size = len(stored.blob)
    assert size == 2 * (2 * 20 * 4 + 600)
    for part in (lanes[1].values, lanes[0].values[4:22], lanes[1].values.T):
        place = stored.add({**SPEC, "shape": list(part.shape)}, np.ascontiguousarray(part).tobytes())
        assert place["quantization"]["dtype"] == "uint8" and np.array_equal(restored(place, stored.blob), part)
    assert len(stored.blob) == size


def cut_and_joined(first, second):
    """What the converter makes of two matrices before the browser sees them."""
    return {"whole": first, "rows": first[5:27], "columns": first[:, 3:9], "turned": first.T,
            "stacked": np.stack([first, second]), "side by side": np.concatenate([first, second], axis=1),
            "turned stack": np.stack([first, second]).transpose(2, 0, 1)}


@pytest.mark.parametrize("axis", [0, 1])
def test_uint8_numbers_are_found_again(axis):
    chance = np.random.default_rng(1)
    lanes = [Lanes.of(chance.normal(size=(30, 20)).astype("float32"), axis) for _ in range(2)]
    for name, values in cut_and_joined(*(one.values for one in lanes)).items():
        stored = StoredWeights(lanes)
        spec = {"name": name, "shape": list(values.shape), "dtype": "float32"}
        place = stored.add(spec, np.ascontiguousarray(values).tobytes())
        if name == "side by side" and axis == 1:  # its rows are made of two lanes each
            assert "quantization" not in place
        else:
            assert place["quantization"]["dtype"] == "uint8", name
        assert np.array_equal(restored(place, stored.blob), values), name


def test_other_numbers_are_no_uint8():
    lanes = Lanes.of(np.random.default_rng(1).normal(size=(30, 20)).astype("float32"), 0)
    changed = lanes.values.copy()
    changed[7, 3] = np.nextafter(changed[7, 3], np.float32(9))
    assert Grids([lanes]).find(lanes.values) and Grids([lanes]).find(changed) is None
