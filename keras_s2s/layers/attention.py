"""The base class of all attentions."""

import keras
from keras import ops

# Stands in for minus infinity before the softmax: exp(-30000) is exactly 0, and float16 can hold the number.
MASKED_SCORE = -30000.0


class Attention(keras.layers.Layer):
    """Looks at every encoder state and returns their weighted mean, the context.

    A subclass says how well a query fits a key (`score`) and how keys come from values (`project_keys`). The
    rest is the same for all (Bahdanau et al. 2015, eq. 5 and 6; Luong et al. 2015, eq. 7):

        weights_tj = softmax_j(score(query_t, key_j))        context_t = sum_j weights_tj * value_j

    Masked positions get the weight 0 exactly. Keras calls our weights "attention scores".

    Args:
        units: int. Width of the keys.
    """

    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = int(units)

    def build(self, query_shape, memory_shape):
        """Builds the weights for queries `(..., query units)` and a memory with values `(batch, time, D)`."""
        self.built = True

    def project_keys(self, values):
        """Keys `(batch, source time, units)` from values `(batch, source time, D)`, once for each source."""
        raise NotImplementedError

    def score(self, query, keys):
        """Scores `(batch, target time, source time)` of queries `(batch, target time, Q)` against keys."""
        raise NotImplementedError

    def call(self, query, memory, state=None, override=None, use_override=None):
        """Attends.

        Args:
            query: `(batch, Q)` for one step or `(batch, target time, Q)` for all steps at once.
            memory: dict with `values` (batch, source time, D), `keys` (batch, source time, units), `mask`
                (batch, source time) bool.
            state: what the attention remembers from step to step, part of the decoder's state.
            override: `(batch, source time)` weights that take the place of the attention's own (single step).
            use_override: `(batch,)` bool, the rows in which they do.

        Returns:
            `(context, weights, scores, state)`: `(batch, [target time,] D)`, twice
            `(batch, [target time,] source time)`, and the state.
        """
        one_step = len(query.shape) == 2
        queries = ops.expand_dims(query, 1) if one_step else query
        scores = self.score(queries, memory["keys"])
        masked = ops.where(ops.expand_dims(memory["mask"], 1), scores, ops.cast(MASKED_SCORE, scores.dtype))
        weights = ops.softmax(masked, axis=-1)
        if override is not None:
            weights = ops.where(ops.reshape(use_override, (-1, 1, 1)), ops.expand_dims(override, 1), weights)
        context = ops.matmul(weights, memory["values"])
        if one_step:
            context, weights, masked = ops.squeeze(context, 1), ops.squeeze(weights, 1), ops.squeeze(masked, 1)
        return context, weights, masked, state

    def get_config(self):
        return {**super().get_config(), "units": self.units}
