"""Text files as lists of lines: UTF-8, plain or gzip. What is wrong with a file is told by line and byte."""

import difflib
import gzip
import os
import re
import shlex
import zlib
from collections.abc import Iterable
from pathlib import Path

from keras_s2s.errors import UserError
from keras_s2s.files import write_atomically

GZIP_MARK = b"\x1f\x8b"
UTF8_MARK = b"\xef\xbb\xbf"

# How other kinds of files begin, what they are, and what makes text of them.
OTHER_KINDS = (
    (b"PK\x03\x04", "a zip archive or a spreadsheet", "unzip it, or save it as tab-separated text"),
    (b"BZh", "compressed with bzip2", "unpack it: bunzip2 {path}"),
    (b"\xfd7zXZ\x00", "compressed with xz", "unpack it: unxz {path}"),
    (b"\x28\xb5\x2f\xfd", "compressed with zstd", "unpack it: unzstd {path}"),
)
# UTF-32 stands first: its little-endian mark begins as UTF-16's does.
OTHER_ENCODINGS = ((b"\xff\xfe\x00\x00", "UTF-32"), (b"\x00\x00\xfe\xff", "UTF-32"),
                   (b"\xff\xfe", "UTF-16"), (b"\xfe\xff", "UTF-16"))


def read_lines(path: str | os.PathLike[str]) -> list[str]:
    r"""The lines of a UTF-8 text file.

    Args:
        path: A plain or a gzip file, told apart by the content, not by the name. A byte-order mark at the
            beginning is left out.

    Returns:
        The lines without their ends; none for an empty file. Only `\n` and `\r\n` end a line: U+2028,
        U+0085, form feeds and whatever else Unicode takes for a line end stay inside, so line numbers are
        those of `wc -l`.

    Raises:
        UserError: The path is missing (a similar name is proposed), a directory, or not readable; a gzip
            file is damaged or cut short; the content is not text or not UTF-8 (line, byte offset and the
            command that converts it are named).
    """
    path = Path(path)
    content, compressed = _content(path)
    text = _decoded(content, path, compressed)
    if "\n" not in text and "\r" in text.rstrip("\r"):
        raise UserError(f"{path} ends its lines with carriage returns alone",
                        "expected lines that end in a line feed",
                        "convert it: " + _command(r"tr '\r' '\n'", path, compressed))
    lines = text.split("\n")
    if lines[-1] == "":
        lines.pop()
    return [line.removesuffix("\r") for line in lines]


def write_lines(path: str | os.PathLike[str], lines: Iterable[str]) -> None:
    r"""Writes `lines` as UTF-8, each ended by `\n`, so that `read_lines` gives them back.

    Args:
        path: The file; it appears whole or not at all, and its directory is made where it is missing.
        lines: Texts without `\n` and without a final `\r`.

    Raises:
        UserError: The file cannot be written.
    """
    path = Path(path)
    content = "".join(f"{line}\n" for line in lines).encode()
    # `read_lines` takes one mark away: a text that itself begins with U+FEFF keeps its own.
    content = UTF8_MARK + content if content.startswith(UTF8_MARK) else content
    try:
        write_atomically(path, content)
    except OSError as error:
        raise UserError(f"{path} cannot be written: {error.strerror}", "expected a place to write in",
                        "choose another directory") from error


def _content(path: Path) -> tuple[bytes, bool]:
    """The bytes of a file, unpacked, and whether they were packed."""
    try:
        content = path.read_bytes()
    except IsADirectoryError as error:
        names = _file_names(path)
        example = f", for example {path / names[0]}" if names else ""
        raise UserError(f"{path} is a directory", "expected a file", f"name a file in it{example}") from error
    except (FileNotFoundError, NotADirectoryError) as error:
        raise _missing(path) from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise UserError(f"{path} cannot be read: {reason}", "expected a file that you may read",
                        "look at its permissions") from error
    for mark, kind, fix in OTHER_KINDS:
        if content.startswith(mark):
            raise UserError(f"{path} is {kind}", "expected a text file, plain or gzip",
                            fix.format(path=shlex.quote(str(path))))
    if not content.startswith(GZIP_MARK):
        return content, False
    try:
        return gzip.decompress(content), True
    except (EOFError, OSError, zlib.error) as error:
        state = "ends too early" if isinstance(error, EOFError) else f"is damaged ({error})"
        raise UserError(f"{path} is a gzip file that {state}", "expected a whole gzip file",
                        f"fetch or write it again; gzip --test {shlex.quote(str(path))} checks it") from error


def _file_names(directory: Path) -> list[str]:
    try:
        return sorted(entry.name for entry in directory.iterdir() if entry.is_file())
    except OSError:
        return []


def _missing(path: Path) -> UserError:
    directory = path.parent
    if not directory.is_dir():
        return UserError(f"{path} does not exist, nor does the directory {directory}", "expected a file",
                         "check the path")
    similar = difflib.get_close_matches(path.name, _file_names(directory), n=1)
    fix = f"did you mean {directory / similar[0]}?" if similar else f"check the name; you are in {Path.cwd()}"
    return UserError(f"{path} does not exist", "expected a file", fix)


def _decoded(content: bytes, path: Path, compressed: bool) -> str:
    for mark, encoding in OTHER_ENCODINGS:
        if content.startswith(mark):
            place = f"{path}, line 1, byte offset 0: the mark of {encoding}"
            raise _wrong_encoding(place, encoding, path, compressed)
    null = content.find(b"\x00")
    if null >= 0:
        place = f"{path}, line {content.count(bytes([10]), 0, null) + 1}, byte offset {null}: a zero byte"
        # ASCII text in UTF-16 without a mark has a zero in every second byte.
        for encoding, zeros in (("UTF-16LE", content[1::2]), ("UTF-16BE", content[::2])):
            if zeros.count(0) > 0.7 * len(zeros):
                raise _wrong_encoding(place, encoding, path, compressed)
        raise UserError(place, "expected a text file in UTF-8",
                        "check that it is the right file: text has no zero bytes")
    try:
        return content.removeprefix(UTF8_MARK).decode()
    except UnicodeDecodeError as error:
        offset = error.start + (len(UTF8_MARK) if content.startswith(UTF8_MARK) else 0)
        place = (f"{path}, line {content.count(bytes([10]), 0, offset) + 1}, byte offset {offset}: "
                 f"the byte 0x{content[offset]:02X} is not UTF-8")
        # Latin-1 has only control characters there, where Windows has quotation marks and the euro sign.
        encoding = "WINDOWS-1252" if re.search(rb"[\x80-\x9f]", content) else "LATIN1"
        raise _wrong_encoding(place, encoding, path, compressed) from error


def _wrong_encoding(place: str, encoding: str, path: Path, compressed: bool) -> UserError:
    sure = encoding.startswith("UTF")
    convert = "convert it: " if sure else f"convert it, if it is {encoding} (else put its encoding there): "
    return UserError(place, "expected text in UTF-8",
                     convert + _command(f"iconv -f {encoding} -t UTF-8", path, compressed))


def _command(program: str, path: Path, compressed: bool) -> str:
    """The shell line that runs a file through `program` into a new file beside it."""
    plain = path.with_suffix("") if compressed and path.suffix == ".gz" else path
    result = shlex.quote(str(plain.with_name(f"{plain.stem}.utf8{plain.suffix}")))
    source = shlex.quote(str(path))
    return f"gzip -dc {source} | {program} > {result}" if compressed else f"{program} < {source} > {result}"
