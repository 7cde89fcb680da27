"""A corpus score and how to compute it again."""

from dataclasses import dataclass


@dataclass(frozen=True)
class CorpusScore:
    """A score by sacreBLEU.

    Args:
        score: 0 to 100, higher is better.
        signature: sacreBLEU's signature (Post 2018): all that must agree before two scores are compared, e.g.
            `"nrefs:1|case:mixed|eff:no|tok:13a|smooth:exp|version:2.6.0"`.
    """

    score: float
    signature: str

    def to_dict(self) -> dict[str, float | str]:
        """Plain values for JSON."""
        return {"score": self.score, "signature": self.signature}
