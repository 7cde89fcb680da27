"""The answers that the browser's operations are tested with are TensorFlow's."""

import inspect
import json
from pathlib import Path

import numpy as np
import tensorflow as tf

FIXTURE = Path(__file__).parents[2] / "apps" / "browser" / "tests" / "graph" / "operation-cases.json"
# Pairs of shapes that broadcast, sizes of 0 and scalars among them.
PAIRS = [([], []), ([3], []), ([2, 3], [3]), ([2, 1, 3], [4, 1]), ([1], [2, 2]), ([0, 3], [1, 3]), ([2, 1], [1, 3])]
UNARY = ("Abs", "Ceil", "Exp", "Floor", "IsFinite", "Log", "Neg", "OnesLike", "Relu", "Rsqrt", "Sigmoid", "Sqrt",
         "Square", "Tanh", "ZerosLike", "Identity", "Shape", "Softmax")
BINARY = ("AddV2", "Sub", "Mul", "RealDiv", "Maximum", "Minimum", "FloorDiv", "FloorMod")
COMPARISONS = ("Less", "LessEqual", "Greater", "GreaterEqual", "Equal", "NotEqual")
SLICES = [  # shape, begin, end, steps, masks
    ([5], [1], [4], [1], {}), ([5], [-1], [-6], [-2], {}), ([5], [0], [0], [-1], {"begin_mask": 1, "end_mask": 1}),
    ([3, 4], [1, 0], [2, 9], [1, 1], {"shrink_axis_mask": 1}),
    ([3, 4], [-1, 1], [0, 3], [1, 1], {"shrink_axis_mask": 1}),
    ([2, 3, 4], [0, -1], [0, 4], [1, 1], {"ellipsis_mask": 1}),
    ([2, 3, 4], [0, 0, 1], [1, 0, 3], [1, 1, 2], {"ellipsis_mask": 2, "shrink_axis_mask": 1}),
    ([2, 3], [0, 0, 0], [0, 0, 2], [1, 1, 1], {"new_axis_mask": 2, "begin_mask": 1, "end_mask": 1}),
    ([2, 3], [0, 0, 1], [0, 0, 3], [1, 1, 1], {"ellipsis_mask": 1, "new_axis_mask": 2}),
    ([4], [3], [1], [1], {}), ([4], [-9], [9], [3], {}), ([2, 3], [1], [2], [1], {"shrink_axis_mask": 1})]


class Cases:
    """Collects calls of TensorFlow's operations; numbers look random and are the same every time."""

    def __init__(self):
        self.found = []
        self._random = np.random.default_rng(5)

    def numbers(self, shape, dtype="float32"):
        """Few different ones, so that equal ones meet; halves, which every type of number holds."""
        drawn = self._random.integers(-6, 7, shape)
        return np.asarray(drawn / 2 if dtype == "float32" else drawn % 2 if dtype == "bool" else drawn, dtype)

    def add(self, op, *inputs, **attributes):
        """`inputs`: arrays; plain ints and lists of them are arguments, which are never on the device."""
        fixed = [index for index, one in enumerate(inputs) if not isinstance(one, np.ndarray)]
        arrays = [np.asarray(one, "int32") if index in fixed else one for index, one in enumerate(inputs)]
        found = _called(op, arrays, attributes)
        self.found.append({"op": op, "attributes": attributes, "inputs": [_json(one) for one in arrays], "fixed": fixed,
                           "outputs": [_json(np.asarray(one)) for one in found]})


def cases():
    """What the fixture holds; write it anew with `python tests/export/test_operation_cases.py`."""
    made = Cases()
    _elementwise(made)
    _reductions(made)
    _rearrangements(made)
    _products(made)
    return made.found


def _elementwise(made):
    for op in UNARY:
        for shape in ([], [3], [2, 0, 3], [2, 3]):
            if op != "Softmax" or shape:
                numbers = made.numbers(shape)
                made.add(op, np.asarray(np.abs(numbers) + 1) if op in ("Log", "Rsqrt", "Sqrt") else numbers)
    for op in BINARY:
        for left, right in PAIRS:
            for dtype in ("float32",) if op == "RealDiv" else ("float32", "int32"):
                divisor = np.asarray(np.abs(made.numbers(right, dtype)) + 1)
                made.add(op, made.numbers(left, dtype), divisor if "Div" in op or "Mod" in op else
                         made.numbers(right, dtype))
    made.add("Mul", np.asarray([123456789, -5], "int32"), np.asarray([987654321, 7], "int32"))
    for index, op in enumerate(COMPARISONS):
        left, right = PAIRS[index + 1]
        made.add(op, made.numbers(left), made.numbers(right))
        made.add(op, made.numbers(left, "int32"), made.numbers(right, "int32"))
    for op in ("LogicalAnd", "LogicalOr"):
        made.add(op, made.numbers([2, 1], "bool"), made.numbers([3], "bool"))
    made.add("LogicalNot", made.numbers([4], "bool"))
    for source, target in (("float32", "int32"), ("float32", "bool"), ("bool", "float32"), ("bool", "int32"),
                           ("int32", "float32"), ("int32", "bool")):
        made.add("Cast", made.numbers([5], source), DstT=target)
    for condition, yes, no in (([], [2], [2]), ([3], [2, 3], []), ([2, 1], [2, 3], [1, 3]), ([2], [1], [2]),
                               ([0], [0], [1])):
        for dtype in ("float32", "int32"):
            for all_of in (None, True, False):
                given = made.numbers(condition, "bool")
                made.add("SelectV2", given if all_of is None else np.full_like(given, all_of),
                         made.numbers(yes, dtype), made.numbers(no, dtype))
    made.add("Select", np.asarray([True, False]), made.numbers([2, 2]), made.numbers([2, 2]))
    made.add("Select", np.asarray([True, False]), made.numbers([2, 3]), made.numbers([2, 3]))
    made.add("Select", np.asarray(True), made.numbers([2, 3], "int32"), made.numbers([2, 3], "int32"))
    made.add("BiasAdd", made.numbers([2, 3]), made.numbers([3]))


def _reductions(made):
    for op in ("Max", "Mean", "Min", "Prod", "Sum"):
        for dtype in ("float32",) if op == "Mean" else ("float32", "int32"):
            for shape, axes, keep in (([2, 3], [0], False), ([2, 3], [-1], True), ([2, 3, 2], [0, 2], False),
                                      ([3], [0], False), ([2, 3], [1, 0], True)):
                made.add(op, made.numbers(shape, dtype), axes, keep_dims=keep)
    for op in ("Prod", "Sum"):
        made.add(op, made.numbers([0], "int32"), [0], keep_dims=False)
    made.add("Max", made.numbers([2, 0]), [1], keep_dims=False)
    made.add("Min", made.numbers([2, 0]), [1], keep_dims=False)
    for op in ("All", "Any"):
        for shape, axes in (([2, 3], [1]), ([3], [0]), ([0], [0]), ([2, 2], [-2])):
            for numbers in (made.numbers(shape, "bool"), np.ones(shape, "bool"), np.zeros(shape, "bool")):
                made.add(op, numbers, axes, keep_dims=False)
    made.add("ArgMax", made.numbers([2, 5]), 1)
    made.add("ArgMax", made.numbers([3, 2]), -1)
    for exclusive in (False, True):
        for reverse in (False, True):
            made.add("Cumsum", made.numbers([2, 3]), -1, exclusive=exclusive, reverse=reverse)
            made.add("Cumsum", made.numbers([3, 2], "int32"), 0, exclusive=exclusive, reverse=reverse)


def _rearrangements(made):
    for dtype in ("float32", "int32"):
        for shape, begin, end, steps, masks in SLICES:
            made.add("StridedSlice", made.numbers(shape, dtype), begin, end, steps, **masks)
        made.add("Slice", made.numbers([3, 4], dtype), [1, 0], [2, -1])
        for axis in (0, 1, -1):
            made.add("ConcatV2", made.numbers([2, 2], dtype), made.numbers([2, 2], dtype), axis)
            made.add("Pack", made.numbers([2, 3], dtype), made.numbers([2, 3], dtype), axis=axis)
            made.add("GatherV2", made.numbers([3, 2, 2], dtype), np.asarray([[1, 0], [1, 1]], "int32"), axis)
            made.add("GatherV2", made.numbers([3, 2, 2], dtype), np.asarray([1], "int32"), axis)
            made.add("GatherV2", made.numbers([3, 2, 2], dtype), np.asarray(1, "int32"), axis)
            made.add("ExpandDims", made.numbers([2, 3], dtype), axis)
            made.add("Split", axis, made.numbers([4, 2], dtype), num_split=2)
        made.add("ConcatV2", made.numbers([0, 2], dtype), made.numbers([3, 2], dtype), 0)
        made.add("ConcatV2", made.numbers([0, 2], dtype), made.numbers([0, 2], dtype), 0)
        made.add("ReverseV2", made.numbers([2, 3], dtype), [1])
        made.add("ReverseV2", made.numbers([2, 3], dtype), [-2, 1])
        for shape, order in (([2, 3], [1, 0]), ([2, 3, 4], [1, 2, 0]), ([2, 1, 3], [1, 0, 2]), ([1, 3, 2], [2, 0, 1])):
            made.add("Transpose", made.numbers(shape, dtype), order)
        for shape, wider in (([3], [2, 3]), ([2, 1], [2, 4]), ([], [2]), ([1, 2], [1, 2]), ([0, 1], [0, 3])):
            made.add("BroadcastTo", made.numbers(shape, dtype), wider)
        for shape, times in (([3], [2]), ([2, 2], [1, 3]), ([2], [1]), ([2, 2], [2, 0])):
            made.add("Tile", made.numbers(shape, dtype), times)
        for shape, wanted in (([2, 3], [-1]), ([2, 3], [3, -1]), ([], [1, 1]), ([0, 3], [-1, 3])):
            made.add("Reshape", made.numbers(shape, dtype), wanted)
        made.add("Squeeze", made.numbers([1, 2, 1], dtype), squeeze_dims=[-1])
        made.add("Squeeze", made.numbers([1, 2, 1], dtype), squeeze_dims=[])
        made.add("TensorScatterUpdate", made.numbers([3, 2], dtype), np.asarray([[2], [0]], "int32"),
                 made.numbers([2, 2], dtype))
        made.add("TensorScatterUpdate", made.numbers([3, 2], dtype), np.asarray([[1]], "int32"),
                 made.numbers([1, 2], dtype))
        made.add("TensorScatterUpdate", made.numbers([3, 2], dtype), np.asarray([[1, 1], [2, 0]], "int32"),
                 made.numbers([2], dtype))
        made.add("Fill", [2, 3], made.numbers([], dtype))
        made.add("Fill", [], made.numbers([], dtype))
    for start, limit, step in ((0, 5, 1), (5, 0, -2), (3, 3, 1)):
        made.add("Range", start, limit, step)


def _products(made):
    for a, b, turn_a, turn_b in (([2, 3], [3, 4], False, False), ([3, 2], [3, 4], True, False),
                                 ([2, 3], [4, 3], False, True)):
        made.add("MatMul", made.numbers(a), made.numbers(b), transpose_a=turn_a, transpose_b=turn_b)
    for a, b in (([2, 2, 3], [2, 3, 2]), ([2, 2, 3], [3, 2]), ([2, 2, 3], [1, 3, 2]), ([1, 2, 3], [2, 3, 2]),
                 ([2, 1, 2, 3], [1, 3, 3, 2]), ([2, 3, 2, 3], [2, 1, 3, 2]), ([2, 3, 2, 3], [3, 3, 2]),
                 ([3, 2, 3], [2, 3, 3, 2]), ([2, 3], [1, 1, 3, 2]), ([1, 1, 2, 3], [1, 3, 2])):
        made.add("BatchMatMulV2", made.numbers(a), made.numbers(b), adj_x=False, adj_y=False)
    made.add("BatchMatMulV2", made.numbers([2, 3, 2]), made.numbers([2, 4, 3]), adj_x=True, adj_y=True)
    for padding in ("SAME", "VALID"):
        made.add("Conv2D", made.numbers([1, 3, 4, 2]), made.numbers([2, 3, 2, 2]), strides=[1, 1, 2, 1],
                 padding=padding)


def _called(op, arrays, attributes):
    """The results of an operation."""
    given = {name: tf.as_dtype(value) if name == "DstT" else value for name, value in attributes.items()}
    if op == "Squeeze":
        given["axis"] = given.pop("squeeze_dims")
    if op == "ArgMax":
        given["output_type"] = tf.int32
    if op == "ConcatV2":
        given |= {"values": arrays[:-1], "axis": arrays[-1]}
    elif op == "Pack":
        given["values"] = arrays
    else:
        # Inputs come first, and not always by the names that the graph has for them.
        given |= dict(zip(inspect.signature(getattr(tf.raw_ops, op)).parameters, arrays, strict=False))
    found = getattr(tf.raw_ops, op)(**given)
    return found if isinstance(found, list) else [found]


def _json(array):
    return {"dtype": str(array.dtype), "shape": list(array.shape),
            "numbers": [_number(number) for number in array.ravel().tolist()]}


def _number(number):
    """JSON has no infinity; float32 numbers need no more digits."""
    if not isinstance(number, float):
        return number
    if np.isfinite(number):
        return float(f"{number:.8g}")
    return "NaN" if np.isnan(number) else "Infinity" if number > 0 else "-Infinity"


def test_the_fixture_holds_what_tensorflow_computes():
    kept = json.loads(FIXTURE.read_text("utf-8"))
    made = json.loads(json.dumps(cases()))
    assert len(kept) == len(made)
    for one, other in zip(kept, made, strict=True):
        assert {**one, "outputs": None} == {**other, "outputs": None}
        for mine, theirs in zip(one["outputs"], other["outputs"], strict=True):
            assert (mine["dtype"], mine["shape"]) == (theirs["dtype"], theirs["shape"])
            # Processors differ in the last digits.
            np.testing.assert_allclose(np.asarray(mine["numbers"], "float64"),
                                       np.asarray(theirs["numbers"], "float64"), rtol=1e-5, atol=1e-6)


if __name__ == "__main__":
    FIXTURE.write_text("[\n" + ",\n".join(json.dumps(case) for case in cases()) + "\n]\n", "utf-8")
