"""Times the training of all systems, a round after the other."""

import statistics
import sys
from collections.abc import Sequence

from side_by_side import spread
from system_group import SystemGroup
from train_arithmetic import matrix_operations

SYSTEMS = {"keras_s2s": ("train_ours", "OurTraining", {}),
           "pytorch": ("train_pytorch", "PyTorchTraining", {}),
           "joeynmt": ("train_joeynmt", "JoeyNMTTraining", {}),
           "keras_s2s_xla": ("train_ours", "OurTraining", {"xla": True}),
           "keras_s2s_bfloat16": ("train_ours", "OurTraining", {"policy": "mixed_bfloat16"}),
           "pytorch_bfloat16": ("train_pytorch", "PyTorchTraining", {"bfloat16": True})}
"""Module, class and arguments, see `system_worker`."""
MAIN = ("keras_s2s", "pytorch", "joeynmt")
"""The comparison itself: everything in float32."""
REFERENCES = ("pytorch", "joeynmt")
PRODUCTS = ("keras_s2s", "pytorch")
"""Who multiplies matrices for the limit: the faster counts."""
PRODUCT_SIZE, PRODUCT_REPEATS = 2048, 5
LIMIT = "limit"
SETTLING = 2
"""Steps of later rounds that are not timed: until then the others had the processor and its caches."""
TOLERANCE = {"float32": 1e-4, "bfloat16": 2e-2}
"""By how much, relatively, first losses may differ."""


def measure(group: SystemGroup, rounds: int, warm_up: int, work: dict[str, int], sizes: dict[str, int],
            product_size: int = PRODUCT_SIZE) -> dict:
    """Lets the systems train, each in turn.

    Args:
        group: The running systems.
        rounds: How often each is timed.
        warm_up: How many steps are not timed in the first round.
        work: Of the timed batches, see `train_job.work`.
        sizes: Of the model, see `peer_weights.sizes`.
        product_size: Rows and columns of the matrices whose product is timed.

    Returns:
        `systems`: for each that ran to the end its seconds and busy cores in all rounds, target tokens a second
        (without padding) and milliseconds a step by the median, the loss of one batch before training and the mean loss
        of the last round, how many times as fast as each reference it was, and what compiling took; the limit has a
        row, too. `failures`: why others have none.
    """
    first_losses = same_first_losses(group)
    compiling = {}
    if found := group.ask("keras_s2s_xla", call="compile_shapes", warm_up=SETTLING):
        compiling["keras_s2s_xla"] = found
    answers, products = {name: [] for name in group.processes}, {name: [] for name in PRODUCTS}
    for number in range(rounds):
        print(f"round {number + 1} of {rounds}", file=sys.stderr)
        for name in list(group.processes):
            first = number == 0 and name not in compiling  # what is compiled beforehand is warm
            answers[name].append(group.ask(name, call="train", warm_up=warm_up if first else SETTLING))
        for name in PRODUCTS:
            products[name].append(group.ask(name, call="product", size=product_size, repeats=PRODUCT_REPEATS))
    seconds = {name: [answer["seconds"] for answer in answers[name]] for name in group.processes}
    systems = {}
    for name in group.processes:
        systems[name] = {
            **speeds(name, seconds, work),
            "cores": [round(answer["cpu_seconds"] / answer["seconds"], 2) for answer in answers[name]],
            "first_loss": round(first_losses[name], 5), "last_loss": round(answers[name][-1]["loss"], 4),
            **({"compiling": compiling[name]} if name in compiling else {})}
    return {"systems": systems | limit(products, seconds, work, sizes), "failures": dict(group.failures)}


def same_first_losses(group: SystemGroup) -> dict[str, float]:
    """The losses with which training begins; a system that does not compute what the others do leaves the group."""
    losses = {name: group.ask(name, call="first_loss") for name in list(group.processes)}
    losses = {name: loss for name, loss in losses.items() if loss is not None}
    expected = losses.get("pytorch", next(iter(losses.values()), None))
    for name, loss in losses.items():
        if not abs(loss - expected) <= TOLERANCE["bfloat16" if "bfloat16" in name else "float32"] * abs(expected):
            group.leave_out(name, f"its first loss is {loss:.5f}, not {expected:.5f}")
    return losses


def speeds(name: str, seconds: dict[str, Sequence[float]], work: dict[str, int]) -> dict:
    """The numbers of a row that come from its seconds, and from those of the references.

    Args:
        name: Whose row.
        seconds: Of all rounds, by system.
        work: See `train_job.work`.
    """
    own = seconds[name]
    median = statistics.median(own)
    against = {other: spread([theirs / ours for ours, theirs in zip(own, seconds[other], strict=True)])
               for other in REFERENCES if other in seconds and other != name}
    return {"seconds": [round(one, 3) for one in own],
            "tokens_per_second": round(work["target_tokens"] / median, 1),
            "milliseconds_per_step": round(1000 * median / work["steps"], 2), "times_as_fast_as": against}


def limit(products: dict[str, list[float | None]], seconds: dict[str, Sequence[float]], work: dict[str, int],
          sizes: dict[str, int]) -> dict:
    """The row of a system that needs time for nothing but its matrix products, at the speed of large ones.

    Args:
        products: 10^9 operations a second in all rounds, by system.
        seconds, work, sizes: As above.

    Returns:
        `{"limit": ...}`, or nothing where no product was timed.
    """
    # The greatest, not the median: what else the machine does is no limit of its arithmetic.
    greatest = {name: max(found) for name, found in products.items() if found and None not in found}
    if not greatest:
        return {}
    fastest = max(greatest.values())
    operations = {kind: matrix_operations(sizes, work, padding) for kind, padding in
                  (("with_padding", True), ("without_padding", False))}
    rounds = len(next(iter(products.values())))
    all_seconds = {**seconds, LIMIT: [operations["with_padding"] / fastest / 1e9] * rounds}
    return {LIMIT: {**speeds(LIMIT, all_seconds, work),
                    "operations_per_step": {kind: number // work["steps"] for kind, number in operations.items()},
                    "gigaflops": {name: round(found, 1) for name, found in greatest.items()}}}
