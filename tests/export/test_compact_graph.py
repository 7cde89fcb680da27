"""A graph's names and attributes can be left out, what it computes cannot."""

import copy

from keras_s2s.export.compact_graph import compact_graph

ONE, TWO = b"\1\0\0\0", b"\2\0\0\0"
LOOP = {"name": "loop", "op": "StatelessWhile", "input": ["x", "one", "^x"], "attr": {
    "body": {"func": {"name": "long_body"}}, "cond": {"func": {"name": "long_cond"}},
    "parallel_iterations": {"i": "10"},
    "T": {"list": {"type": ["DT_INT32", "DT_INT32"]}}}}
GRAPH = {
    "topology": {
        "node": [
            {"name": "x", "op": "Placeholder", "attr": {"dtype": {"type": "DT_INT32"}}},
            {"name": "one", "op": "Const", "attr": {"value": {"tensor": {}}}},
            {"name": "other/one", "op": "Const"}, {"name": "two", "op": "Const"}, {"name": "unused", "op": "Const"},
            LOOP,
            {"name": "halves", "op": "Split", "input": ["two", "loop:1"], "attr": {"num_split": {"i": "2"}}},
            {"name": "y", "op": "Sum", "input": ["halves:1", "other/one"],
             "attr": {"keep_dims": {"b": True}, "T": {"type": "DT_INT32"}, "_output_shapes": {"list": {}}}},
            {"name": "z", "op": "MatMul", "input": ["y", "one"],
             "attr": {"transpose_a": {"b": False}, "transpose_b": {"b": True}}}],
        "library": {"function": [
            {"signature": {"name": "long_cond", "inputArg": [{"name": "i", "type": "DT_INT32"},
                                                             {"name": "j", "type": "DT_INT32"}],
                           "outputArg": [{"name": "less", "type": "DT_BOOL"}]},
             "nodeDef": [{"name": "less", "op": "Less", "input": ["i", "j"]}], "ret": {"less": "less:z:0"},
             "argAttr": {"0": {}}, "attr": {"_construction_context": {}}},
            {"signature": {"name": "long_body", "inputArg": [{"name": "i", "type": "DT_INT32"},
                                                             {"name": "j", "type": "DT_INT32"}],
                           "outputArg": [{"name": "first", "type": "DT_INT32"}, {"name": "again", "type": "DT_INT32"}]},
             "nodeDef": [{"name": "body/one", "op": "Const"},
                         {"name": "best", "op": "TopKV2", "input": ["i", "body/one:output:0"]},
                         {"name": "parts", "op": "Split", "input": ["body/one", "best:indices:0"],
                          "attr": {"num_split": {"i": "3"}}}],
             "ret": {"first": "parts:output:2", "again": "j"}}]}},
    "signature": {"inputs": {"x.y": {"name": "x:0", "dtype": 3}}, "outputs": {"z": {"name": "z:0"},
                                                                            "part": {"name": "halves:1"}}},
    "weights": [({"name": name, "shape": [], "dtype": "int32"}, data) for name, data in
                (("one", ONE), ("other/one", ONE), ("two", TWO), ("body/one", ONE))]
               + [({"name": "unused", "shape": [4], "dtype": "bool"}, ONE)]}


def test_every_reference_stays():
    before = copy.deepcopy(GRAPH)
    compact = compact_graph(GRAPH)
    assert before == GRAPH
    loop, halves, total, product = compact["topology"]["node"][4:]
    assert compact["topology"]["node"][:4] == [{"name": "x", "op": "Placeholder"}, {"name": "c1", "op": "Const"},
                                               {"name": "c2", "op": "Const"}, {"name": "c3", "op": "Const"}]
    assert loop["input"] == ["x", "c1"]
    assert loop["attr"] == {"body": {"func": {"name": "f2"}}, "cond": {"func": {"name": "f1"}}}
    assert (halves["input"], halves["attr"]) == (["c2", f"{loop['name']}:1"], {"num_split": {"i": "2"}})
    assert (total["input"], total["attr"]) == ([f"{halves['name']}:1", "c1"], {"keep_dims": {"b": True}})
    assert (product["input"], product["attr"]) == ([total["name"], "c1"], {"transpose_b": {"b": True}})
    assert compact["signature"] == {
        "inputs": {"x.y": {"name": "x"}},
        "outputs": {"z": {"name": product["name"]}, "part": {"name": f"{halves['name']}:1"}}}


def test_functions_keep_their_arguments_and_results_in_order():
    condition, body = compact_graph(GRAPH)["topology"]["library"]["function"]
    first, second = (argument["name"] for argument in condition["signature"]["inputArg"])
    assert condition["nodeDef"] == [{"name": condition["ret"]["r1"], "op": "Less", "input": [first, second]}]
    constant, best, parts = body["nodeDef"]
    assert constant == {"name": "c1", "op": "Const"}
    assert best["input"] == [body["signature"]["inputArg"][0]["name"], "c1"]
    assert parts["input"] == ["c1", f"{best['name']}:1"]  # the indices are a top-k's second result
    assert body["ret"] == {"r1": f"{parts['name']}:2", "r2": body["signature"]["inputArg"][1]["name"]}
    assert [result["name"] for result in body["signature"]["outputArg"]] == ["r1", "r2"]
    assert set(condition) == {"signature", "nodeDef", "ret"}


def test_equal_constants_are_there_once_and_no_two_names_are_the_same():
    compact = compact_graph(GRAPH)
    assert [(spec["name"], spec["shape"], data) for spec, data in compact["weights"]] == [
        ("c1", [], ONE), ("c2", [], TWO), ("c3", [4], ONE)]
    scopes = [compact["topology"]["node"], *(one["nodeDef"] for one in compact["topology"]["library"]["function"])]
    own = [node["name"] for scope in scopes for node in scope if node["op"] != "Const"]
    assert len(own) == len(set(own))
