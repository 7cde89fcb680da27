"""The matrix of kinds holds every pair of values that go together."""

import itertools

from model_kinds import FACTORS, KINDS, USUAL_KINDS, allowed
from pairwise import covering_array, with_every_value

# What `allowed` looks at; every value of another factor goes with everything.
BOUND = ("score", "context", "summary", "bridge", "readout", "encoder_layers", "residual")


def pairs(row):
    """All pairs of `(factor, value)` of a row."""
    return set(itertools.combinations(row.items(), 2))


def test_every_pair_that_is_allowed_is_in_the_matrix():
    free = {name: values for name, values in FACTORS.items() if name not in BOUND}
    possible = set()
    for values in itertools.product(*(FACTORS[name] for name in BOUND)):
        bound = dict(zip(BOUND, values, strict=True))
        if not allowed(bound):
            continue
        # A row of the bound factors, and for each value of a free one a row in which all the free ones take turns.
        for turn in range(max(map(len, free.values()))):
            chosen = {**bound, **{name: values[turn % len(values)] for name, values in free.items()}}
            possible |= pairs({name: chosen[name] for name in FACTORS})
    for names in itertools.combinations(free, 2):
        possible |= set(itertools.product(*([(name, value) for value in free[name]] for name in names)))
    held = set().union(*map(pairs, KINDS))
    assert held == possible
    assert all(allowed(row) and list(row) == list(FACTORS) for row in KINDS)


def test_every_value_is_among_the_usual_kinds():
    assert {item for row in USUAL_KINDS for item in row.items()} == {
        (name, value) for name, values in FACTORS.items() for value in values}
    assert all(row in KINDS for row in USUAL_KINDS)


def test_a_small_array():
    factors = {"cup": ("tea", "milk"), "sugar": (0, 1, 2), "cake": (False, True)}

    def goes_together(row):
        return (row.get("cup"), row.get("sugar")) != ("milk", 2)

    rows = covering_array(factors, goes_together)
    held = set().union(*map(pairs, rows))
    assert (("cup", "milk"), ("sugar", 2)) not in held
    assert len(held) == 2 * 3 + 2 * 2 + 3 * 2 - 1
    assert len(rows) <= 7 and len(with_every_value(rows)) <= 4
    assert covering_array({"cup": ("tea",), "cake": (True,)}, lambda row: len(row) < 2) == []
