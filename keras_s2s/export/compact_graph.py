"""A converted graph without what no runtime reads: most of the download of a small model is names and attributes."""

from tensorflow.python.framework import op_def_registry

ATTRIBUTES = frozenset({
    "DstT", "adj_x", "adj_y", "axis", "begin_mask", "body", "cond", "data_format", "dilations", "ellipsis_mask",
    "end_mask", "exclusive", "fused_ops", "keep_dims", "new_axis_mask", "num_split", "padding", "reverse",
    "shrink_axis_mask", "squeeze_dims", "strides", "transpose_a", "transpose_b"})
"""What the runtime reads. How many inputs an operation has, and of which types, it sees from them."""

_NOTHING: tuple[dict, ...] = ({"b": False}, {"i": "0"}, {"i": 0}, {"list": {}})


def compact_graph(graph):
    """Shortens a graph; what it computes stays the same.

    Nodes are called `n1`, `n2` ..., arguments of functions `a1` ..., functions `f1` ..., and constants `c1` ... by
    their content, so that equal ones are there once; inputs keep their names. Every reference is `name`, or
    `name:index` for another result than the first. Attributes are those of `ATTRIBUTES` that say something else than
    false or 0.

    Args:
        graph: dict with `topology`, `signature` and `weights`, a list of `(specification, bytes)`.

    Returns:
        a new dict of the same form.
    """
    names = _Names(graph["weights"])
    topology = graph["topology"]
    functions = {function["signature"]["name"]: f"f{index}"
                 for index, function in enumerate(topology.get("library", {}).get("function", []), 1)}
    library = []
    for function in topology.get("library", {}).get("function", []):
        arguments = [argument["name"] for argument in function["signature"].get("inputArg", [])]
        scope = _Scope(function.get("nodeDef", []), names, functions, arguments)
        results = function["signature"]["outputArg"]
        library.append({
            "signature": {"name": functions[function["signature"]["name"]],
                          "inputArg": [{"name": scope.names[name]} for name in arguments],
                          "outputArg": [{"name": f"r{index}"} for index, _ in enumerate(results, 1)]},
            "nodeDef": scope.nodes,
            "ret": {f"r{index}": scope.reference(function["ret"][result["name"]])
                    for index, result in enumerate(results, 1)}})
    scope = _Scope(topology["node"], names, functions)
    signature = {side: {name: {"name": scope.reference(tensor["name"])} for name, tensor in tensors.items()}
                 for side, tensors in graph["signature"].items()}
    return {"topology": {"node": scope.nodes, "library": {"function": library}},
            "signature": signature, "weights": names.used_weights()}


class _Names:
    """New names, all different; those of constants by what they hold."""

    def __init__(self, weights):
        contents: dict[tuple, str] = {}
        self._constants: dict[str, str] = {}
        self._weights: dict[str, tuple] = {}
        for spec, data in weights:
            name = contents.setdefault((spec["dtype"], tuple(spec["shape"]), data), f"c{len(contents) + 1}")
            self._constants[spec["name"]] = name
            self._weights.setdefault(name, ({**spec, "name": name}, data))
        self._used = set()
        self._count = 0

    def constant(self, name):
        """The new name of a constant."""
        self._used.add(self._constants[name])
        return self._constants[name]

    def new(self, letter):
        """A name that is not taken."""
        self._count += 1
        return f"{letter}{self._count}"

    def used_weights(self):
        """The weights that a constant asked for."""
        return [weight for name, weight in self._weights.items() if name in self._used]


class _Scope:
    """The nodes of a graph or of a function.

    Attributes:
        names: dict from old to new names.
        nodes: list of new nodes.
    """

    def __init__(self, nodes, names, functions, arguments=()):
        self._old = {node["name"]: node for node in nodes}
        self._functions = functions
        self.names = {name: names.new("a") for name in arguments}
        for name, node in self._old.items():
            if node["op"] == "Const":
                self.names[name] = names.constant(name)
            elif node["op"] == "Placeholder":
                self.names[name] = name
            else:
                self.names[name] = names.new("n")
        # A constant that has several names so far becomes one node.
        self.nodes = list({self.names[name]: self._node(node) for name, node in self._old.items()}.values())

    def reference(self, text):
        """A reference to a node's result: `name`, `name:index` or, in functions, `name:output:index` before."""
        name, *rest = text.split(":")
        index = int(rest[-1]) if rest else 0
        if len(rest) == 2:
            index += _first_index(self._old[name], rest[0])
        return f"{self.names[name]}:{index}" if index else self.names[name]

    def _node(self, node):
        new = {"name": self.names[node["name"]], "op": node["op"]}
        # Control inputs order what has effects. Here nothing has.
        inputs = [self.reference(text) for text in node.get("input", []) if not text.startswith("^")]
        attributes = {} if node["op"] in ("Const", "Placeholder") else {
            name: self._attribute(value) for name, value in sorted(node.get("attr", {}).items())
            if name in ATTRIBUTES and value not in _NOTHING}
        return {**new, **({"input": inputs} if inputs else {}), **({"attr": attributes} if attributes else {})}

    def _attribute(self, value):
        return {"func": {"name": self._functions[value["func"]["name"]]}} if "func" in value else value


def _first_index(node, output):
    """Where a named output of an operation begins among its results."""
    start = 0
    for argument in op_def_registry.get(node["op"]).output_arg:
        if argument.name == output:
            return start
        if argument.number_attr:
            start += int(node["attr"][argument.number_attr]["i"])
        elif argument.type_list_attr:
            start += len(node["attr"][argument.type_list_attr]["list"]["type"])
        else:
            start += 1
    raise RuntimeError(f"{node['name']} ({node['op']}) has no output {output}")
