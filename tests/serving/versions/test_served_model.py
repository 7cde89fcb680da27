"""Versions come and go."""

import pytest

from keras_s2s.serving.request_error import RequestError
from keras_s2s.serving.served_model import ServedModel
from keras_s2s.serving.version_policy import VersionPolicy
from tests.serving.versions.loader import Loader, served, states


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


def test_a_version_that_was_taken_away_gives_way_to_the_one_before(base, write):
    write(1)
    write(2)
    model = ServedModel("dates", base, Loader())
    model.refresh()
    (base / "2" / "saved_model.pb").unlink()
    model.refresh()
    assert states(model) == {2: "END", 1: "AVAILABLE"}


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
