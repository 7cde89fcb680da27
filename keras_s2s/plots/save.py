"""Writes figures to files, whole or not at all."""

import io
import os
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

from keras_s2s.errors import UserError
from keras_s2s.files import write_atomically

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FORMATS = (".png", ".svg", ".pdf")
DOTS_PER_INCH = 150


def save_figure(figure: "Figure", path: str | os.PathLike[str]) -> Path:
    """Writes a figure.

    Args:
        figure: What to write.
        path: Ends in `.png`, `.svg` or `.pdf`. Its directory is created where it is missing. In SVG, text
            stays text: it can be searched, and the reader's own fonts show it.

    Returns:
        The path.

    Raises:
        UserError: For another ending, or where the file cannot be written.
    """
    import matplotlib

    path = Path(path)
    ending = checked_ending(path)
    # Without a date, the same picture is the same file.
    metadata = {".svg": {"Date": None}, ".pdf": {"CreationDate": None}}.get(ending)
    buffer = io.BytesIO()
    with (
        matplotlib.rc_context({"svg.fonttype": "none", "svg.hashsalt": "keras_s2s"}),
        warnings.catch_warnings(),
    ):
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        figure.savefig(buffer, format=ending[1:], dpi=DOTS_PER_INCH, metadata=metadata)
    try:
        write_atomically(path, buffer.getvalue())
    except OSError as error:
        raise UserError(
            f"the file {path} cannot be written: {error.strerror}",
            "expected a place where a file can be written",
            "choose another path",
        ) from error
    return path


def checked_ending(path: Path) -> str:
    """The ending of a picture's path, in lower case."""
    ending = path.suffix.lower()
    if ending not in FORMATS:
        raise UserError(
            f"the name {path} ends in {ending!r}" if ending else f"the name {path} has no ending",
            f"expected one of {', '.join(FORMATS)}",
            f"call it {path.stem or 'picture'}.png",
        )
    return ending
