"""What is too much is refused before anything is computed, and in few words."""

import pytest

from keras_s2s.demo import DemoLimits, DemoModel
from keras_s2s.demo.model_desk import ModelDesk
from keras_s2s.errors import UserError


class Untouched:
    """A translator that nobody may ask."""

    name, description, examples, config = "untouched", "", [], {}

    def __call__(self, *given, **options):
        raise AssertionError("it was asked")

    trace = intervene = __call__


@pytest.fixture
def desk(monkeypatch):
    def never(*given):
        raise AssertionError("it was computed")

    monkeypatch.setattr("keras_s2s.intervention_checks.swapped", never)
    return ModelDesk({"one": DemoModel(Untouched())}, DemoLimits(characters=50))


@pytest.mark.parametrize("changes, message", [
    ({"swap": {"x" * length: "y" for length in range(1, 34)}}, "swap has 33 changes"),
    ({"force": dict.fromkeys(range(33), "a")}, "force has 33 changes"),
    ({"attention": {step: [1.0] for step in range(33)}}, "attention has 33 changes"),
    ({"swap": {"x" * 51: "y"}}, "51 characters"), ({"swap": {"x": "y" * 51}}, "51 characters"),
    ({"swap": "y" * 51}, "51 characters"), ({"swap": {3: "y"}}, "int"), ({"force": {0: "x" * 51}}, "51 characters"),
])
def test_changes_that_are_too_much(desk, changes, message):
    with pytest.raises(UserError, match=f"(?i){message}"):
        desk.intervene("xx", "one", **changes)


@pytest.mark.parametrize("ask", [
    lambda desk: desk.translate("a", "x" * 2000), lambda desk: desk.translate("a", "one", 10**400),
    lambda desk: desk.translate("a", "one", 10**5000), lambda desk: desk.translate("a", "one", "x" * 2000)],
    ids=["model", "beam", "larger beam", "no beam"])
def test_messages_stay_short(desk, ask):
    with pytest.raises(UserError) as caught:
        ask(desk)
    assert len(str(caught.value)) < 300
