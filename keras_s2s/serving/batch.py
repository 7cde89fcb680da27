"""What a worker runs at a time."""

from collections.abc import Hashable
from dataclasses import dataclass, field

from keras_s2s.serving.prediction import Prediction


@dataclass
class Batch:
    """What a worker takes from the queue.

    Attributes:
        group: What its members have in common.
        members: They run together, in the order in which they came.
        expired: Predictions that came up and whose time was over. They are not computed.
        waited: How many seconds the first member was in the queue.
        taken: When it was given out.
    """

    group: Hashable
    members: list[Prediction] = field(default_factory=list)
    expired: list[Prediction] = field(default_factory=list)
    waited: float = 0.0
    taken: float = 0.0
