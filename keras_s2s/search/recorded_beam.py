"""A beam that can be looked at."""

import dataclasses
from dataclasses import dataclass, field

import numpy as np
from keras import ops

from keras_s2s.ids import END_ID, PADDING_ID
from keras_s2s.search.beam import Beam
from keras_s2s.search.length_normalization import length_divisor


@dataclass(frozen=True, eq=False)
class RecordedBeam(Beam):
    """Beam search over one sentence that writes down every hypothesis it keeps; see `Beam`.

    The search itself is unchanged. It must run eagerly, for a graph has no place to write to.

    Attributes:
        nodes: list of dicts, one for each hypothesis that was kept after each step: `step`, `slot`, `parent` (a slot at
            the step before, `None` at the first), `token` (an id), `score` (what it was ranked by), `finished` (whether
            it ended with this token). One that has ended stands once, where it ended.
    """

    nodes: list = field(default_factory=list, init=False)

    @classmethod
    def like(cls, beam):
        """One with the options of a `Beam`."""
        return cls(**{option.name: getattr(beam, option.name) for option in dataclasses.fields(Beam)})

    def _step(self, step, size, index, now, compiled):
        sentences, weights = super()._step(step, size, index, now, compiled)
        at = int(index)
        # The ranking's own formula: hypotheses that are given up have lost their score.
        scores = sentences["total"] / length_divisor(self.length_normalization, self.alpha, index + 1)
        if self.coverage_penalty:
            scores = scores + ops.squeeze(self._coverage_score(sentences["coverage"], now["memory"]["mask"]), -1)
        token, parent, score = (ops.convert_to_numpy(values)[0] for values in
                                (sentences["token"], sentences["parents"][:, :, at], scores))
        last = at + 1 >= int(np.max(ops.convert_to_numpy(now["limit"])))
        for slot in np.flatnonzero(token != PADDING_ID):
            self.nodes.append({"step": at, "slot": int(slot), "parent": int(parent[slot]) if at else None,
                               "token": int(token[slot]), "score": float(score[slot]),
                               "finished": bool(token[slot] == END_ID) or last})
        return sentences, weights
