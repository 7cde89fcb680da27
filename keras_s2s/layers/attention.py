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

    An attention may remember where it looked: `initial_state` names what it carries from step to step, `remember`
    renews it after each. It is part of the decoder's state, and such an attention answers one query at a time.

    Args:
        units: int. Width of the keys.
    """

    remembers = False

    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = int(units)

    def build(self, query_shape, memory_shape):
        """Builds the weights for queries `(..., query units)` and a memory with values `(batch, time, D)`."""
        self.built = True

    def project_keys(self, values):
        """Keys `(batch, source time, units)` from values `(batch, source time, D)`, once for each source."""
        raise NotImplementedError

    def score(self, query, keys, state):
        """Scores `(batch, target time, source time)` of queries `(batch, target time, Q)` against keys."""
        raise NotImplementedError

    def align(self, query, scores, mask):
        """Weights `(batch, target time, source time)` from scores; `mask` (batch, source time)."""
        return ops.softmax(scores, axis=-1)

    def initial_state(self, mask):
        """What is remembered before the first step: a dict of tensors, batch first; `mask` (batch, source time)."""
        return {}

    def remember(self, state, weights):
        """The state after a step that had these weights `(batch, source time)`."""
        return state

    def call(self, query, memory, state=None, override=None, use_override=None):
        """Attends.

        Args:
            query: `(batch, Q)` for one step or `(batch, target time, Q)` for all steps at once.
            memory: dict with `values` (batch, source time, D), `keys` (batch, source time, units), `mask`
                (batch, source time) bool.
            state: dict of what the attention remembers, see `initial_state`.
            override: `(batch, source time)` weights that take the place of the attention's own (single step).
            use_override: `(batch,)` bool, the rows in which they do.

        Returns:
            `(context, weights, scores, state)`: `(batch, [target time,] D)`, twice
            `(batch, [target time,] source time)`, and the renewed state.
        """
        one_step = len(query.shape) == 2
        if self.remembers and not one_step:
            raise ValueError(f"{type(self).__name__} got queries of shape {tuple(query.shape)}. It remembers where it "
                             "looked. Pass one query (batch, units) at a time, with the state of the last.")
        queries = ops.expand_dims(query, 1) if one_step else query
        scores = self.score(queries, memory["keys"], state)
        scores = ops.where(ops.expand_dims(memory["mask"], 1), scores, ops.cast(MASKED_SCORE, scores.dtype))
        weights = self.align(queries, scores, memory["mask"])
        if override is not None:
            weights = ops.where(ops.reshape(use_override, (-1, 1, 1)), ops.expand_dims(override, 1), weights)
        context = ops.matmul(weights, memory["values"])
        if one_step:
            context, weights, scores = ops.squeeze(context, 1), ops.squeeze(weights, 1), ops.squeeze(scores, 1)
            state = self.remember(state, weights)
        return context, weights, scores, state

    def get_config(self):
        return {**super().get_config(), "units": self.units}


def build_dense(layer, width):
    """Builds a dense layer for inputs of this width, once."""
    if not layer.built:
        layer.build((None, width))
