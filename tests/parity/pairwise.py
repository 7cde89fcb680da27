"""Covering arrays: few combinations that hold every pair of values."""

import collections
import itertools


def covering_array(factors, allowed):
    """Complete choices that together hold every pair of values that some allowed choice holds.

    Greedy: each row begins with a missing pair and takes, factor by factor, the value that adds most missing pairs,
    of equals the one used least so far. Not the fewest rows there could be, but always the same.

    Args:
        factors: dict of name to values.
        allowed: says of a choice, complete or not, whether its values go together.

    Returns:
        list of dicts of name to value.
    """
    missing = {frozenset(pair): None for names in itertools.combinations(factors, 2)
               for pair in itertools.product(*([(name, value) for value in factors[name]] for name in names))}
    used = collections.Counter()

    def completed(choice):
        """The choice with a value for every factor, or `None` where there is none."""
        if not allowed(choice):
            return None
        left = [name for name in factors if name not in choice]
        if not left:
            return choice

        def worth(item):
            return sum(frozenset((item, other)) in missing for other in choice.items()), -used[item]

        items = sorted(((left[0], value) for value in factors[left[0]]), key=worth, reverse=True)
        return next((row for item in items if (row := completed({**choice, item[0]: item[1]}))), None)

    rows = []
    while missing:
        pair = next(iter(missing))
        row = completed(dict(pair))
        missing.pop(pair)  # held now, or impossible
        if row is None:
            continue
        rows.append({name: row[name] for name in factors})
        used.update(row.items())
        for held in itertools.combinations(row.items(), 2):
            missing.pop(frozenset(held), None)
    return rows


def with_every_value(rows):
    """Few of the rows, in which every single value of theirs occurs; of equals those least like the ones before."""
    chosen, used = [], collections.Counter()
    missing = {item for row in rows for item in row.items()}
    while missing:
        chosen.append(max(rows, key=lambda row: (len(missing & set(row.items())),
                                                 -sum(used[item] for item in row.items()))))
        missing -= set(chosen[-1].items())
        used.update(chosen[-1].items())
    return chosen
