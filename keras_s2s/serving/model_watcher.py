"""Watches the model folders for new versions."""

import logging
import threading

from keras_s2s.serving.registry import Registry

_LOG = logging.getLogger("keras_s2s.serving")


class ModelWatcher:
    """A thread that lets every model look at its folder again and again.

    Args:
        registry: The models.
        seconds: The pause between two looks, 2 by default (TensorFlow Serving's `--file_system_poll_wait_seconds`
            is 1). 0: never look.
    """

    def __init__(self, registry: Registry, seconds: float = 2.0):
        self._registry, self._seconds = registry, seconds
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="model-watcher", daemon=True)

    def start(self) -> None:
        """Begins to watch."""
        if self._seconds > 0:
            self._thread.start()

    def stop(self, seconds: float = 10.0) -> bool:
        """Stops watching. A load that is under way is waited for, so many seconds at most; whether it has ended."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(seconds)
        return not self._thread.is_alive()

    def _watch(self) -> None:
        while not self._stop.wait(self._seconds):
            for model in self._registry.models():
                try:
                    model.refresh()
                except Exception:  # the next look may find the folder in order again
                    _LOG.exception("looking for versions of %s failed", model.name)
