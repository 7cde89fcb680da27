"""The loop over time that all searches share."""

from keras import ops

from keras_s2s.output_buffer import OutputBuffer, buffers_are_tensors
from keras_s2s.search.backend import is_tensorflow
from keras_s2s.search.dropping import run_dropping


def run_sentences(body, fixed, moving, longest, results, width=None):
    """Takes steps until no path of any sentence goes on.

    Where it can, it drops the sentences that have ended, as soon as they are a quarter of many: the others then have
    the processor to themselves.

    Args:
        body: `(index, sentences) -> (moving, weights)`, one step of all paths; `sentences` holds all of `fixed` and
            `moving`, weights are `(sentences, paths, source time)`.
        fixed: nested dict of tensors, sentences first, that stay as they are: `memory`, limits.
        moving: nested dict of tensors, sentences first, that each step renews. `alive` (sentences, paths) bool says
            which paths go on.
        longest: scalar, the most steps.
        results: names of those in `moving` that are the result.
        width: int or `None`. Columns of the attention, where all shapes must be known beforehand.

    Returns:
        `(steps, results, attention)`: how many steps were taken; a dict of the results, a row for each sentence;
        `(steps or width, sentences, paths, source time)`.
    """
    number, paths = ops.shape(moving["alive"])
    source_time = ops.shape(fixed["memory"]["mask"])[1]
    buffer = OutputBuffer.empty(longest if width is None else width, (number, paths, source_time))
    first = ops.convert_to_tensor(0, "int32")
    if is_tensorflow() and width is None and not buffers_are_tensors():
        steps, found, buffer = run_dropping(body, fixed, moving, longest, results, first, buffer)
    else:
        def step(index, moving, buffer):
            moving, weights = body(index, {**fixed, **moving})
            return index + 1, moving, OutputBuffer.write(buffer, index, weights)

        steps, moving, buffer = ops.while_loop(
            lambda index, moving, buffer: ops.logical_and(index < longest, ops.any(moving["alive"])),
            step, (first, moving, buffer))
        found = {name: moving[name] for name in results}
    return steps, found, OutputBuffer.stacked(buffer, steps if width is None else width)


def flat(tensor):
    """`(sentences, paths, ...)` as the rows that a step takes, `(sentences * paths, ...)`."""
    if tensor.shape[1] == 1:
        return ops.squeeze(tensor, 1)
    if None not in tensor.shape[2:] and 0 not in tensor.shape[2:]:
        return ops.reshape(tensor, (-1, *tensor.shape[2:]))
    sentences, paths, *rest = ops.shape(tensor)
    return ops.reshape(tensor, (sentences * paths, *rest))


def by_sentence(rows, like):
    """Rows `(sentences * paths, ...)` as `(sentences, paths, ...)`, as many as `like` (sentences, paths) has."""
    if like.shape[1] == 1:
        return ops.expand_dims(rows, 1)
    if None not in (like.shape[1], *rows.shape[1:]) and 0 not in rows.shape[1:]:
        return ops.reshape(rows, (-1, like.shape[1], *rows.shape[1:]))
    return ops.reshape(rows, (*ops.shape(like)[:2], *ops.shape(rows)[1:]))


def spread(tensor, paths):
    """`(sentences, ...)` as `(sentences, paths, ...)`, the same for each path."""
    return ops.repeat(ops.expand_dims(tensor, 1), paths, axis=1)


def put(values, index, new):
    """`values` (sentences, paths, time) with `new` (sentences, paths) at step `index`."""
    now = ops.equal(ops.arange(ops.shape(values)[2], dtype="int32"), index)
    return ops.where(now, ops.expand_dims(new, -1), values)
