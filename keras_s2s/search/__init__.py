"""Ways to decode: loops over `step` that know nothing of the model."""

from keras_s2s.search.forced import Forced
from keras_s2s.search.greedy import Greedy

__all__ = ["Forced", "Greedy"]
