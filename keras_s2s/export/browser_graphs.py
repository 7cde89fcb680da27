"""The graphs that run in the browser: ids in, ids out, no text."""

import keras
import tensorflow as tf
from keras import ops

from keras_s2s.export.browser_trace import encoder_tensors, reads_the_source_mask, step_tensors
from keras_s2s.output_buffer import buffers_in_tensors
from keras_s2s.search.constraints import never_written


class BrowserGraphs(tf.Module):
    """`decode`, `encode` and `step` with flat names, from the graph that all other places run.

    Nested tensors are named by their path: `memory.keys`, `state.cells.layer_0.hidden`. `encode` and `step` also give
    all that a trace shows, as `trace.` and its path; who asks for none of it pays nothing.

    Args:
        translator: a `Translator`.
    """

    def __init__(self, translator):
        super().__init__()
        graph = translator.graph
        self.model_weights = graph.model_weights
        memory, state = _forms(translator.model)
        self._parts = lambda: (graph, translator.model, memory, state)
        self.memory_names, self.state_names = list(flatten(memory, "memory")), list(flatten(state, "state"))

    def functions(self):
        """`{name: concrete function}` of the three graphs."""
        ids = {"source": tf.TensorSpec([None, None], tf.int32)}
        _, _, memory, state = self._parts()
        carried = {**flatten(memory, "memory"), **flatten(state, "state")}
        step = {"token": tf.TensorSpec([None], tf.int32),
                "attention_override": tf.TensorSpec([None, None], tf.float32),
                "use_override": tf.TensorSpec([None], tf.bool), **carried}

        def step_function(token, attention_override, use_override, **carried):
            return self.step(token, attention_override, use_override,
                             unflatten(carried, "memory", memory), unflatten(carried, "state", state))

        return {"decode": _concrete(self.decode, ids), "encode": _concrete(self.encode, ids),
                "step": _concrete(step_function, step)}

    def decode(self, source):
        """The whole search: ids to ids."""
        graph, *_ = self._parts()
        result = graph.decode(source)
        return {name: result[name] for name in ("ids", "token_log_probs", "attention")}

    def encode(self, source):
        """Ids to memory and state."""
        _, model, *_ = self._parts()
        memory, state, found = _encode(model, source)
        return {**flatten(memory, "memory"), **flatten(state, "state"), **flatten(encoder_tensors(found), "trace")}

    def step(self, token, attention_override, use_override, memory, state):
        """One time step, with the best token found on the device."""
        _, model, *_ = self._parts()
        logits, state, weights, found = model.step(token, state, memory, attention_override=attention_override,
                                                   use_override=use_override, intermediates=True)
        # Changes nothing where the model attends. Where it does not, the inputs must stay inputs of the graph.
        weights = tf.where(use_override[:, tf.newaxis], attention_override, weights)
        log_probs = logits - ops.logsumexp(logits, axis=-1, keepdims=True)
        choices = never_written(log_probs)
        return {"log_probs": log_probs, "next_token": tf.argmax(choices, axis=-1, output_type=tf.int32),
                "token_log_prob": tf.reduce_max(choices, axis=-1), "weights": weights,
                **flatten(state, "state"),
                **flatten(step_tensors(found, model.decoder.options["cell"]), "trace")}


def flatten(nested, prefix):
    """`{"prefix.path.to.leaf": leaf}` of nested dicts, keys in order."""
    if not isinstance(nested, dict):
        return {prefix: nested}
    return {path: leaf for key in sorted(nested) for path, leaf in flatten(nested[key], f"{prefix}.{key}").items()}


def unflatten(arguments, prefix, form):
    """The nested dict of `form`, its leaves from arguments named by `argument_name`."""
    if not isinstance(form, dict):
        return arguments[argument_name(prefix)]
    return {key: unflatten(arguments, f"{prefix}.{key}", form[key]) for key in form}


def argument_name(name):
    """A tensor's name as one that Python and TensorFlow take for an argument."""
    return name.replace(".", "__")


def _concrete(function, specs):
    with buffers_in_tensors():
        return tf.function(function).get_concrete_function(
            **{argument_name(name): tf.TensorSpec(spec.shape, spec.dtype, name=argument_name(name))
               for name, spec in specs.items()})


def _forms(model):
    """Memory and state as nested `tf.TensorSpec`s with free batch and time axes."""
    function = tf.function(lambda source: _encode(model, source)[:2]).get_concrete_function(
        tf.TensorSpec([None, None], tf.int32))
    return keras.tree.map_structure(lambda tensor: tf.TensorSpec(tensor.shape, tensor.dtype),
                                    function.structured_outputs)


def _encode(model, source):
    """`(memory, state, intermediates)`; the memory's `mask` may be replaced, `read` says what was read."""
    memory, state, found = model.encode(source, intermediates=True)
    return ({**memory, "read": memory["mask"]} if reads_the_source_mask(model.decoder) else memory), state, found
