"""A model's encoder and step as graphs that take sources of every length."""

import tensorflow as tf


class TracedFunctions:
    """`encode` and `step` with all their intermediate tensors, compiled once for all lengths and numbers of rows.

    Args:
        model: a built `Seq2Seq`.
        features: int or `None`. Width of the feature vectors, where the source is a sequence of these.
    """

    def __init__(self, model, features=None):
        def encode(source):
            memory, state, found = model.encode(source, intermediates=True)
            return {**memory, "read": memory["mask"]}, state, found  # for `mask` may come back with muted positions

        source = (tf.TensorSpec([None, None], tf.int32) if features is None
                  else tf.TensorSpec([None, None, features], tf.float32))
        self._encode = tf.function(encode, input_signature=[source])
        outputs = self._encode.get_concrete_function().structured_outputs
        memory, state, _ = tf.nest.map_structure(lambda tensor: tf.TensorSpec(tensor.shape, tensor.dtype), outputs)

        def step(token, state, memory, override, use_override):
            return model.step(token, state, memory, attention_override=override, use_override=use_override,
                              intermediates=True)

        self._step = tf.function(step, input_signature=[
            tf.TensorSpec([None], tf.int32), state, memory, tf.TensorSpec([None, None], tf.float32),
            tf.TensorSpec([None], tf.bool)])

    def encode(self, source):
        """`(memory, state, intermediates)` of a source `(1, Tx)` or `(1, Tx, D)`; see `Seq2Seq.encode`.

        The memory's `read` is its `mask`, for steps with another `mask`; see `Attention`.
        """
        return self._encode(tf.convert_to_tensor(source))

    def step(self, token, state, memory, weights=None):
        """`(logits, state, weights, intermediates)`; see `Decoder.step`.

        Args:
            token: `(rows,)`.
            state, memory: as `encode` gives them.
            weights: `(Tx,)` attention weights that take the place of the model's own in all rows, or `None`.
        """
        shape = tf.shape(token)[0], tf.shape(memory["mask"])[1]
        override = tf.zeros(shape) if weights is None else tf.broadcast_to(weights, shape)
        return self._step(token, state, memory, override, tf.fill(shape[:1], weights is not None))
