"""Forced decoding: how likely a given target is, and where the model looks while writing it."""

from keras import ops

from keras_s2s.ids import PADDING_ID
from keras_s2s.log_normalizer import log_normalizer
from keras_s2s.output_buffer import OutputBuffer, write_step


class Forced:
    """Runs over given targets in place of searching; the same loop over `step`.

    Call arguments:
        step, state, memory: see `Greedy`.
        inputs: `(batch, target time)` int32, the previous token of each step, beginning with the start token.
        labels: `(batch, target time)` int32, the token to be scored at each step, 0 for padding.

    Returns:
        dict with `log_prob` (batch,), `token_log_probs` (batch, target time), 0 at padding, and `attention`
        (batch, target time, source time), 0 at padding.
    """

    def __call__(self, step, state, memory, inputs, labels):
        batch, time = ops.shape(labels)[0], ops.shape(labels)[1]
        source_time = ops.shape(memory["mask"])[1]
        inputs, by_time = ops.transpose(inputs), ops.transpose(labels)

        def body(index, state, log_probs, attention):
            logits, state, weights = step(ops.take(inputs, index, axis=0), state, memory)
            label = ops.take(by_time, index, axis=0)
            real = ops.cast(ops.not_equal(label, PADDING_ID), logits.dtype)
            chosen = ops.squeeze(ops.take_along_axis(logits, ops.expand_dims(label, -1), axis=-1), -1)
            log_prob = (chosen - ops.squeeze(log_normalizer(logits), -1)) * real
            log_probs = write_step(log_probs, index, log_prob)
            attention = OutputBuffer.write(attention, index, weights * ops.expand_dims(real, -1))
            return index + 1, state, log_probs, attention

        _, _, log_probs, attention = ops.while_loop(
            lambda index, *_: index < time, body,
            (ops.convert_to_tensor(0, "int32"), state, ops.zeros((time, batch), dtype="float32"),
             OutputBuffer.empty(time, (batch, source_time))))
        log_probs = ops.transpose(log_probs)
        return {"log_prob": ops.sum(log_probs, axis=1), "token_log_probs": log_probs,
                "attention": ops.transpose(OutputBuffer.stacked(attention, time), (1, 0, 2))}
