"""A figure that notebooks show by itself. Importing this loads matplotlib."""

import io
import warnings

from matplotlib.figure import Figure


class NotebookFigure(Figure):
    """A `matplotlib.figure.Figure` made without `pyplot` that is nevertheless displayed in a notebook.

    IPython draws figures only once `pyplot` has been imported; `_repr_png_` makes that unnecessary.
    """

    def _repr_png_(self) -> bytes:
        buffer = io.BytesIO()
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message="Glyph .* missing from font")
            self.savefig(buffer, format="png")
        return buffer.getvalue()
