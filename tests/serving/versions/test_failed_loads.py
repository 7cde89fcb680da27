"""Versions that do not load."""

from itertools import pairwise
from types import SimpleNamespace

import pytest

from keras_s2s.serving.served_model import ServedModel
from keras_s2s.serving.temporary_load_error import TemporaryLoadError
from tests.serving.versions.loader import Loaded, Loader, served, states


def test_a_broken_version_changes_nothing_and_is_not_tried_again_until_it_changes(base, write):
    write(1)
    loader = Loader()
    model = ServedModel("dates", base, loader)
    model.refresh()
    folder = write(2, broken=True)
    assert model.refresh()
    assert states(model) == {2: "END", 1: "AVAILABLE"}
    said = model.versions(2)[0].as_json()
    assert said["status"]["error_code"] == "UNKNOWN"
    assert "cannot be loaded" in said["status"]["error_message"]
    assert served(model) == 1
    assert not model.refresh()
    assert loader.tried == [1, 2]
    (folder / "broken").unlink()
    model.refresh()
    assert states(model) == {2: "AVAILABLE", 1: "END"}


@pytest.mark.parametrize("error", [RuntimeError("no memory\nleft"), TemporaryLoadError("no memory left", "", "")])
def test_what_may_pass_is_tried_again_after_longer_and_longer_pauses(base, write, caplog, monkeypatch, error):
    write(1)
    tries = []
    now = 1000.0
    monkeypatch.setattr("keras_s2s.serving.model_version.time", SimpleNamespace(monotonic=lambda: now))

    def load(name, version, path):
        if version == 2:
            tries.append(now)
            if len(tries) < 7:
                raise error
        return Loaded(name, version, path)

    model = ServedModel("dates", base, load)
    model.refresh()
    folder = write(2)
    for _ in range(1100):
        model.refresh()
        now += 1
    assert [later - earlier for earlier, later in pairwise(tries)] == [10, 60, 300, 300, 300]
    assert "dates: version 2 does not load, tried again in 60 s: no memory left" in caplog.text
    assert model.versions(2)[0].as_json()["status"]["error_message"] == "no memory left"
    assert served(model, version=1) == 1
    (folder / "more").touch()  # other files are tried at once
    model.refresh()
    assert served(model) == 2
    assert len(tries) == 7


def test_damaged_files_are_not_tried_again_however_long_it_is(base, write, caplog, monkeypatch):
    now = 1000.0
    monkeypatch.setattr("keras_s2s.serving.model_version.time", SimpleNamespace(monotonic=lambda: now))
    write(1, broken=True)
    loader = Loader()
    model = ServedModel("dates", base, loader)
    model.refresh()
    now += 1e6
    model.refresh()
    assert loader.tried == [1]
    assert "version 1 does not load, not tried again until its files change: " in caplog.text


def test_other_files_begin_with_the_shortest_pause(base, write, caplog):
    folder = write(1)

    def load(name, version, path):
        raise MemoryError

    model = ServedModel("dates", base, load)
    model.refresh()
    (folder / "more").touch()
    model.refresh()
    assert caplog.text.count("tried again in 10 s: MemoryError") == 2


def test_a_broken_newest_beside_a_label_keeps_what_was_served(base, write):
    for version in (1, 2):
        write(version)
    model = ServedModel("dates", base, Loader(), labels={"stable": 1})
    model.refresh()
    write(3, broken=True)
    model.refresh()
    assert states(model) == {3: "END", 2: "AVAILABLE", 1: "AVAILABLE"}
    assert served(model) == 2
