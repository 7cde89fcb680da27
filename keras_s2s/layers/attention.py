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

    def project_query(self, query):
        """What `score` sees of queries `(..., Q)`. Defaults to the queries themselves."""
        return query

    def score(self, query, keys, state):
        """Scores `(batch, target time, source time)` of projected queries `(batch, target time, .)` against keys."""
        raise NotImplementedError

    def align(self, query, scores, mask):
        """Weights `(batch, target time, source time)` from scores; `mask` (batch, source time): what was read."""
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
            query: `(rows, Q)` for one step or `(batch, target time, Q)` for all steps at once. For one step a source
                may have several rows, one after the other (a beam's hypotheses): rows is then a multiple of batch,
                and nothing of the memory is copied.
            memory: dict with `values` (batch, source time, D), `keys` (batch, source time, units), `mask`
                (batch, source time) bool. Where it leaves out more than the padding, `read` is the source's own mask.
            state: dict of what the attention remembers, rows first, see `initial_state`.
            override: `(rows, source time)` weights that take the place of the attention's own (single step).
            use_override: `(rows,)` bool, the rows in which they do.

        Returns:
            `(context, weights, scores, state)`: `(rows, D)` or `(batch, target time, D)`, twice the same with
            `source time` in the place of D, and the renewed state.
        """
        one_step = len(query.shape) == 2
        if self.remembers and not one_step:
            raise ValueError(f"{type(self).__name__} got queries of shape {tuple(query.shape)}. It remembers where it "
                             "looked. Pass one query (batch, units) at a time, with the state of the last.")
        queries, projected = query, self.project_query(query)
        if one_step:
            queries, projected = by_source(query, memory["mask"]), by_source(projected, memory["mask"])
        scores = self.score(projected, memory["keys"], state)
        scores = ops.where(ops.expand_dims(memory["mask"], 1), scores, ops.cast(MASKED_SCORE, scores.dtype))
        weights = self.align(queries, scores, memory.get("read", memory["mask"]))
        if override is not None:
            override = ops.reshape(override, ops.shape(weights))
            weights = ops.where(ops.reshape(use_override, (*ops.shape(weights)[:2], 1)), override, weights)
        context = ops.matmul(weights, memory["values"])
        if one_step:
            rows = ops.shape(query)[0] if query.shape[0] is not None else -1
            weights, scores = (ops.reshape(found, (rows, ops.shape(memory["mask"])[1])) for found in (weights, scores))
            context = ops.reshape(context, (-1, context.shape[-1]))
            state = self.remember(state, weights)
        return context, weights, scores, state

    def get_config(self):
        return {**super().get_config(), "units": self.units}


def by_source(rows, mask):
    """`(rows, features)` as `(batch, rows of a source, features)`, for a mask `(batch, source time)`."""
    if isinstance(rows, keras.KerasTensor):  # composed with keras.Input: one row for each source
        return ops.expand_dims(rows, 1)
    # Where the numbers are known both may be 0, and no -1 can be made of that; in a graph every operation costs.
    group = -1 if rows.shape[0] is None or mask.shape[0] is None else rows_of_a_source(rows.shape[0], mask.shape[0])
    return ops.reshape(rows, (ops.shape(mask)[0], group, rows.shape[-1]))


def rows_of_a_source(rows, sources):
    """How many rows each of so many sources has; 0 where there is no source."""
    return rows // (max(sources, 1) if isinstance(sources, int) else ops.maximum(sources, 1))


def build_dense(layer, width):
    """Builds a dense layer for inputs of this width, once."""
    if not layer.built:
        layer.build((None, width))


def product_with_vector(hidden, layer):
    """`layer`, of one unit, on `(batch, target time, source time, units)`: `(batch, target time, source time)`.

    As one product of matrices: Keras' own way through more than two axes is a dozen operations long.
    """
    if isinstance(hidden, keras.KerasTensor):
        return ops.squeeze(layer(hidden), -1)
    return ops.reshape(layer(ops.reshape(hidden, (-1, hidden.shape[-1]))), ops.shape(hidden)[:3])
