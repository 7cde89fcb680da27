"""Holds an answer against what a case expects.

Expected values are plain JSON values, compared strictly (1 is not 1.0 and not true; NaN equals NaN), objects of which
only a part is known (`Including`), or functions that say what is wrong, as those below.
"""

import math
import re
from collections.abc import Callable
from typing import Any

Check = Callable[[Any], list[str]]


class Including(dict):
    """An object with at least these members."""


def differences(expected: Any, given: Any, where: str = "answer") -> list[str]:
    """What differs, one line each; empty when all is as expected."""
    if callable(expected):
        return [f"{where}: {line}" for line in expected(given)]
    if isinstance(expected, Including) and isinstance(given, dict):
        given = {key: given[key] for key in expected if key in given}
        expected = dict(expected)
    if type(expected) is not type(given):
        return [f"{where}: expected {expected!r:.200}, but got {given!r:.200}"]
    if isinstance(expected, dict):
        if expected.keys() != given.keys():
            return [f"{where}: expected the keys {sorted(expected)}, but got {sorted(given)}"]
        return [line for key in expected for line in differences(expected[key], given[key], f"{where}.{key}")]
    if isinstance(expected, list):
        if len(expected) != len(given):
            return [f"{where}: expected {len(expected)} elements, but got {len(given)}: {given!r:.200}"]
        return [
            line
            for index, (wanted, got) in enumerate(zip(expected, given, strict=True))
            for line in differences(wanted, got, f"{where}[{index}]")
        ]
    if isinstance(expected, float) and math.isnan(expected) and math.isnan(given):
        return []
    return [] if expected == given else [f"{where}: expected {expected!r:.200}, but got {given!r:.200}"]


def near(value: float, tolerance: float = 1e-6) -> Check:
    """A decimal number within a relative distance; whole numbers do not count as such."""

    def check(given: Any) -> list[str]:
        if isinstance(given, float) and math.isclose(given, value, rel_tol=tolerance, abs_tol=tolerance):
            return []
        return [f"expected about {value}, but got {given!r:.200}"]

    return check


def between(low: float, high: float) -> Check:
    """A decimal number in a closed interval."""

    def check(given: Any) -> list[str]:
        if isinstance(given, float) and low <= given <= high:
            return []
        return [f"expected a number from {low} to {high}, but got {given!r:.200}"]

    return check


def matching(pattern: str) -> Check:
    """A text in which the regular expression is found."""

    def check(given: Any) -> list[str]:
        if isinstance(given, str) and re.search(pattern, given):
            return []
        return [f"expected a text with {pattern!r}, but got {given!r:.400}"]

    return check


def listing(length: int, element: Any) -> list[Any]:
    """A list of so many elements, each as given."""
    return [element] * length


def starting(*elements: Any) -> Check:
    """A list of at least these elements, which come first."""

    def check(given: Any) -> list[str]:
        if not isinstance(given, list):
            return [f"expected a list, but got {given!r:.200}"]
        return differences(list(elements), given[: len(elements)], "list")

    return check
