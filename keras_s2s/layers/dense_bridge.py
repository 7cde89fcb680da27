"""A learnt bridge."""

import keras
from keras import ops

from keras_s2s.layers.attention import build_dense
from keras_s2s.layers.bridge import Bridge


@keras.saving.register_keras_serializable("keras_s2s")
class DenseBridge(Bridge):
    """A learnt transformation of the encoder's last state (Bahdanau et al. 2015, appendix A.2.2):

        s_0 = tanh(W h + b)

    One for each tensor of each layer's state, with all tensors of the encoder's layer as its input, so that cells and
    widths of the two sides may differ. The tanh keeps a hidden state in its range; an LSTM's cell goes without.
    """

    def __init__(self, units, layers=1, state_names=("hidden",), **kwargs):
        super().__init__(units, layers, state_names, **kwargs)
        self.projections = {
            f"layer_{index}_{name}": keras.layers.Dense(
                self.units, activation="tanh" if name == "hidden" else None, name=f"layer_{index}_{name}")
            for index in range(self.layers) for name in self.state_names}

    def build(self, final_state_shape, values_shape):
        for own, other in self.pairs_of_layers(final_state_shape):
            self.build_layer(own, sum(shape[-1] for shape in final_state_shape[other].values()))
        self.built = True

    def build_layer(self, own, width):
        """Builds the weights of a decoder layer for features of this width."""
        for name in self.state_names:
            build_dense(self.projections[f"{own}_{name}"], width)

    def call(self, final_state, values, mask):
        return {own: self.transformed(own, ops.concatenate(
                    [final_state[other][name] for name in sorted(final_state[other])], axis=-1))
                for own, other in self.pairs_of_layers(final_state)}

    def transformed(self, own, features):
        """A decoder layer's state from features `(batch, width)`."""
        return {name: self.projections[f"{own}_{name}"](features) for name in self.state_names}
