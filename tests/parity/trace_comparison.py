"""Compares traces of two runtimes."""

import numpy as np

ABSOLUTE, RELATIVE = 1e-4, 1e-5
TIE = 1e-3
"""Candidates whose probabilities differ by no more, relative to the larger one, may change places."""


def assert_same_trace(found, expected, path="trace"):
    """The same keys, texts and whole numbers; other numbers within 1e-4.

    Args:
        found, expected: traces as JSON types, or parts of them.
        path: where the part stands, for messages.
    """
    if path.endswith(".top_k"):
        _assert_same_choices(found, expected, path)
    elif isinstance(expected, dict):
        assert found.keys() == expected.keys(), path
        for name, value in expected.items():
            assert_same_trace(found[name], value, f"{path}.{name}")
    elif isinstance(expected, list):
        assert isinstance(found, list) and len(found) == len(expected), path
        if expected and isinstance(expected[0], int | float):
            np.testing.assert_allclose(found, expected, atol=ABSOLUTE, rtol=RELATIVE, err_msg=path)
        else:
            for index, value in enumerate(expected):
                assert_same_trace(found[index], value, f"{path}[{index}]")
    elif isinstance(expected, float):
        np.testing.assert_allclose(found, expected, atol=ABSOLUTE, rtol=RELATIVE, err_msg=path)
    else:
        assert found == expected, path


def _assert_same_choices(found, expected, path):
    """The likeliest tokens in the same order, but for those that are as likely."""
    assert len(found) == len(expected), path
    likely = [choice["probability"] for choice in expected]
    np.testing.assert_allclose([choice["probability"] for choice in found], likely, atol=ABSOLUTE, err_msg=path)
    for place, (one, other) in enumerate(zip(found, expected, strict=True)):
        if one["token"] == other["token"]:
            continue
        # Behind the last one stands another that is not shown.
        near = [likely[at] for at in (place - 1, place + 1) if 0 <= at < len(likely)]
        is_last = place == len(likely) - 1
        assert is_last or any(abs(value - likely[place]) <= TIE * max(value, likely[place]) for value in near), path
