"""Which tokens a search may write."""

import numpy as np
from keras import ops

from keras_s2s.ids import PADDING_ID, START_ID

# Far below every logit that a network gives, and exact in float16.
_PENALTY = -30000.0


def writable(logits):
    """Lowers the logits of padding and start, which no target has, so that no search chooses them.

    A trained model hardly ever would; an untrained one does, and a row with padding in its middle has no clear end.
    The logits of all other tokens keep their values.

    Args:
        logits: `(..., vocabulary)`.
    """
    penalty = np.zeros(logits.shape[-1], "float32")
    penalty[[PADDING_ID, START_ID]] = _PENALTY
    return ops.add(logits, penalty)
