"""Files that visitors upload, read within limits."""

import gzip
import zlib
from pathlib import Path

from keras_s2s.data.lines import GZIP_MARK, read_lines
from keras_s2s.errors import UserError


def read_upload(path: str | None, most_bytes: int) -> list[str]:
    """The lines of an uploaded file.

    Args:
        path: Where the upload lies; the last part of it is the name that the visitor knows. None: there is none.
        most_bytes: Largest file, unpacked too.

    Returns:
        The lines, as `read_lines` reads them.

    Raises:
        UserError: No file, one that is too large, or one that is no text. It names the file as the visitor does.
    """
    if path is None:
        raise UserError("there is no file yet", "expected a text file in UTF-8", "choose one, or drop it here")
    name = Path(path).name
    if _is_larger(Path(path), most_bytes):
        raise UserError(f"{name} has more than {most_bytes / 2**20:g} MiB", "expected a smaller file",
                        "split it, or translate it with keras-s2s translate")
    try:
        return read_lines(path)
    except UserError as error:
        # The place where it lies on the server is nobody's business.
        parts = (part.replace(f"{Path(path).parent}/", "") for part in (error.given, error.expected, error.fix))
        raise UserError(*parts) from None


def _is_larger(path: Path, most_bytes: int) -> bool:
    if path.stat().st_size > most_bytes:
        return True
    with path.open("rb") as file:
        if file.read(len(GZIP_MARK)) != GZIP_MARK:
            return False
    try:
        with gzip.open(path) as packed:
            return len(packed.read(most_bytes + 1)) > most_bytes
    except (OSError, EOFError, zlib.error):
        return False  # damaged: `read_lines` says how
