"""A bridge without weights."""

import keras
from keras import ops

from keras_s2s.layers.bridge import Bridge


@keras.saving.register_keras_serializable("keras_s2s")
class CopyBridge(Bridge):
    """The encoder's last state is the decoder's first: s_0 = h_T (Sutskever et al. 2014).

    Both sides must have the same width. An LSTM that finds no cell in the encoder's state begins with a cell of 0; a
    cell that the decoder has no use for is dropped.
    """

    def build(self, final_state_shape, values_shape):
        for own, other in self.pairs_of_layers(final_state_shape):
            width = final_state_shape[other]["hidden"][-1]
            if width != self.units:
                raise ValueError(f"The bridge 'copy' got a state of width {width} from the encoder's {other} for the "
                                 f"decoder's {own} of width {self.units}. The two must be equal. Change the units "
                                 "(those of a bidirectional encoder count twice) or use bridge='dense'.")
        self.built = True

    def call(self, final_state, values, mask):
        return {own: {name: final_state[other][name] if name in final_state[other]
                      else ops.zeros_like(final_state[other]["hidden"]) for name in self.state_names}
                for own, other in self.pairs_of_layers(final_state)}
