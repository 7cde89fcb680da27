"""Times the training of all systems on a GPU, a round after the other."""

import statistics
import sys
from collections.abc import Callable, Sequence

from system_group import SystemGroup
from train_arithmetic import matrix_operations
from train_measure import speeds

PRODUCT_SIZE, PRODUCT_REPEATS = 8192, 20
TOLERANCE = {"float32": 1e-3, "bfloat16": 2e-2}
"""By how much, relatively, first losses may differ: TF32 has as few digits as float16."""


def measure_case(case: dict, group: SystemGroup, start: Callable[[str], None], systems: tuple[str, ...], rounds: int,
                 product_size: int = PRODUCT_SIZE) -> dict:
    """Lets the systems train a model of one size and dtype, each in turn.

    Args:
        case: `size`, `dtype`, and what `gpu_batches.prepare` returns.
        group: The systems; one that ended in an earlier case is started again.
        start: Starts one of them, by name.
        systems: Their names.
        rounds: How often each is timed.
        product_size: Rows and columns of the matrices whose product is timed.

    Returns:
        The case; `operations_per_step`, of the matrix products, padding counted; `systems`: for each that ran to the
        end what `train_measure.speeds` finds and its `device`; `tf32`; `first_steps_seconds`, what the first step of
        each shape took more than a later one; operations a second of the step's products, and of large ones, the
        greatest of the rounds; first and last loss. `failures`: why others have none.
    """
    for name in systems:
        if name not in group.processes and name not in group.failures:
            start(name)
    absent = dict(group.failures)  # what could not even start is not tried again
    found: dict[str, dict] = {}
    for name in list(group.processes):
        print(f"{case['size']}, {case['dtype']}: {name} begins", file=sys.stderr)
        found[name] = begin(name, group, case)
    same_first_losses(group, {name: begun["first_loss"] for name, begun in found.items() if begun},
                      TOLERANCE[case["dtype"]])
    answers: dict[str, list] = {name: [] for name in group.processes}
    products: dict[str, list] = {name: [] for name in group.processes}
    for number in range(rounds):
        print(f"{case['size']}, {case['dtype']}: round {number + 1} of {rounds}", file=sys.stderr)
        for name in list(group.processes):
            answers[name].append(group.ask(name, call="train"))
            products[name].append(group.ask(name, call="product", size=product_size, repeats=PRODUCT_REPEATS))
    operations = matrix_operations(case["sizes"], case["work"]) // case["work"]["steps"]
    seconds: dict[str, Sequence[float]] = {
        name: [answer["seconds"] for answer in answers[name]] for name in group.processes}
    results = {}
    for name in group.processes:
        done = operations * case["work"]["steps"] / statistics.median(seconds[name])
        results[name] = {**speeds(name, seconds, case["work"]), **found[name],
                         "operations_per_second": round(done), "peak_operations_per_second": round(max(products[name])),
                         "last_loss": round(answers[name][-1]["loss"], 4)}
    failures, group.failures = group.failures, absent
    return {**case, "operations_per_step": operations, "systems": results, "failures": failures}


def begin(name: str, group: SystemGroup, case: dict) -> dict:
    """Loads the model of a case and runs its first steps. Nothing where the system ends instead."""
    loaded = group.ask(name, call="load", size=case["size"], dtype=case["dtype"])
    loss = group.ask(name, call="first_loss")
    first, later = (group.ask(name, call="first_steps") for _ in range(2))
    if later is None:
        return {}
    return {**loaded, "first_loss": round(loss, 5), "first_steps_seconds": round(max(first - later, 0.0), 1)}


def same_first_losses(group: SystemGroup, losses: dict[str, float], tolerance: float):
    """Leaves out a system that does not compute what the others do: training begins with the same loss in all."""
    if not losses:
        return
    expected = losses.get("pytorch", statistics.median(losses.values()))
    for name, loss in losses.items():
        if not abs(loss - expected) <= tolerance * abs(expected):
            group.leave_out(name, f"its first loss is {loss:.5f}, not {expected:.5f}")
