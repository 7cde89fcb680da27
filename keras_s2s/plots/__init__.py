"""Pictures of attention and of training, for notebooks, files, servers and terminals.

matplotlib is loaded when the first picture is made, never on import, and without `pyplot`: no window, no
state shared between threads.
"""

from keras_s2s.plots.attention import plot_attention, save_attention
from keras_s2s.plots.learning_curves import plot_learning_curves
from keras_s2s.plots.save import save_figure
from keras_s2s.plots.terminal import ALIGNMENT_LEGEND, ascii_alignment

__all__ = [
    "ALIGNMENT_LEGEND",
    "ascii_alignment",
    "plot_attention",
    "plot_learning_curves",
    "save_attention",
    "save_figure",
]
