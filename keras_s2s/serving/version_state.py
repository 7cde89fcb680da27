"""Where a model version stands."""

from enum import IntEnum


class VersionState(IntEnum):
    """The states of a model version, with the numbers of TensorFlow Serving's `ModelVersionStatus.State`."""

    START = 10
    LOADING = 20
    AVAILABLE = 30
    UNLOADING = 40
    END = 50
