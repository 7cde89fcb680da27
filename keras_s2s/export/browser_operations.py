"""The operations that a graph for the browser may hold: those that the runtime has."""

import functools
import json
from importlib import resources

from keras_s2s.errors import UserError


@functools.cache
def browser_operations():
    """Their names. Written from the runtime: `npx vitest run tests/operations.test.ts -u` in apps/browser."""
    file = resources.files("keras_s2s") / "export" / "browser_operations.json"
    return frozenset(json.loads(file.read_text(encoding="utf-8")))


def check_operations(topology):
    """Refuses a converted graph that the runtime could not run.

    Args:
        topology: dict, `modelTopology` as the converter writes it. The functions of its library count.

    Raises:
        UserError: names the first operation that the runtime lacks, and its node.
    """
    functions = topology.get("library", {}).get("function", [])
    for nodes in (topology["node"], *(function.get("nodeDef", []) for function in functions)):
        for node in nodes:
            if node["op"] not in browser_operations():
                raise UserError(f"the model needs the operation {node['op']} (node {node['name']}), which the "
                                "browser's runtime lacks",
                                f"expected only the {len(browser_operations())} of keras_s2s/export/"
                                "browser_operations.json",
                                "write that part of the model with these, or serve it: keras-s2s export MODEL "
                                "--saved-model DIR")
