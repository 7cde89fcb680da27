"""The special ids, which every system has in an order of its own. Needs NumPy alone."""

import numpy as np

PADDING, UNKNOWN, START, END = 0, 1, 2, 3
"""The ids of keras_s2s, in which all systems take and give sentences."""


class PeerIds:
    """The order in which a system has the four special ids, from which all others go on.

    Args:
        order: keras_s2s' id of the system's ids 0, 1, 2, 3.
    """

    def __init__(self, order: tuple[int, int, int, int]):
        self._order = order

    def rows(self, table: np.ndarray) -> np.ndarray:
        """A table with a row a token, in the system's order."""
        return np.concatenate([table[list(self._order)], table[4:]])

    def to_peer(self, ids: list[int]) -> list[int]:
        """keras_s2s' ids as the system's."""
        return [token if token > 3 else self._order.index(token) for token in ids]

    def array_to_peer(self, ids: np.ndarray) -> np.ndarray:
        """The same for an array."""
        return np.where(ids > 3, ids, np.argsort(self._order)[np.minimum(ids, 3)])

    def from_peer(self, ids: list[int]) -> list[int]:
        """The system's ids as keras_s2s'."""
        return [token if token > 3 else self._order[token] for token in ids]
