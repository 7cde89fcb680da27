"""The models being served."""

from keras_s2s.serving.request_error import RequestError
from keras_s2s.serving.servable import Servable


class Registry:
    """Servables by name and version.

    Requests that name no version get the newest.
    """

    def __init__(self) -> None:
        self._models: dict[str, dict[int, Servable]] = {}

    def add(self, servable: Servable) -> None:
        """Serves one more model or version."""
        # Replaced, not changed: another thread may be reading the old one.
        versions = {**self._models.get(servable.name, {}), servable.version: servable}
        self._models = {**self._models, servable.name: versions}

    def names(self) -> list[str]:
        """The names being served, sorted."""
        return sorted(self._models)

    def get(self, name: str, version: int | None = None) -> Servable:
        """The servable of a name, of the newest version unless one is named.

        Raises:
            RequestError: 404, as TensorFlow Serving has it.
        """
        versions = self._models.get(name, {})
        if version is None and versions:
            return versions[max(versions)]
        if version in versions:
            return versions[version]
        which = f"Latest({name})" if version is None else f"Specific({name}, {version})"
        raise RequestError(f"Servable not found for request: {which}; {self._served()}", status=404)

    def versions(self, name: str, version: int | None = None) -> list[int]:
        """The available versions of a name, the newest first; only the given one, if one is given.

        Raises:
            RequestError: 404, as TensorFlow Serving has it.
        """
        versions = self._models.get(name, {})
        found = sorted((known for known in versions if version in (None, known)), reverse=True)
        if not found:
            what = f"model {name}" if version is None else f"version {version} of model {name}"
            raise RequestError(f"Could not find any versions of {what}; {self._served()}", status=404)
        return found

    def _served(self) -> str:
        return f"served here: {', '.join(self.names()) or 'nothing'}"
