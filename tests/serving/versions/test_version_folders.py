"""What counts as a version's folder, and what is said of the rest."""

from keras_s2s.serving.served_model import ServedModel
from keras_s2s.serving.version_policy import VersionPolicy
from tests.serving.versions.loader import Loaded, Loader, served, states


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


def test_an_empty_folder_is_no_reason_to_stop(base, write):
    folder = write(1)
    model = ServedModel("dates", base, Loader())
    model.refresh()
    (folder / "saved_model.pb").unlink()
    assert not model.refresh()
    assert served(model) == 1


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
