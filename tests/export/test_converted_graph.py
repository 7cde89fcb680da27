"""What TF.js would stumble over is mended or refused when the bundle is written."""

import base64

import numpy as np
import pytest

from keras_s2s.export.converted_graph import _check, _split_fused_sums, _split_fused_tanh


def _body(nodes, returned=()):
    function = {"signature": {"name": "body", "inputArg": [{"name": "x"}]}, "nodeDef": nodes,
                "ret": {f"r{index}": value for index, value in enumerate(returned)}}
    return {"node": [], "library": {"function": [function]}}


def test_a_lost_node_is_named():
    _check(_body([{"name": "a", "op": "Less", "input": ["x", "^x"]}], ["a:z:0"]))
    with pytest.raises(RuntimeError, match="lost the node body/range_1:output:0"):
        _check(_body([{"name": "a", "op": "Equal", "input": ["x", "body/range_1:output:0"]}]))
    with pytest.raises(RuntimeError, match="lost the node b:z:0"):
        _check(_body([], ["b:z:0"]))


@pytest.mark.parametrize("kind", ["DT_BOOL", 10])
def test_reversed_bools_are_refused(kind):
    node = {"name": "reverse", "op": "ReverseV2", "input": ["x"], "attr": {"T": {"type": kind}}}
    with pytest.raises(RuntimeError, match="reverse reverses bools"):
        _check(_body([node]))
    node["attr"]["T"]["type"] = "DT_INT32"
    _check(_body([node]))


def test_top_k_in_a_loop_is_refused():
    with pytest.raises(RuntimeError, match="top-k in a loop"):
        _check(_body([{"name": "best", "op": "TopKV2", "input": ["x"]}]))


def test_tanh_leaves_the_fused_product():
    def names(*operations):
        return {"list": {"s": [base64.b64encode(name.encode()).decode() for name in operations]}}

    nodes = [{"name": "n", "op": "_FusedMatMul", "input": ["a", "b", "c"],
              "attr": {"T": {"type": "DT_FLOAT"}, "fused_ops": names("BiasAdd", "Tanh")}},
             {"name": "m", "op": "_FusedMatMul", "input": ["n"], "attr": {"fused_ops": names("BiasAdd", "Relu")}}]
    _split_fused_tanh(nodes)
    assert nodes[0] == {"name": "n", "op": "Tanh", "input": ["n/linear"], "attr": {"T": {"type": "DT_FLOAT"}}}
    assert nodes[1]["attr"]["fused_ops"] == names("BiasAdd", "Relu")
    assert (nodes[2]["name"], nodes[2]["op"], nodes[2]["input"]) == ("n/linear", "_FusedMatMul", ["a", "b", "c"])
    assert nodes[2]["attr"]["fused_ops"] == names("BiasAdd")


def test_the_sum_of_two_products_leaves_the_fused_product():
    def fused(name, bias):
        return {"name": name, "op": "_FusedMatMul", "input": ["a", "b", bias],
                "attr": {"T": "DT_FLOAT", "transpose_b": {"b": True}, "fused_ops": ["BiasAdd"], "epsilon": {"f": 0.0}}}

    weights = [({"name": "vector", "shape": [4], "dtype": "float32"}, b""),
               ({"name": "matrix", "shape": [1, 4], "dtype": "float32"}, b"")]
    nodes = [fused("plain", "vector"), fused("two", "other/MatMul"), fused("wide", "matrix")]
    _split_fused_sums(nodes, weights)
    assert nodes[0] == fused("plain", "vector")
    assert nodes[1] == {"name": "two", "op": "AddV2", "input": ["two/product", "other/MatMul"],
                        "attr": {"T": "DT_FLOAT"}}
    assert nodes[2]["op"] == "AddV2"
    assert nodes[3:] == [{"name": f"{name}/product", "op": "MatMul", "input": ["a", "b"],
                          "attr": {"T": "DT_FLOAT", "transpose_b": {"b": True}}} for name in ("two", "wide")]


@pytest.mark.parametrize("axis", [-1, 2])
def test_a_sum_along_a_negative_axis_is_refused(axis):
    graph = _body([{"name": "axis", "op": "Const"},
                   {"name": "places", "op": "Cumsum", "input": ["x", "axis:output:0"]}])
    weights = [({"name": "axis", "shape": [], "dtype": "int32"}, np.int32(axis).tobytes())]
    if axis > 0:
        _check(graph, weights)
    else:
        with pytest.raises(RuntimeError, match="places runs along a negative axis"):
            _check(graph, weights)


@pytest.mark.parametrize("batch_dims", [0, 1])
def test_a_gather_row_by_row_is_refused(batch_dims):
    graph = _body([{"name": "chosen", "op": "GatherV2", "input": ["x", "x", "x"],
                    "attr": {"batch_dims": {"i": str(batch_dims)}}}])
    if not batch_dims:
        _check(graph)
    else:
        with pytest.raises(RuntimeError, match="chosen gathers row by row"):
            _check(graph)

