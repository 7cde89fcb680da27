"""What is set from outside in a run."""

from dataclasses import dataclass, field


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
