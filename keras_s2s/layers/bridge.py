"""From the encoder's last state to the decoder's first."""

import keras


class Bridge(keras.layers.Layer):
    """Makes the decoder's first state; the base class of `DenseBridge`, `CopyBridge`, `MeanBridge`, `ZeroBridge`.

    Where the two sides have different numbers of layers, the tops are matched: the decoder's top layer takes from the
    encoder's top layer, and so on downwards; layers that find none below take from the encoder's first.

    Args:
        units: int. Width of the decoder's state.
        layers: int. Number of the decoder's recurrent layers. Defaults to 1.
        state_names: names of the tensors in each layer's state. Defaults to `("hidden",)`.

    Call arguments:
        final_state: the encoder's, `{"layer_0": {name: (batch, width), ...}, ...}`.
        values: the encoder's outputs `(batch, source time, D)`, 0 at padding.
        mask: `(batch, source time)` bool.

    Returns:
        `{"layer_0": {name: (batch, units), ...}, ...}`.
    """

    def __init__(self, units, layers=1, state_names=("hidden",), **kwargs):
        super().__init__(**kwargs)
        self.units, self.layers, self.state_names = int(units), int(layers), tuple(state_names)
        self.supports_masking = True

    def build(self, final_state_shape, values_shape):
        """Builds for the shapes of the encoder's final state and outputs."""
        self.built = True

    def call(self, final_state, values, mask):
        raise NotImplementedError

    def compute_mask(self, *args, **kwargs):
        """No implicit masks."""

    def pairs_of_layers(self, final_state):
        """`(decoder layer, encoder layer)` names, of the encoder's final state or its shapes."""
        encoder_layers = len(final_state)
        return [(f"layer_{index}", f"layer_{max(0, index + encoder_layers - self.layers)}")
                for index in range(self.layers)]

    def get_config(self):
        return {**super().get_config(), "units": self.units, "layers": self.layers, "state_names": self.state_names}
