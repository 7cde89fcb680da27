"""The cases themselves: enough of them, each with a name of its own and an origin; and what they are compared by."""

import math

import pytest

from tests.conformance.grpc_cases import CASES as GRPC
from tests.conformance.matchers import Including, between, differences, listing, matching, near, starting
from tests.conformance.rest_cases import CASES as REST
from tests.conformance.target import Target


def test_enough_cases():
    assert len(REST) >= 120
    assert len(GRPC) >= 60


@pytest.mark.parametrize("cases", [REST, GRPC], ids=["REST", "gRPC"])
def test_names_and_origins(cases):
    names = [case.name for case in cases]
    assert sorted(names) == sorted(set(names))
    for case in cases:
        assert len(case.origin) > 8, case.name
        assert case.name == case.name.strip(), case.name
        assert case.locally is None or case.locally[1], case.name


@pytest.mark.parametrize(
    "expected, given",
    [
        ({"a": [1, 2.0, "x", True, None]}, {"a": [1, 2.0, "x", True, None]}),
        ([math.nan, math.inf], [math.nan, math.inf]),
        (Including({"a": Including({})}), {"a": {"c": 1}, "b": 2}),
        ({"a": near(1 / 3)}, {"a": 0.33333334}),
        (listing(2, between(0.0, 1.0)), [0.0, 1.0]),
        (matching("^b"), "bc"),
        (starting(1), [1, 2]),
    ],
)
def test_same(expected, given):
    assert differences(expected, given) == []


@pytest.mark.parametrize(
    "expected, given",
    [
        (1, 1.0),
        (1, True),
        (1.0, 1),
        ("1", 1),
        (None, False),
        ([1], [1, 2]),
        ([1, 2], [2, 1]),
        ({"a": 1}, {"a": 1, "b": 2}),
        ({"a": 1, "b": 2}, {"a": 1}),
        (math.inf, -math.inf),
        (math.nan, 0.0),
        (Including({"a": 1}), {"b": 1}),
        (Including({"a": 1}), [1]),
        ({"a": near(1 / 3)}, {"a": 0.334}),
        (near(1.0), 1),
        (listing(2, 1), [1]),
        (between(0.0, 1.0), 1.1),
        (matching("^b"), "ab"),
        (starting(1), []),
        (starting(1), 1),
    ],
)
def test_different(expected, given):
    assert differences(expected, given)


def test_names_of_models():
    target = Target(None, None, "edges", "days")
    case = Including({"$shapes": ["$dates/$shapes", "/a/$encoded", 1]})
    filled = target.filled(case)
    assert filled == {"edges": ["days/edges", "/a/%65dges", 1]}
    assert isinstance(filled, Including)
