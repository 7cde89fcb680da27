"""What is set from outside in a run."""

import dataclasses
from dataclasses import dataclass, field

import numpy as np

from keras_s2s.errors import UserError, shortened
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

    @property
    def steps(self):
        """The steps that are changed, in order."""
        return sorted({*self.forced, *self.weights})

    def with_step(self, step, others, run, vocabulary):
        """The same and what others change at one step, for a beam search that goes on from a run that it has found.

        What this run wrote before the step is kept: else the beam, with fewer hypotheses to choose from, might choose
        another beginning. Where the run does by itself what is asked for, nothing is: else the beam might go on
        otherwise after a token that was there anyway.

        Args:
            step: a step after all of these changes.
            others: `TraceChanges`.
            run: the `Trace` with these changes.
            vocabulary: list of strings, the target's.
        """
        forced, weights = ({**own, **({step: more[step]} if step in more else {})} for own, more in
                           ((self.forced, others.forced), (self.weights, others.weights)))
        changes = dataclasses.replace(self, forced=forced, weights=weights)
        if changes._is_done_by(run, step, vocabulary):
            return dataclasses.replace(changes, idle=self.idle | {step})
        ids = {token: index for index, token in enumerate(vocabulary)}
        return dataclasses.replace(changes, kept=tuple(ids.get(token, UNKNOWN_ID)
                                                       for token in run.target_tokens[:step]))

    def check_steps(self, length, problem):
        """Refuses changes of steps that a translation does not have.

        Args:
            length: int. How many it has, or may have.
            problem: how the user is told, with a place for this number.
        """
        step = max(self.steps, default=-1)
        if step >= length == 0:
            raise UserError(f"step {shortened(step)} is to be changed, but there is nothing to translate",
                            "expected a source with something to read", "give another text")
        if step >= length:
            raise UserError(f"step {shortened(step)} is to be changed, but {problem.format(length)}",
                            f"expected a step from 0 to {length - 1}", "choose an earlier step")

    def _is_done_by(self, run, step, vocabulary):
        if step >= len(run.steps):
            return False
        found = run.steps[step]
        return ((step not in self.forced or found.token == vocabulary[self.forced[step]])
                and (step not in self.weights or np.allclose(found.weights, self.weights[step], atol=1e-6)))
