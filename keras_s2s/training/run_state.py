"""Where a training run stands."""

from dataclasses import dataclass, field


@dataclass
class RunState:
    """What a run knows beside its variables. Everything that comes follows from the two.

    Args:
        epoch: number of finished epochs.
        batch: finished batches of the epoch after these.
        step: finished batches in all.
        best: best value of the validation metric so far, higher is better; `None` before the first.
        best_perplexity: dev perplexity that went with it.
        best_step, best_epoch: when it was reached.
        bad_validations: validations since then.
        kept: `[value, minus perplexity, file name]` of the best validations' weights, best first.
        minutes: time spent.
        validation_minutes: what the last validation took of it.
        finished: whether training is over.
        history: one dict for each validation and each epoch.
    """

    epoch: int = 0
    batch: int = 0
    step: int = 0
    best: float | None = None
    best_perplexity: float | None = None
    best_step: int = 0
    best_epoch: int = 0
    bad_validations: int = 0
    kept: list = field(default_factory=list)
    minutes: float = 0.0
    validation_minutes: float = 0.0
    finished: bool = False
    history: list = field(default_factory=list)
