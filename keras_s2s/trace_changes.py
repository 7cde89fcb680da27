"""What is set from outside in a run."""

import dataclasses
from dataclasses import dataclass, field

from keras_s2s.ids import UNKNOWN_ID


@dataclass(frozen=True)
class TraceChanges:
    """Interventions, checked, as the run needs them.

    Args:
        forced: dict of step to the id that is written there.
        weights: dict of step to attention weights, float32 `(Tx,)`.
        muted: source positions that get no attention.
        kept: ids of the first steps, as they were before.
    """

    forced: dict = field(default_factory=dict)
    weights: dict = field(default_factory=dict)
    muted: tuple = ()
    kept: tuple = ()

    def keeping(self, tokens, vocabulary):
        """The same with the tokens before the first step that is changed as they were.

        So a beam does not choose another beginning for the sake of what comes later.
        """
        ids = {token: index for index, token in enumerate(vocabulary)}
        first = min([*self.forced, *self.weights], default=0)
        return dataclasses.replace(self, kept=tuple(ids.get(token, UNKNOWN_ID) for token in tokens[:first]))
