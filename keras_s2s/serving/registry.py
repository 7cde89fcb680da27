"""The models being served."""

from contextlib import AbstractContextManager

from keras_s2s.serving.model_version import ModelVersion
from keras_s2s.serving.request_error import RequestError, shortened
from keras_s2s.serving.servable import Servable
from keras_s2s.serving.served_model import ServedModel


class Registry:
    """Served models by name."""

    def __init__(self) -> None:
        self._models: dict[str, ServedModel] = {}

    def add_model(self, model: ServedModel) -> None:
        """Serves a model."""
        # Replaced, not changed: another thread may be reading the old one.
        self._models = {**self._models, model.name: model}

    def models(self) -> list[ServedModel]:
        """The models being served, by name."""
        return [self._models[name] for name in sorted(self._models)]

    def names(self) -> list[str]:
        """The names being served, sorted."""
        return sorted(self._models)

    def use(
        self, name: str, version: int | None = None, label: str | None = None
    ) -> AbstractContextManager[Servable]:
        """A context that holds a version while a request runs on it: the newest unless one is named.

        Args:
            name: The model's name.
            version: One of its versions.
            label: The label of one, instead of its number.

        Raises:
            RequestError: NOT_FOUND for an unknown model or version, INVALID_ARGUMENT for an unknown label.
        """
        if name in self._models:
            return self._models[name].use(version, label)
        if label is not None:
            raise RequestError(f"Unrecognized servable version label: {shortened(label)}")
        which = f"Latest({shortened(name)})" if version is None else f"Specific({shortened(name)}, {version})"
        raise RequestError(f"Servable not found for request: {which}; {self._served()}", "NOT_FOUND")

    def get(self, name: str, version: int | None = None) -> Servable:
        """The servable of a name, of the newest version unless one is named; see `use`."""
        with self.use(name, version) as servable:
            return servable

    def versions(self, name: str, version: int | None = None) -> list[ModelVersion]:
        """What is known of each version of a name, the newest first; only of the given one, if one is given.

        Raises:
            RequestError: NOT_FOUND, as TensorFlow Serving has it.
        """
        if name not in self._models:
            what = "any versions" if version is None else f"version {version}"
            raise RequestError(f"Could not find {what} of model {shortened(name)}; {self._served()}", "NOT_FOUND")
        return self._models[name].versions(version)

    def _served(self) -> str:
        return f"served here: {', '.join(self.names()) or 'nothing'}"
