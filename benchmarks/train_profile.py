"""Where the time of a training step of keras_s2s goes, from TensorFlow's profiler."""

import re
import time
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

PARTS = {"optimizer": ("adam",), "encoder": ("encoder",), "bridge": ("bridge",),
         "attention": ("attention", "key_projection"), "decoder's recurrence": ("recurrence",),
         "combination": ("readout",), "output": ("output_projection", "drop_outputs"),
         "loss and metrics": ("compile_loss", "compile_metrics", "perplexity", "masked_crossentropy"),
         "recurrences' gradients": ("backpropagation",), "decoder's embedding": ("decoder",)}
"""The names by which a part is known, of which one is in the path of an operation; the first part that fits has it."""
REST = "own gradients, clipping, rest"
"""What has no path: mostly gradients that keras_s2s computes itself."""
LARGEST = 20
OPERATION = re.compile(r"([\w./-]+):(\w+)")
CONTAINERS = {"StatefulPartitionedCall", "PartitionedCall", "While", "StatelessWhile", "If", "StatelessIf", "Case"}
"""Operations that only wait for others."""


def profiled(train: Callable, folder: Path, steps: int) -> dict:
    """Trains once under TensorFlow's profiler.

    Args:
        train: Trains so many steps.
        folder: Where the profiler may write.
        steps: How many.

    Returns:
        `milliseconds`, of a step as a whole (the profiler slows it down); `parts`: for each the milliseconds a step of
        its operations, `forward` and `backward` (the rest counts as backward); two threads work on operations, so that
        all parts together may take longer than the step; `largest`: the operations that take longest, with their
        milliseconds.
    """
    import tensorflow as tf
    from tensorflow.tsl.profiler.protobuf import xplane_pb2

    options = tf.profiler.experimental.ProfilerOptions(host_tracer_level=2, python_tracer_level=0)
    tf.profiler.experimental.start(str(folder), options)
    start = time.perf_counter()
    train()
    milliseconds = 1000 * (time.perf_counter() - start) / steps
    tf.profiler.experimental.stop()
    space = xplane_pb2.XSpace()
    space.ParseFromString(max(folder.rglob("*.xplane.pb")).read_bytes())
    operations = ((plane.event_metadata[event.metadata_id].name, event.duration_ps / 1e9)
                  for plane in space.planes for line in plane.lines for event in line.events)
    return {"milliseconds": round(milliseconds, 2), **by_part(operations, steps)}


def by_part(events: Iterable[tuple[str, float]], steps: int) -> dict:
    """The `parts` and `largest` of `profiled`.

    Args:
        events: Names and milliseconds of all that the profiler saw; an operation's is its path, a colon and its type.
        steps: In how many steps.
    """
    parts = {part: Counter(forward=0.0, backward=0.0) for part in [*PARTS, REST]}
    largest = Counter()
    for name, milliseconds in events:
        operation = OPERATION.fullmatch(name)
        if operation is None or operation[2] in CONTAINERS:
            continue
        path = [re.sub(r"_\d+$", "", scope) for scope in operation[1].split("/")]
        part = part_of(path)
        parts[part]["backward" if part == REST or "gradient_tape" in path else "forward"] += milliseconds / steps
        largest[operation[0]] += milliseconds / steps
    return {"parts": {part: {direction: round(value, 2) for direction, value in found.items()}
                      for part, found in parts.items()},
            "largest": [[name, round(value, 2)] for name, value in largest.most_common(LARGEST)]}


def part_of(path: list[str]) -> str:
    """Which of `PARTS` an operation belongs to, or the rest."""
    return next((part for part, names in PARTS.items() if not set(names).isdisjoint(path)), REST)
