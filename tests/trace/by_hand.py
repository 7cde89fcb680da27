"""A run step by step, written out, to compare traces with."""

import numpy as np
from keras import ops

START, END, NEVER = 2, 3, [0, 2]


def close(found, expected, message=""):
    """Two tensors are the same but for rounding errors, or both absent."""
    if expected is None or found is None:
        assert found is expected, message
        return
    assert found.dtype == np.float32, message
    np.testing.assert_allclose(found, np.asarray(expected), atol=2e-5, rtol=2e-5, err_msg=message)


def encoder_states(encoder, ids):
    """`(embeddings, forward, backward, values)` by Keras' own recurrent layers."""
    embeddings = values = encoder.embedding(ids)
    states: dict = {"forward": [], "backward": []}
    for index, layer in enumerate(encoder.stack):
        below, outputs = values, []
        for recurrence in layer.recurrences:
            turn = (lambda x: ops.flip(x, axis=1)) if recurrence.name == "backward" else (lambda x: x)
            outputs.append(turn(recurrence(turn(below))[0]))
            states[recurrence.name].append(outputs[-1][0])
        values = outputs[0] if len(outputs) == 1 else (
            outputs[0] + outputs[1] if layer.merge == "sum" else ops.concatenate(outputs, axis=-1))
        values = values + below if encoder.residual and index else values
    forward, backward = (np.stack(states[name]) if states[name] else None for name in ("forward", "backward"))
    return np.asarray(embeddings)[0], forward, backward, np.asarray(values)[0]


def greedy(model, ids, limit, blocked=()):
    """A dict for each step: what `step` returns, and the id that is the best."""
    memory, state = model.encode(ops.convert_to_tensor(ids))
    mask = np.array(memory["mask"])
    mask[:, list(blocked)] = False
    memory = {**memory, "mask": ops.convert_to_tensor(mask), "read": memory["mask"]}
    token, steps = START, []
    while len(steps) < limit and token != END:
        logits, after, weights, found = model.step(ops.convert_to_tensor([token]), state, memory, intermediates=True)
        logits = np.asarray(logits)[0]
        allowed = logits.copy()
        allowed[NEVER] = -np.inf
        steps.append({**found, "previous": token, "before": state, "after": after, "logits": logits, "weights": weights
                      if model.decoder.attends else None, "id": int(allowed.argmax())})
        token, state = steps[-1]["id"], after
    return steps


def limit_of(translator, ids):
    """The most tokens that the translator's rule allows."""
    rule, length = translator.target_length, ids.shape[1] - 1
    return min(rule["maximum"], rule["offset"] + int(rule["factor"] * length)) if length else 0
