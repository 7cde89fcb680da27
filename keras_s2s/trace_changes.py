"""What is set from outside in a run."""

import dataclasses
from dataclasses import dataclass, field

import numpy as np

from keras_s2s.ids import UNKNOWN_ID


@dataclass(frozen=True, eq=False)
class TraceChanges:
    """Interventions, checked, as the run needs them.

    Args:
        forced: dict of step to the id that is written there.
        weights: dict of step to attention weights, float32 `(Tx,)`.
        muted: source positions that get no attention.
        kept: ids of the first steps, as they were before.
        idle: steps whose changes are what the run does anyway: the search takes them without.
    """

    forced: dict = field(default_factory=dict)
    weights: dict = field(default_factory=dict)
    muted: tuple = ()
    kept: tuple = ()
    idle: frozenset = frozenset()

    @property
    def searched(self):
        """`(forced, weights)` that the search needs to be told of."""
        return tuple({step: value for step, value in changes.items() if step not in self.idle}
                     for changes in (self.forced, self.weights))

    def after_beam(self, before, vocabulary):
        """The same for a beam search that goes on from what one has found.

        All that comes before the first real change is kept: else the beam, with fewer hypotheses to choose from, might
        choose another beginning, or go on otherwise after a token that was there anyway.

        Args:
            before: the `Trace` without the changes.
            vocabulary: list of strings, the target's.
        """
        steps = dict(enumerate(before.steps))
        real = [step for step, index in self.forced.items()
                if step not in steps or steps[step].token != vocabulary[index]]
        real += [step for step, row in self.weights.items()
                 if step not in steps or not np.allclose(steps[step].weights, row, atol=1e-6)]
        first = min(real, default=None)
        ids = {token: index for index, token in enumerate(vocabulary)}
        kept = [] if first is None else [ids.get(token, UNKNOWN_ID) for token in before.target_tokens[:first]]
        return dataclasses.replace(self, kept=tuple(kept), idle=frozenset(
            step for step in {*self.forced, *self.weights} if first is None or step < first))
