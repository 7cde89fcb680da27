"""The models of the bottleneck experiment, from the simplest to the richest."""

from dataclasses import dataclass


@dataclass(frozen=True)
class LadderModel:
    """One rung of the ladder: what is changed, and what it is called.

    Args:
        name: For directories and `--only`.
        title: For the table: what this rung adds to the one above.
        label: For the curve, short.
        rung: For the ladder of the picture, short.
        options: Options of the section `model` that differ from the default.
        in_curve: Whether the curve over the length of the source shows it, or the ladder alone.
    """

    name: str
    title: str
    label: str
    rung: str
    options: dict[str, str | bool]
    in_curve: bool = True


LADDER = (
    LadderModel("forward", "no attention: the last state of a forward encoder begins the decoder",
                "forward", "no attention, forward", {"attention": "none", "direction": "forward"}, in_curve=False),
    LadderModel("reversed", "the same, the source read backwards (Sutskever et al. 2014)",
                "reversed source", "… reversed source", {"attention": "none", "direction": "backward"}, in_curve=False),
    LadderModel("bidirectional", "the same, the source read in both directions",
                "no attention", "… both directions", {"attention": "none"}),
    LadderModel("every-step", "no attention: the context enters every step in place of the first state",
                "no attention,\nevery step", "… context at every step",
                {"attention": "none", "context": "every_step"}),
    LadderModel("after", "attention after the cell (Luong et al. 2015)",
                "attention after", "attention after the cell", {"attend": "after"}),
    LadderModel("before", "attention before the cell (Bahdanau et al. 2015)",
                "attention before", "attention before the cell", {"attend": "before"}),
    LadderModel("feeding", "attention after the cell, with input feeding (Luong et al. 2015)",
                "input feeding", "… after, with input feeding", {"attend": "after", "input_feeding": True}),
)
