"""One converted graph: read, mended, checked."""

import base64
import json
from pathlib import Path

import numpy as np
import tensorflow as tf

from keras_s2s.export.browser_operations import check_operations


def read_converted_graph(path, function):
    """Reads the converter's files, mends what TF.js would stumble over, refuses what cannot be mended.

    Args:
        path: folder with `model.json` and its weights.
        function: the concrete function that was converted.

    Returns:
        dict with `topology`, `signature` and `weights`, a list of `(TF.js weight specification, bytes)`.

    Raises:
        RuntimeError: where the converter wrote something unusable; the message names the node.
        UserError: where the graph needs an operation that the runtime lacks.
    """
    model = json.loads(Path(path, "model.json").read_text(encoding="utf-8"))
    (group,) = model["weightsManifest"]
    data = b"".join(Path(path, shard).read_bytes() for shard in group["paths"])
    weights, start = [], 0
    for spec in group["weights"]:
        size = int(np.prod(spec["shape"], dtype=np.int64)) * {"float32": 4, "int32": 4, "bool": 1}[spec["dtype"]]
        weights.append((spec, data[start:start + size]))
        start += size
    if start != len(data):
        raise RuntimeError(f"the converter wrote {len(data)} bytes of weights, {start} were expected")
    _split_fused_tanh(model["modelTopology"]["node"])
    _split_fused_sums(model["modelTopology"]["node"], weights)
    check_operations(model["modelTopology"])
    _check(model["modelTopology"], weights)
    return {"topology": model["modelTopology"], "weights": weights, "signature": _signature(model, function)}


def _split_fused_tanh(nodes):
    """Takes tanh out of fused matrix products.

    The converter's optimiser fuses product, bias and tanh into one node. TF.js' cpu backend refuses it; its wasm
    backend reads past its table of activations and damages its memory.
    """
    tanh = base64.b64encode(b"Tanh").decode()
    for node in [node for node in nodes if node["op"] == "_FusedMatMul"]:
        operations = node["attr"]["fused_ops"]["list"]["s"]
        if operations[-1] != tanh:
            continue
        linear = {**node, "name": f"{node['name']}/linear", "attr": {
            **node["attr"], "fused_ops": {"list": {"s": operations[:-1]}}}}
        node.clear()
        node.update(name=linear["name"].removesuffix("/linear"), op="Tanh", input=[linear["name"]],
                    attr={"T": linear["attr"]["T"]})
        nodes.append(linear)


def _split_fused_sums(nodes, weights):
    """Takes the sum of two matrix products apart.

    The optimiser fuses one of them with the sum, as if the other were a bias. TF.js' wasm backend takes vectors only.
    """
    vectors = {spec["name"] for spec, _ in weights if len(spec["shape"]) == 1}
    for node in [node for node in nodes if node["op"] == "_FusedMatMul" and node["input"][2] not in vectors]:
        first, second, other = node["input"]
        kind = {"T": node["attr"]["T"]}
        turned = {name: node["attr"][name] for name in ("transpose_a", "transpose_b") if name in node["attr"]}
        product = {"name": f"{node['name']}/product", "op": "MatMul", "input": [first, second],
                   "attr": {**kind, **turned}}
        node.update(op="AddV2", input=[product["name"], other], attr=kind)
        nodes.append(product)


def _signature(model, function):
    """Names to tensors.

    The converter tells inputs and outputs apart by shape and type, and loses the names of those that share both.
    Inputs keep their placeholders' names; the outputs are given in the order of the function's structured outputs.
    """
    nodes = {node["name"] for node in model["modelTopology"]["node"]}
    inputs, outputs = {}, {}
    for spec in tf.nest.flatten(function.structured_input_signature):
        if spec.name not in nodes:
            raise RuntimeError(f"the converted graph has no input {spec.name}")
        inputs[spec.name.replace("__", ".")] = _tensor_info(spec.name, spec)
    for index, (name, tensor) in enumerate(sorted(function.structured_outputs.items())):
        node = "Identity" if index == 0 else f"Identity_{index}"
        if node not in nodes:
            raise RuntimeError(f"the converted graph has no node {node} for the output {name}")
        outputs[name] = _tensor_info(node, tensor)
    return {"inputs": inputs, "outputs": outputs}


def _tensor_info(node, spec):
    return {"name": f"{node}:0", "dtype": tf.as_dtype(spec.dtype).as_datatype_enum,
            "tensorShape": {"dim": [{"size": str(-1 if size is None else size)} for size in spec.shape]}}


def _check(topology, weights=()):
    """Refuses what TF.js 4.22 would only stumble over at run time."""
    numbers = {spec["name"]: np.frombuffer(data, "<i4") for spec, data in weights if spec["dtype"] == "int32"}
    scopes: list[tuple[list, set, list]] = [(topology["node"], set(), [])]
    for function in topology.get("library", {}).get("function", []):
        arguments = {argument["name"] for argument in function["signature"].get("inputArg", [])}
        scopes.append((function.get("nodeDef", []), arguments, list(function.get("ret", {}).values())))
    for nodes, arguments, returned in scopes:
        known = arguments | {node["name"] for node in nodes}
        for name in [*returned, *(name for node in nodes for name in node.get("input", []))]:
            if name.removeprefix("^").split(":")[0] not in known:
                # It moves constants out of loops, and with them the names of nodes that begin alike.
                raise RuntimeError(f"the converter lost the node {name}: make ranges before the loop, not in it")
        for node in nodes:
            kind = node.get("attr", {}).get("T", {}).get("type")
            if node["op"] == "ReverseV2" and kind in (tf.bool.as_datatype_enum, "DT_BOOL"):
                raise RuntimeError(f"{node['name']} reverses bools, by which TF.js' wasm backend damages its memory")
            if node["op"] in ("Cumsum", "Cumprod") and np.any(numbers.get(node["input"][1].split(":")[0], 0) < 0):
                raise RuntimeError(f"{node['name']} runs along a negative axis, by which TF.js' wasm backend damages "
                                   "its memory: count the axis from the front")
            if node["op"] == "GatherV2" and int(node.get("attr", {}).get("batch_dims", {}).get("i", 0)):
                raise RuntimeError(f"{node['name']} gathers row by row (batch_dims), by which TF.js' wasm backend "
                                   "damages its memory: gather from the flattened tensor")
            if node["op"] == "TopKV2" and nodes is not topology["node"]:
                raise RuntimeError(f"{node['name']} is a top-k in a loop, where TF.js gives its values for its indices")
