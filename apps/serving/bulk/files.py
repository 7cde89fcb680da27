"""Files wherever Beam can reach them."""

import contextlib
import gzip
import io
import os
import uuid

from apache_beam.io.filesystem import CompressionTypes
from apache_beam.io.filesystems import FileSystems


@contextlib.contextmanager
def opened(path):
    """A binary stream of what a plain or .gz file holds, which can be read from any place."""
    with FileSystems.open(path, compression_type=CompressionTypes.UNCOMPRESSED) as raw:
        yield gzip.GzipFile(fileobj=raw) if path.endswith(".gz") else raw


def write_whole(path, prefix, lines):
    """Writes lines of bytes to a file that appears when it is complete; leaves it alone where it is there.

    Args:
        path: the file.
        prefix: with what the name of the unfinished file begins.
        lines: a list of bytes, without line ends.
    """
    if FileSystems.exists(path):
        return  # of a run that was killed, or another worker's: some file systems cannot rename onto a file
    temporary = f"{prefix}.{uuid.uuid4().hex}.part"
    with FileSystems.create(temporary, compression_type=CompressionTypes.UNCOMPRESSED) as file:
        file.write(b"".join(line + b"\n" for line in lines))
        file.flush()
        with contextlib.suppress(AttributeError, io.UnsupportedOperation):  # only files of this machine have one
            os.fsync(file.fileno())
    FileSystems.rename([temporary], [path])


def remove_parts(prefixes):
    """Removes what runs that were killed left unfinished."""
    found = FileSystems.match([f"{prefix}.*.part" for prefix in prefixes])
    left = {file.path for match in found for file in match.metadata_list}  # one prefix may begin with the other
    if left:
        FileSystems.delete(sorted(left))
