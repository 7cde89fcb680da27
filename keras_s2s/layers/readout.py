"""What predicts the token."""

import keras
from keras import ops

READOUTS = ("attention_vector", "deep", "state")


class Readout(keras.layers.Layer):
    """The vector r_t from which the next token is predicted, of the state s_t, the context c_t where there is one, and
    the embedding y_{t-1} of the previous token:

        "attention_vector"  r_t = tanh(W [s_t; c_t])             (Luong et al. 2015, eq. 5)
        "deep"              r_t = tanh(W [s_t; c_t; y_{t-1}])    (after Bahdanau et al. 2015, appendix A.2.2)
        "state"             r_t = s_t                            (Sutskever et al. 2014)

    Args:
        kind: see above.
        units: int. Width of r; for `"state"` that of s.
    """

    def __init__(self, kind, units, **kwargs):
        super().__init__(**kwargs)
        if kind not in READOUTS:
            raise ValueError(f"Unknown readout {kind!r}. Expected one of {READOUTS}. Choose one of these.")
        self.kind, self.units = kind, int(units)
        self.combine = None
        if kind != "state":
            self.combine = keras.layers.Dense(self.units, activation="tanh", use_bias=False, name="combine")

    def build(self, output_shape, context_shape=None, embedded_shape=None):
        """Builds the weights for vectors of these shapes; `None` where there is no context."""
        parts = [output_shape, context_shape] + ([embedded_shape] if self.kind == "deep" else [])
        if self.combine is not None and not self.combine.built:
            self.combine.build((None, sum(shape[-1] for shape in parts if shape)))
        self.built = True

    def call(self, output, context=None, embedded=None):
        """`(batch, [time,] .)` each -> `(batch, [time,] units)`."""
        if self.combine is None:
            return output
        parts = [output] + ([] if context is None else [context]) + ([embedded] if self.kind == "deep" else [])
        return self.combine(ops.concatenate(parts, axis=-1))

    def get_config(self):
        return {**super().get_config(), "kind": self.kind, "units": self.units}
