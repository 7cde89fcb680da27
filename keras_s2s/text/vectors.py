"""Pretrained vectors of tokens: word2vec's and GloVe's text files, and NumPy arrays.

    word2vec   the first line says how many vectors follow and how wide they are, then `token number number ...`
    GloVe      the same without the first line
    .npy       an array `(vocabulary size, width)`, its rows in the order of the vocabulary

Text files may be gzipped.
"""

import gzip
import os
import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from keras_s2s.data.lines import GZIP_MARK, OTHER_KINDS, UTF8_MARK
from keras_s2s.errors import UserError

_HEADER = re.compile(rb"[0-9]+ [0-9]+")
_FORM = "expected a token and its numbers, separated by spaces"


@dataclass(frozen=True)
class Vectors:
    """Vectors for the tokens of a vocabulary.

    Attributes:
        matrix: float32 `(vocabulary size, width)`; a row is 0 where the token has no vector.
        found: bool `(vocabulary size,)`: which tokens have one.
    """

    matrix: np.ndarray
    found: np.ndarray

    @property
    def width(self) -> int:
        """How many numbers a vector has."""
        return self.matrix.shape[1]


def read_vectors(path: str | os.PathLike[str], vocabulary: Sequence[str]) -> Vectors:
    """Reads the vectors of the tokens in a vocabulary; all others are passed over, so a large file takes little memory.

    Args:
        path: A text file in the form of word2vec or GloVe, plain or gzip, or a file that ends in `.npy`.
        vocabulary: The token of each id, as `Tokenizer.get_vocabulary()` gives them. Tokens are looked up as they
            are: where the tokenizer writes lower case, the file should, too. A token that the file has twice gets
            its first vector.

    Returns:
        `Vectors`. An array has a vector for every token.

    Raises:
        UserError: The file cannot be read; a line has another number of columns than the ones before (a token holds
            no spaces) or, for a token of the vocabulary, something that is no number, with the line; the first line
            announces another number of vectors; the array has another shape; or no token at all has a vector.
    """
    path = Path(path)
    if path.suffix == ".npy":
        return _checked_array(path, len(vocabulary))
    places = {token.encode(): index for index, token in enumerate(vocabulary)}
    rows: dict[int, np.ndarray] = {}
    for number, token, numbers in _text_rows(path):
        index = places.get(token)
        if index is not None and index not in rows:
            rows[index] = _numbers(numbers, path, number)
    if not rows:
        raise UserError(f"{path} has a vector for none of the {len(vocabulary):,} tokens",
                        "expected vectors of the tokens that the tokenizer makes",
                        "check language, tokenizer and lower case: tokens are looked up as they are")
    found = np.isin(np.arange(len(vocabulary)), list(rows))
    matrix = np.zeros((len(vocabulary), len(next(iter(rows.values())))), np.float32)
    matrix[list(rows)] = list(rows.values())
    return Vectors(matrix, found)


def vectors_width(path: str | os.PathLike[str]) -> int:
    """How many numbers the vectors of a file have, from its beginning. Raises as `read_vectors`."""
    path = Path(path)
    if path.suffix == ".npy":
        return _array(path).shape[1]
    _, _, numbers = next(_text_rows(path))
    return numbers.count(b" ") + 1


def _text_rows(path: Path) -> Iterator[tuple[int, bytes, bytes]]:
    """Line number, token and numbers of each vector, every line as wide as the first."""
    announced, expected, origin, count, number = None, 0, "", 0, 0
    for number, raw in enumerate(_raw_lines(path), 1):
        line = raw.strip(b" \r\n")
        if number == 1:
            line = line.removeprefix(UTF8_MARK)
            if _HEADER.fullmatch(line):
                announced, expected = map(int, line.split())
                origin = "as line 1 announces"
                continue
        if not line:
            continue
        token, _, numbers = line.partition(b" ")
        width = numbers.count(b" ") + 1 if numbers else 0
        if not expected and width:
            expected, origin = width, f"as line {number} has"
        if not width or width != expected:
            raise UserError(f"{path}, line {number}, has {width} number{'' if width == 1 else 's'} after its token",
                            f"expected {expected}, {origin}" if expected else _FORM,
                            "mend or remove the line (a token holds no spaces), or write a binary file as text")
        count += 1
        yield number, token, numbers
    if announced is not None and count != announced:
        raise UserError(f"{path} has {count:,} vectors in {number:,} lines", f"expected {announced:,}, {origin}",
                        "the file is cut short or was changed: get it again, or remove line 1")
    if not count:
        raise UserError(f"{path} holds no vectors", _FORM, "check the file")


def _raw_lines(path: Path) -> Iterator[bytes]:
    try:
        with open(path, "rb") as file:
            beginning = file.read(4)
            file.seek(0)
            for mark, kind, fix in OTHER_KINDS:
                if beginning.startswith(mark):
                    raise UserError(f"{path} is {kind}", "expected text, plain or gzip, or an array that ends in .npy",
                                    fix.format(path=path))
            yield from gzip.GzipFile(fileobj=file) if beginning.startswith(GZIP_MARK) else file
    except (OSError, EOFError, zlib.error) as error:
        raise _unreadable(path, error) from error


def _numbers(text: bytes, path: Path, line: int) -> np.ndarray:
    try:
        with np.errstate(over="ignore"):
            row = np.array([float(number) for number in text.split(b" ")], np.float64).astype(np.float32)
        if np.isfinite(row).all():
            return row
        problem = "a number that is not finite"
    except ValueError as error:
        problem = f"something that is no number ({error})"
    raise UserError(f"{path}, line {line}, has {problem}", _FORM, "mend the line")


def _array(path: Path) -> np.ndarray:
    """The array of a `.npy` file: two axes, of numbers."""
    try:
        array = np.load(path, mmap_mode="r", allow_pickle=False)
    except (OSError, EOFError, ValueError) as error:
        raise _unreadable(path, error) from error
    if not isinstance(array, np.ndarray) or array.ndim != 2 or not array.size or array.dtype.kind not in "fiu":
        held = f"{array.dtype} {array.shape}" if isinstance(array, np.ndarray) else "several arrays"
        raise UserError(f"{path} holds {held}", "expected an array of numbers (vocabulary size, width)",
                        "write it with numpy.save(path, array)")
    return array


def _checked_array(path: Path, tokens: int) -> Vectors:
    array = _array(path)
    if len(array) != tokens:
        raise UserError(f"{path} has {len(array):,} rows", f"expected {tokens:,}, one for each token of the vocabulary",
                        "write its rows in the order of vocabulary.json, the four special tokens first")
    with np.errstate(over="ignore"):
        matrix = array.astype(np.float32)
    wrong = np.flatnonzero(~np.isfinite(matrix).all(axis=1))
    if len(wrong):
        raise UserError(f"{path}, row {wrong[0]} (counted from 0), has a number that is not finite",
                        "expected finite numbers", "mend the array")
    return Vectors(matrix, np.ones(tokens, bool))


def _unreadable(path: Path, error: Exception) -> UserError:
    reason = getattr(error, "strerror", None) or str(error)
    return UserError(f"{path} cannot be read: {reason}",
                     "expected vectors as text (word2vec or GloVe), plain or gzip, or an array that ends in .npy",
                     "check the path and the file")
