"""Versions come and go: a fake loader, real folders."""

from itertools import pairwise
from types import SimpleNamespace

import pytest

from keras_s2s.errors import UserError
from keras_s2s.serving.request_error import RequestError
from keras_s2s.serving.served_model import ServedModel
from keras_s2s.serving.temporary_load_error import TemporaryLoadError
from keras_s2s.serving.version_policy import VersionPolicy


class Loaded:
    def __init__(self, name, version, path):
        if (path / "broken").exists():
            raise UserError(f"{path} cannot be loaded", "", "")
        self.name, self.version, self.path = name, version, path


class Loader:
    def __init__(self):
        self.tried = []

    def __call__(self, name, version, path):
        self.tried.append(version)
        return Loaded(name, version, path)


@pytest.fixture
def base(tmp_path):
    return tmp_path / "dates"


@pytest.fixture
def write(base):
    def write(version, broken=False, complete=True):
        folder = base / str(version)
        folder.mkdir(parents=True, exist_ok=True)
        if complete:
            (folder / "saved_model.pb").touch()
        if broken:
            (folder / "broken").touch()
        return folder

    return write


def states(model):
    return {version.number: version.state.name for version in model.versions()}


def served(model, **choice):
    with model.use(**choice) as servable:
        return servable.version


def test_the_newest_is_served_by_number(base, write):
    for version in (2, 10, 9):
        write(version)
    model = ServedModel("dates", base, Loader())
    assert model.refresh()
    assert states(model) == {10: "AVAILABLE"}
    assert served(model) == served(model, version=10) == 10
    with pytest.raises(RequestError, match=r"Servable not found for request: Specific\(dates, 9\)") as caught:
        served(model, version=9)
    assert caught.value.status == 404


def test_a_new_version_takes_over_and_nothing_is_done_twice(base, write):
    write(1)
    loader = Loader()
    model = ServedModel("dates", base, loader)
    model.refresh()
    assert not model.refresh()
    write(2)
    assert model.refresh()
    assert states(model) == {2: "AVAILABLE", 1: "END"}
    assert served(model) == 2
    assert loader.tried == [1, 2]


def test_an_unfinished_folder_is_not_touched(base, write):
    write(1)
    loader = Loader()
    model = ServedModel("dates", base, loader)
    model.refresh()
    write(2, complete=False)
    write("draft")
    write("2.tmp")
    assert not model.refresh()
    assert loader.tried == [1]
    write(2)
    model.refresh()
    assert served(model) == 2


def test_requests_end_on_the_version_on_which_they_began(base, write):
    write(1)
    model = ServedModel("dates", base, Loader())
    model.refresh()
    with model.use() as old:
        write(2)
        model.refresh()
        assert states(model) == {2: "AVAILABLE", 1: "UNLOADING"}
        assert (old.version, served(model)) == (1, 2)
        with pytest.raises(RequestError):
            served(model, version=1)
        assert model.versions(1)[0].servable is old
    assert states(model) == {2: "AVAILABLE", 1: "END"}
    assert model.versions(1)[0].servable is None


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


def test_a_version_that_was_taken_away_gives_way_to_the_one_before(base, write):
    write(1)
    write(2)
    model = ServedModel("dates", base, Loader())
    model.refresh()
    (base / "2" / "saved_model.pb").unlink()
    model.refresh()
    assert states(model) == {2: "END", 1: "AVAILABLE"}


def test_an_empty_folder_is_no_reason_to_stop(base, write):
    folder = write(1)
    model = ServedModel("dates", base, Loader())
    model.refresh()
    (folder / "saved_model.pb").unlink()
    assert not model.refresh()
    assert served(model) == 1


def test_labels_keep_their_versions(base, write):
    for version in (1, 2, 3):
        write(version)
    model = ServedModel("dates", base, Loader(), labels={"stable": 1, "gone": 7})
    model.refresh()
    assert states(model) == {3: "AVAILABLE", 1: "AVAILABLE"}
    assert served(model, label="stable") == 1
    assert served(model) == 3
    with pytest.raises(RequestError, match="Unrecognized servable version label: canary") as caught:
        served(model, label="canary")
    assert caught.value.status == 400
    with pytest.raises(RequestError, match=r"Specific\(dates, 7\)"):
        served(model, label="gone")


def test_a_broken_newest_beside_a_label_keeps_what_was_served(base, write):
    for version in (1, 2):
        write(version)
    model = ServedModel("dates", base, Loader(), labels={"stable": 1})
    model.refresh()
    write(3, broken=True)
    model.refresh()
    assert states(model) == {3: "END", 2: "AVAILABLE", 1: "AVAILABLE"}
    assert served(model) == 2


@pytest.mark.parametrize(
    "policy, expected",
    [(VersionPolicy(latest=2), [3, 2]), (VersionPolicy(latest=None), [3, 2, 1]), (VersionPolicy(specific=(1, 9)), [1])],
)
def test_policies(base, write, policy, expected):
    for version in (1, 2, 3):
        write(version)
    model = ServedModel("dates", base, Loader(), policy)
    model.refresh()
    assert list(states(model)) == expected


def test_the_memory_of_ended_versions_is_bounded(base, write):
    model = ServedModel("dates", base, Loader())
    for version in range(1, 40):
        write(version)
        model.refresh()
    assert states(model)[39] == "AVAILABLE"
    assert len(states(model)) <= 25


def test_a_number_that_grpc_has_no_room_for_is_ignored(base, write, caplog):
    write(1)
    write(2**63 - 1)
    largest = ServedModel("dates", base, Loader())
    largest.refresh()
    assert served(largest) == 2**63 - 1
    for version in (2**63, "9" * 200):
        write(version)
    (base / str(2**63 - 1) / "saved_model.pb").unlink()
    loader = Loader()
    model = ServedModel("dates", base, loader)
    model.refresh()
    model.refresh()
    assert loader.tried == [1]
    for folder in (base / str(2**63), base / ("9" * 200)):
        assert caplog.text.count(f"{folder} is ignored: the largest version is 9223372036854775807") == 1


def test_versions_that_are_asked_for_and_missing_are_named_once(base, write, caplog):
    write(1)
    model = ServedModel("dates", base, Loader(), VersionPolicy(specific=(1, 7)), {"stable": 1, "canary": 5})
    model.refresh()
    model.refresh()
    assert [record.getMessage() for record in caplog.records if record.levelname == "WARNING"] == [
        f"dates: there is no version 5, which the label canary names, in {base}",
        f"dates: there is no version 7, which the version policy names, in {base}"]
    caplog.clear()
    write(5)
    model.refresh()
    assert served(model, label="canary") == 5
    (base / "5" / "saved_model.pb").unlink()
    model.refresh()
    assert "there is no version 5" in caplog.text  # it was taken away, which is news
    assert "there is no version 7" not in caplog.text


def test_one_version_twice(base, write, caplog):
    write("01")
    write("001")
    write(1)
    loaded = []
    model = ServedModel("dates", base, lambda name, version, path: loaded.append(path) or Loaded(name, version, path))
    model.refresh()
    assert loaded == [base / "1"]
    assert f"{base / '01'} is ignored: version 1 is {base / '1'}" in caplog.text
    assert f"{base / '001'} is ignored" in caplog.text


def test_versions_that_are_symbolic_links(base, write, tmp_path):
    """As some deployments have them: the number is the link's, whatever it leads to."""
    for kept in ("abc", "def"):
        (tmp_path / "store" / kept).mkdir(parents=True)
        (tmp_path / "store" / kept / "saved_model.pb").touch()
    base.mkdir()
    (base / "1").symlink_to(tmp_path / "store" / "abc")
    model = ServedModel("dates", base, Loader())
    model.refresh()
    (base / "2").symlink_to(tmp_path / "store" / "def")
    model.refresh()
    assert states(model) == {2: "AVAILABLE", 1: "END"}


def test_graph_and_weights_are_read_from_one_folder(toy_path, tmp_path):
    """A link that is set to another folder in between changes nothing."""
    from keras_s2s.serving.servable import Servable

    (tmp_path / "4").symlink_to(toy_path / "3")
    assert Servable("toy", 4, tmp_path / "4").path == (toy_path / "3").resolve()
