"""A model that is being served: its versions come and go while requests run."""

import contextlib
import logging
import threading
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path

from keras_s2s.serving.model_version import ModelVersion
from keras_s2s.serving.request_error import RequestError, shortened
from keras_s2s.serving.servable import Servable
from keras_s2s.serving.version_folders import complete_versions
from keras_s2s.serving.version_policy import VersionPolicy
from keras_s2s.serving.version_state import VersionState

_LOG = logging.getLogger("keras_s2s.serving")
_ENDED_REMEMBERED = 20


class ServedModel:
    """The versions of one model.

    A new version is loaded beside the old one and takes over once it is available; the old one is let go when
    the last request that uses it has ended. A version that does not load changes nothing but the status. It is tried
    again when its files change, and 10, 60, 300, 300, ... seconds later where the error may pass.

    Args:
        name: The model's name.
        base: The folder with the numbered versions, None for a model whose versions are only added by hand.
        load: Makes a servable of name, version and folder.
        policy: Which versions to serve. Default: the newest.
        labels: Versions by label. These are served whatever the policy says. Default: none.
    """

    def __init__(
        self,
        name: str,
        base: Path | None = None,
        load: Callable[[str, int, Path], Servable] = Servable,
        policy: VersionPolicy | None = None,
        labels: Mapping[str, int] | None = None,
    ):
        self.name, self.base = name, base
        self._load, self._policy, self._labels = load, policy or VersionPolicy(), dict(labels or {})
        self._versions: dict[int, ModelVersion] = {}
        self._lock = threading.Lock()
        self._warned: set[str] = set()

    def add(self, servable: Servable) -> None:
        """Serves one more version that is already loaded."""
        version = ModelVersion(servable.version)
        version.servable, version.state = servable, VersionState.AVAILABLE
        with self._lock:
            self._versions[version.number] = version

    def refresh(self) -> bool:
        """Looks at the folder: loads what is new, lets go what is no longer wanted.

        What is wrong with the folder is logged when it is seen first: a number that is too large or there twice, a
        version that a label or the policy names and that is missing.

        One thread may call this at a time; requests go on meanwhile.

        Returns:
            Whether anything was loaded, tried or let go.
        """
        if self.base is None:
            return False
        found, left_out = complete_versions(self.base)
        self._warn([*left_out, *self._missing(found)])
        wanted = self._policy.choose(found) | (set(self._labels.values()) & found.keys())
        if not wanted:
            return False  # a folder that is empty for a moment is no reason to stop serving
        changed = [self._bring_up(number, found[number]) for number in sorted(wanted)]
        with self._lock:
            available = {number for number, one in self._versions.items() if one.state is VersionState.AVAILABLE}
            # What is served already stays for as long as anything that was to follow it is missing.
            superfluous = available - wanted if wanted <= available else set()
            for number in superfluous:
                self._versions[number].state = VersionState.UNLOADING
                _LOG.info("%s: version %d is being let go", self.name, number)
                self._end_if_unused(self._versions[number])
        return any(changed) or bool(superfluous)

    def _missing(self, found: Collection[int]) -> list[str]:
        """What is asked for by number and not there. It may come; nobody else would say that it was misspelt."""
        wanted = dict.fromkeys(self._policy.specific, "the version policy")
        wanted.update((version, f"the label {label}") for label, version in self._labels.items())
        return [f"there is no version {version}, which {who} names, in {self.base}"
                for version, who in sorted(wanted.items()) if version not in found]

    def _warn(self, warnings: list[str]) -> None:
        """Logs what the last look did not find already."""
        for warning in warnings:
            if warning not in self._warned:
                _LOG.warning("%s: %s", self.name, warning)
        self._warned = set(warnings)

    def _bring_up(self, number: int, path: Path) -> bool:
        known = self._versions.get(number)
        if known is not None and (known.state is VersionState.AVAILABLE or not known.worth_a_try(path)):
            return False
        version = ModelVersion(number, path, known)
        version.state = VersionState.LOADING
        with self._lock:
            self._versions[number] = version
        try:
            servable = self._load(self.name, number, path)
        except Exception as error:
            with self._lock:
                pause = version.fail(error)
            again = "not tried again until its files change" if pause is None else f"tried again in {pause:.0f} s"
            _LOG.warning("%s: version %d does not load, %s: %s", self.name, number, again, version.error)
            return True
        with self._lock:
            version.servable, version.state = servable, VersionState.AVAILABLE
        _LOG.info("%s: version %d is served", self.name, number)
        return True

    def _end_if_unused(self, version: ModelVersion) -> None:
        if version.state is VersionState.UNLOADING and not version.users:
            version.state, version.servable = VersionState.END, None
            ended = sorted(number for number, one in self._versions.items() if one.state is VersionState.END)
            for number in ended[:-_ENDED_REMEMBERED]:
                del self._versions[number]

    @contextlib.contextmanager
    def use(self, version: int | None = None, label: str | None = None) -> Iterator[Servable]:
        """Holds a version while a request runs on it.

        Args:
            version: Which one. Default: the newest available.
            label: The label of one, instead of its number.

        Raises:
            RequestError: NOT_FOUND where the version is not available, INVALID_ARGUMENT for an unknown label.
        """
        held = self._hold(version, label)
        try:
            assert held.servable is not None
            yield held.servable
        finally:
            with self._lock:
                held.users -= 1
                self._end_if_unused(held)

    def _hold(self, version: int | None, label: str | None) -> ModelVersion:
        if label is not None:
            if label not in self._labels:
                raise RequestError(f"Unrecognized servable version label: {shortened(label)}")
            version = self._labels[label]
        with self._lock:
            available = [one for one in self._versions.values() if one.state is VersionState.AVAILABLE]
            chosen = [one for one in available if version in (None, one.number)]
            if not chosen:
                which = f"Latest({self.name})" if version is None else f"Specific({self.name}, {version})"
                raise RequestError(f"Servable not found for request: {which}", "NOT_FOUND")
            held = max(chosen, key=lambda one: one.number)
            held.users += 1
            return held

    def versions(self, number: int | None = None) -> list[ModelVersion]:
        """What is known of each version, the newest first; only of the given one, if one is given.

        Raises:
            RequestError: NOT_FOUND, as TensorFlow Serving has it.
        """
        with self._lock:
            found = [one for one in self._versions.values() if number in (None, one.number)]
        if not found and number is None:
            raise RequestError(f"Could not find any versions of model {self.name}", "NOT_FOUND")
        if not found:
            raise RequestError(f"Could not find version {number} of model {self.name}", "NOT_FOUND")
        return sorted(found, key=lambda one: one.number, reverse=True)
