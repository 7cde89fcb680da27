"""Traces that are the same but for the order in which a machine adds up."""


def assert_close(one, other, place="trace"):
    """Two values of JSON types: the same everywhere, numbers within 1e-4."""
    if {type(one), type(other)} <= {int, float}:
        assert abs(one - other) < 1e-4, place
    elif isinstance(one, list):
        assert len(one) == len(other), place
        for number, pair in enumerate(zip(one, other, strict=True)):
            assert_close(*pair, f"{place}[{number}]")
    elif isinstance(one, dict):
        assert one.keys() == other.keys(), place
        for name in one:
            assert_close(one[name], other[name], f"{place}.{name}")
    else:
        assert one == other, place
