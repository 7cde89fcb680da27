"""Greedy search."""

from dataclasses import dataclass

from keras import ops

from keras_s2s.search.backend import place_of_largest, select
from keras_s2s.search.constraints import never_written
from keras_s2s.search.single_path import SinglePath


@dataclass(frozen=True)
class Greedy(SinglePath):
    """Takes the best token at every step; see `SinglePath`."""

    def choose(self, choices, logits, index, draws):
        token = place_of_largest(never_written(choices))
        return token, ops.squeeze(select(logits, ops.expand_dims(token, -1)), -1)
