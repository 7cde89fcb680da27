"""Ways to decode: loops over `step` that know nothing of the model."""

from keras_s2s.search.beam import Beam
from keras_s2s.search.constraints import Constraints
from keras_s2s.search.forced import Forced
from keras_s2s.search.greedy import Greedy
from keras_s2s.search.sampling import Sampling

__all__ = ["Beam", "Constraints", "Forced", "Greedy", "Sampling"]
