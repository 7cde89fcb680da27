"""A loop over time for training."""

import keras
from keras import ops


def scan(body, state, steps):
    """Runs `body` over time: as `keras.ops.scan`, for any number of inputs of unknown length.

    (Under TensorFlow, Keras 3.15's own takes several inputs only where their length is known beforehand, and wants the
    outputs of a step in the form of its state. So the inputs travel side by side, as one.)

    Args:
        body: `(state, inputs of the step) -> state`.
        state: nested dict of tensors, the state before the first step.
        steps: nested dict of float tensors `(time, batch, features)`.

    Returns:
        `(final state, states)`: the last state, and that after every step, `(time, ...)` each.
    """
    inputs = keras.tree.flatten(steps)
    ends = [sum(part.shape[-1] for part in inputs[:index + 1]) for index in range(len(inputs) - 1)]

    def step(state, now):
        parts = ops.split(now, ends, axis=-1) if ends else [now]  # TensorFlow refuses to split into one
        state = body(state, keras.tree.pack_sequence_as(steps, parts))
        return state, state

    return ops.scan(step, state, ops.concatenate(inputs, axis=-1))
