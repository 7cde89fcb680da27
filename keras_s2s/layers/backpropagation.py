"""A recurrence and its gradient, for training on processors with TensorFlow."""

import tensorflow as tf


def pays():
    """Whether this is the quickest way to train on whole sequences: where there is a GPU, its own layers are."""
    return not tf.config.list_logical_devices("GPU")


def run_recurrence(cell, projected, state, kernel, bias, keep=None, recurrent_mask=None):
    """Runs a cell over a sequence; its gradient is backpropagation through time, written out (Werbos 1990).

    TensorFlow's own gradient of a loop keeps what every operation of every step put out, and multiplies and adds up the
    weights' gradient step by step. Here the loop back carries one vector: all that does not depend on it (how the gates
    react) is computed for all steps at once beforehand, and the weights' gradient for all at once afterwards.

    Args:
        cell: one of the cells, e.g. `GRUCell`.
        projected: `(time, batch, gates * units)`, the inputs' products with their bias.
        state: dict of `(batch, units)`, the first state.
        kernel, bias: the recurrent weights `(units, gates * units)` and `(gates * units,)`.
        keep: `(time, batch, 1)`, 1 where a step is padding and leaves the state as it is, else 0; or `None`.
        recurrent_mask: `(batch, units)` that the state is multiplied with before every product, or `None`.

    Returns:
        `(outputs, state)`: `(time, batch, units)` and the last state.
    """
    names = cell.state_names

    @tf.custom_gradient
    def run(projected, kernel, bias, *first):
        recurrent, states = _forward(cell, projected, dict(zip(names, first, strict=True)), kernel, bias, keep,
                                     recurrent_mask)

        def gradient(d_outputs, *d_final):
            with tf.name_scope("gradient_tape/backpropagation"):  # for profilers
                return gradients(d_outputs, *d_final)

        def gradients(d_outputs, *d_final):
            before = {name: tf.concat([start[None], states[name][:-1]], 0)
                      for name, start in zip(names, first, strict=True)}
            reaction = cell.reaction(projected, recurrent, before, states)
            d_first, d_states = _backward(cell, reaction, d_outputs, dict(zip(names, d_final, strict=True)), kernel,
                                          keep, recurrent_mask)
            d_projected, d_recurrent = cell.gradients_of_products(d_states, reaction)
            if keep is not None:
                d_projected, d_recurrent = d_projected * (1.0 - keep), d_recurrent * (1.0 - keep)
            hidden = before["hidden"] if recurrent_mask is None else before["hidden"] * recurrent_mask
            flat = tf.reshape(d_recurrent, (-1, d_recurrent.shape[-1]))
            d_kernel = tf.matmul(tf.reshape(hidden, (-1, hidden.shape[-1])), flat, transpose_a=True)
            return d_projected, d_kernel, tf.reduce_sum(flat, 0), *(d_first[name] for name in names)

        return (states["hidden"], *(states[name][-1] for name in names)), gradient

    outputs, *final = run(projected, kernel, bias, *(state[name] for name in names))
    return outputs, dict(zip(names, final, strict=True))


def _forward(cell, projected, state, kernel, bias, keep, recurrent_mask):
    """The recurrent products and the states of all steps."""
    time = tf.shape(projected)[0]
    arrays = {name: tf.TensorArray(projected.dtype, time, element_shape=value.shape)
              for name, value in {"recurrent": projected[0], **state}.items()}

    def body(index, state, arrays):
        hidden = state["hidden"] if recurrent_mask is None else state["hidden"] * recurrent_mask
        recurrent = tf.nn.bias_add(tf.matmul(hidden, kernel), bias)
        new, _ = cell.step(projected[index], recurrent, state)
        if keep is not None:
            new = {name: tf.where(keep[index] > 0, state[name], new[name]) for name in new}
        written = {"recurrent": recurrent, **new}
        return index + 1, new, {name: array.write(index, written[name]) for name, array in arrays.items()}

    _, _, arrays = tf.while_loop(lambda index, *_: index < time, body, (0, state, arrays))
    stacked = {name: array.stack() for name, array in arrays.items()}
    return stacked.pop("recurrent"), stacked


def _backward(cell, reaction, d_outputs, d_final, kernel, keep, recurrent_mask):
    """The gradient by the first state, and by the new states of all steps."""
    time = tf.shape(d_outputs)[0]
    arrays = {name: tf.TensorArray(d_outputs.dtype, time, element_shape=value.shape) for name, value in d_final.items()}

    def body(index, d_state, arrays):
        d_state = {**d_state, "hidden": d_state["hidden"] + d_outputs[index]}
        now = {name: value[index] for name, value in reaction.items()}
        d_new = cell.through_outputs(d_state, now)
        d_recurrent = cell.gradient_of_recurrent(d_new, now)
        d_before = cell.gradient_of_kept(d_new, now)
        d_hidden = tf.matmul(d_recurrent, kernel, transpose_b=True)
        d_hidden = d_hidden if recurrent_mask is None else d_hidden * recurrent_mask
        d_before = {**d_before, "hidden": d_hidden + d_before["hidden"] if "hidden" in d_before else d_hidden}
        if keep is not None:
            d_before = {name: tf.where(keep[index] > 0, d_state[name], d_before[name]) for name in d_before}
        return index - 1, d_before, {name: array.write(index, d_new[name]) for name, array in arrays.items()}

    _, d_first, arrays = tf.while_loop(lambda index, *_: index >= 0, body, (time - 1, d_final, arrays))
    return d_first, {name: array.stack() for name, array in arrays.items()}
