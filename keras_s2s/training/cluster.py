"""Which machines train together, as `TF_CONFIG` says."""

import json
import os
from dataclasses import dataclass

from keras_s2s.errors import UserError

EXAMPLE = '{"cluster": {"worker": ["host0:2222", "host1:2222"]}, "task": {"type": "worker", "index": 0}}'
_FIX = f"set it on every worker as in TF_CONFIG='{EXAMPLE}', with another index on each"


@dataclass(frozen=True)
class Cluster:
    """The workers of a run, and which of them this process is.

    Args:
        names: the workers, the chief first: `("chief 0", "worker 0", ...)` or `("worker 0", "worker 1", ...)`.
        own: int. The place of this process among them; the first is the chief.
    """

    names: tuple[str, ...]
    own: int

    @classmethod
    def from_environment(cls):
        """The cluster that `TF_CONFIG` describes, the form that Kubernetes' training operator and Vertex AI set.

        Raises:
            UserError: where it is missing, is no such description, or gives this process another part than to train.
        """
        text = os.environ.get("TF_CONFIG", "").strip()
        if not text:
            raise UserError("the strategy is multi_worker, and TF_CONFIG is not set",
                            "expected the addresses of all workers and the number of this one", _FIX)
        try:
            found = json.loads(text)
            addresses = {kind: list(found["cluster"][kind]) for kind in found["cluster"]}
            kind, index = found["task"]["type"], int(found["task"]["index"])
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise UserError(f"TF_CONFIG is {text!r}, which cannot be read ({type(error).__name__}: {error})",
                            "expected JSON with cluster and task", _FIX) from error
        if "ps" in addresses or kind in ("ps", "evaluator"):
            part = kind if kind in ("ps", "evaluator") else "ps"
            raise UserError(f"TF_CONFIG has a task of the type {part!r}",
                            "expected workers alone, and at most one chief: they hold the weights and evaluate",
                            f"leave {part} out of the cluster and do not start one")
        if kind not in ("chief", "worker") or not 0 <= index < len(addresses.get(kind, [])):
            raise UserError(f"TF_CONFIG says that this is {kind} {index}, which its cluster does not have",
                            f"expected one of {', '.join(_names(addresses)) or 'its workers'}", _FIX)
        if len(addresses.get("chief", [])) > 1:
            raise UserError(f"TF_CONFIG has {len(addresses['chief'])} chiefs", "expected at most one",
                            "make workers of the others")
        names = _names(addresses)
        return cls(names, names.index(f"{kind} {index}"))


def _names(addresses):
    return tuple(f"{kind} {index}" for kind in ("chief", "worker") for index in range(len(addresses.get(kind, []))))
