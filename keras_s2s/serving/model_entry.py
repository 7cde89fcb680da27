"""A model that is to be served."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from keras_s2s.serving.version_policy import VersionPolicy


@dataclass(frozen=True)
class ModelEntry:
    """A model to serve.

    Attributes:
        name: Its name in the URL.
        base: The folder with its numbered versions; None where `path` is the only one.
        path: The only version's folder; None where `base` is watched.
        version: The only version's number.
        policy: Which versions to serve. Default: the newest.
        labels: Versions by label. Default: none.
    """

    name: str
    base: Path | None = None
    path: Path | None = None
    version: int = 1
    policy: VersionPolicy = field(default_factory=VersionPolicy)
    labels: Mapping[str, int] = field(default_factory=dict)
