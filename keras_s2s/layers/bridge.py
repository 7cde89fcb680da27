"""From the encoder's last state to the decoder's first."""

import keras
from keras import ops


@keras.saving.register_keras_serializable("keras_s2s")
class Bridge(keras.layers.Layer):
    """Turns the encoder's final state into the decoder's initial state.

    One dense layer for each tensor of the decoder's state, with the whole final state as its input, so that
    widths and cells of the two sides may differ. The hidden state goes through tanh (Bahdanau et al. 2015,
    appendix A.2.2: s_0 = tanh(W_s h)), which keeps it in the range of a hidden state; an LSTM's cell does not.

    Args:
        units: int. Width of the decoder's state.
        state_names: names of the tensors in the decoder's cell state. Defaults to `("hidden",)`.
    """

    def __init__(self, units, state_names=("hidden",), **kwargs):
        super().__init__(**kwargs)
        self.units, self.state_names = int(units), tuple(state_names)
        self.projections = [
            keras.layers.Dense(self.units, activation="tanh" if name == "hidden" else None, name=name)
            for name in self.state_names]

    def build(self, final_state_shape):
        """Builds for a final state: a dict of shapes `(batch, width)`."""
        width = sum(shape[-1] for shape in final_state_shape.values())
        for projection in self.projections:
            if not projection.built:
                projection.build((None, width))
        self.built = True

    def call(self, final_state):
        """`{name: (batch, width)}` of the encoder -> `{name: (batch, units)}` for the decoder's cell."""
        features = ops.concatenate([final_state[name] for name in sorted(final_state)], axis=-1)
        return {name: projection(features)
                for name, projection in zip(self.state_names, self.projections, strict=True)}

    def get_config(self):
        return {**super().get_config(), "units": self.units, "state_names": self.state_names}
