"""Files of pretrained vectors: every form they come in, and every way in which they are damaged."""

import gzip

import numpy as np
import pytest

from keras_s2s.errors import UserError
from keras_s2s.text.vectors import read_vectors, vectors_width

VOCABULARY = ["", "<unk>", "<s>", "</s>", "cat", "Mäuse", "the"]
LINES = ["the 0.5 -1 2e-1", "</s> 1 2 3", "dog 7 7 7", "Mäuse 4.25 0 -0.125"]
GLOVE = "\n".join(LINES) + "\n"
WORD2VEC = f"{len(LINES)} 3\n{GLOVE}"
EXPECTED = np.zeros((7, 3), np.float32)
EXPECTED[[3, 5, 6]] = [[1, 2, 3], [4.25, 0, -0.125], [0.5, -1, 0.2]]


@pytest.fixture
def put(tmp_path):
    """Writes text, bytes or an array to a file and returns its path."""

    def write(content, name="vectors.txt"):
        path = tmp_path / name
        if isinstance(content, np.ndarray):
            np.save(path, content)
        else:
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


def refused(path, vocabulary=VOCABULARY) -> UserError:
    with pytest.raises(UserError) as caught:
        read_vectors(path, vocabulary)
    assert str(path) in caught.value.given
    assert caught.value.expected
    assert caught.value.fix
    return caught.value


@pytest.mark.parametrize(
    "content",
    [
        GLOVE,
        WORD2VEC,
        gzip.compress(GLOVE.encode(), mtime=0),
        gzip.compress(WORD2VEC.encode(), mtime=0),
        GLOVE.rstrip("\n"),
        GLOVE.replace("\n", "\r\n"),
        GLOVE.replace("\n", " \n"),  # as word2vec's own program ends its lines
        GLOVE + "\n",
        "\ufeff" + WORD2VEC,
        GLOVE + "the 9 9 9\n",  # the first of two is taken
        GLOVE + "odd x y z\n",  # no token of ours: nobody reads its numbers
    ],
    ids=["glove", "word2vec", "glove.gz", "word2vec.gz", "no last line end", "crlf", "spaces at the end", "blank line",
         "mark", "twice", "another token"],
)  # fmt: skip
def test_text(put, content):
    path = put(content)
    vectors = read_vectors(path, VOCABULARY)
    np.testing.assert_array_equal(vectors.matrix, EXPECTED)
    assert vectors.matrix.dtype == np.float32
    assert vectors.found.tolist() == [False, False, False, True, False, True, True]
    assert vectors.width == vectors_width(path) == 3


def test_array(put):
    array = np.arange(14, dtype=np.float64).reshape(7, 2)
    path = put(array, "vectors.npy")
    vectors = read_vectors(path, VOCABULARY)
    np.testing.assert_array_equal(vectors.matrix, array)
    assert vectors.matrix.dtype == np.float32
    assert vectors.found.all()
    assert vectors.width == vectors_width(path) == 2


def test_tokens_are_looked_up_as_they_are(put):
    path = put("Cat 1 2\nCAT 3 4\nthe 5 6\n")
    assert np.flatnonzero(read_vectors(path, VOCABULARY).found).tolist() == [6]
    assert "for none of the 5 tokens" in refused(path, VOCABULARY[:5]).given


@pytest.mark.parametrize(
    ("content", "given", "expected"),
    [
        ("the 1 2 3\ncat 1 2\n", "line 2, has 2 numbers", "expected 3, as line 1 has"),
        ("the 1 2 3\n\nNew York 1 2 3\n", "line 3, has 4 numbers", "expected 3, as line 1 has"),
        ("2 3\nthe 1 2 3\ncat 1 2\n", "line 3, has 2 numbers", "expected 3, as line 1 announces"),
        ("2 3\nthe 1 2\ncat 1 2\n", "line 2, has 2 numbers", "expected 3, as line 1 announces"),
        ("the 1 2\ncat 1 two\n", "line 2, has something that is no number", "a token and its numbers"),
        ("the 1  2\n", "line 1, has something that is no number", "a token and its numbers"),
        ("the 1 nan\n", "line 1, has a number that is not finite", "a token and its numbers"),
        ("the 1 1e99\n", "line 1, has a number that is not finite", "a token and its numbers"),
        ("the\n", "line 1, has 0 numbers", "a token and its numbers"),
        ("the\t1\t2\n", "line 1, has 0 numbers", "separated by spaces"),
        ("3 2\nthe 1 2\ncat 1 2\n", "has 2 vectors in 3 lines", "expected 3, as line 1 announces"),
        ("1 2\nthe 1 2\ncat 1 2\n", "has 2 vectors in 3 lines", "expected 1, as line 1 announces"),
        ("", "holds no vectors", "a token and its numbers"),
        ("\n\n", "holds no vectors", "a token and its numbers"),
        ("0 5\n", "holds no vectors", "a token and its numbers"),
        (b"2 2\nthe \x00\x01\x02\x03\x04\ncat \x00\n", "line 2, has 1 number after", "expected 2, as line 1 announces"),
        (b"PK\x03\x04...", "is a zip archive", "expected text"),
        (gzip.compress(GLOVE.encode() * 900, mtime=0)[:-30], "cannot be read", "plain or gzip"),
        (b"\x1f\x8b broken", "cannot be read", "plain or gzip"),
    ],
)
def test_damaged_text(put, content, given, expected):
    error = refused(put(content))
    assert given in error.given
    assert expected in error.expected


@pytest.mark.parametrize(
    ("array", "given"),
    [
        (np.zeros((6, 2)), "has 6 rows"),
        (np.zeros(7), "float64 (7,)"),
        (np.zeros((7, 2, 2)), "float64 (7, 2, 2)"),
        (np.full((7, 2), "x"), "<U1 (7, 2)"),
        (np.full((7, 2), 1 + 1j), "complex128 (7, 2)"),
        (np.full((7, 2), None), "cannot be read"),
        (np.zeros((7, 0)), "float64 (7, 0)"),
        (np.diag([1.0, 1, 1, np.inf, 1, 1, 1]), "row 3 (counted from 0)"),
        (np.full((7, 2), 1e300), "row 0"),
        (b"the 1 2\n", "cannot be read"),
        (b"", "cannot be read"),
    ],
    ids=range(11),
)
def test_wrong_arrays(put, array, given):
    assert given in refused(put(array, "vectors.npy")).given


def test_several_arrays_are_refused(tmp_path):
    np.savez(tmp_path / "vectors.npz", np.zeros((7, 2)))
    (tmp_path / "vectors.npz").rename(tmp_path / "vectors.npy")
    assert "several arrays" in refused(tmp_path / "vectors.npy").given


@pytest.mark.parametrize("name", ["none.txt", "none.npy", ""])
def test_a_missing_file_and_a_directory(tmp_path, name):
    assert "cannot be read" in refused(tmp_path / name).given


def test_the_width_needs_the_beginning_alone(put):
    assert vectors_width(put("the 1 2 3\nbroken\n")) == 3
    with pytest.raises(UserError, match="line 1, has 0 numbers"):
        vectors_width(put("broken\nthe 1 2\n"))
