import gzip
import os
import re
import stat
import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keras_s2s.data.lines import read_lines, write_lines
from keras_s2s.errors import UserError


@pytest.fixture
def put(tmp_path):
    """Writes bytes under a name and gives the path."""

    def write(content: bytes, name: str = "names.tsv"):
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return write


def refused(path) -> str:
    with pytest.raises(UserError) as caught:
        read_lines(path)
    return str(caught.value)


def run_the_advice(message: str) -> None:
    """Runs the shell line that the message ends with."""
    line = message.split("\n")[-1].rstrip(".").rsplit(": ", 1)[1]
    subprocess.run(line, shell=True, check=True)


def test_lines_of_a_plain_file(put):
    assert read_lines(put("eins\tzwei\n\nüber\n".encode())) == ["eins\tzwei", "", "über"]


def test_last_line_needs_no_end(put):
    assert read_lines(put(b"a\nb")) == ["a", "b"]


def test_windows_line_ends_and_mark(put):
    assert read_lines(put(b"\xef\xbb\xbfa\tb\r\nc\td\r\n")) == ["a\tb", "c\td"]


def test_gzip_is_told_by_content_not_by_name(put):
    assert read_lines(put(gzip.compress(b"\xef\xbb\xbfa\r\nb\r\n"), "names.tsv")) == ["a", "b"]
    assert read_lines(put(b"a\nb\n", "names.tsv.gz")) == ["a", "b"]


def test_gzip_of_several_members(put):
    assert read_lines(put(gzip.compress(b"a\n") + gzip.compress(b"b\n"))) == ["a", "b"]


@pytest.mark.parametrize("sign", ["\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\r"])
def test_other_line_ends_stay_inside_the_line(put, sign):
    assert read_lines(put(f"a{sign}b\nc\n".encode())) == [f"a{sign}b", "c"]


def test_empty_file_has_no_lines(put):
    assert read_lines(put(b"")) == []
    assert read_lines(put(b"\xef\xbb\xbf")) == []
    assert read_lines(put(gzip.compress(b""))) == []


def test_latin_1_names_line_offset_and_command(put):
    path = put("Muller\tx\nM\xfcller\ty\n".encode("latin-1"))
    message = refused(path)
    assert f"{path}, line 2, byte offset 10: the byte 0xFC is not UTF-8" in message
    assert "iconv -f LATIN1 -t UTF-8" in message
    run_the_advice(message)
    assert read_lines(path.with_name("names.utf8.tsv")) == ["Muller\tx", "Müller\ty"]


def test_offset_counts_the_mark(put):
    assert "line 1, byte offset 4:" in refused(put(b"\xef\xbb\xbfa\xe9\n"))


def test_windows_1252_is_proposed_for_its_quotation_marks(put):
    path = put("\u201cM\xfcller\u201d\n".encode("cp1252"))
    message = refused(path)
    assert "WINDOWS-1252" in message
    run_the_advice(message)
    assert read_lines(path.with_name("names.utf8.tsv")) == ["\u201cMüller\u201d"]


def test_latin_1_in_gzip_is_unpacked_by_the_advice(put):
    path = put(gzip.compress("Müller\n".encode("latin-1")), "many names.tsv.gz")
    run_the_advice(refused(path))
    assert read_lines(path.with_name("many names.utf8.tsv")) == ["Müller"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be-mark", "utf-16-le", "utf-16-be", "utf-32"])
def test_utf_16_and_utf_32_are_named_and_convertible(put, encoding):
    text = "march 3rd\t1999-03-03\nmai\t1\n"
    content = (
        "\ufeff".encode("utf-16-be") + text.encode("utf-16-be")
        if encoding.endswith("mark")
        else text.encode(encoding)
    )
    path = put(content)
    message = refused(path)
    assert re.search(r"line 1, byte offset [01]", message)
    run_the_advice(message)
    assert read_lines(path.with_name("names.utf8.tsv")) == text.split("\n")[:-1]


def test_zero_byte_names_line_and_offset(put):
    path = put(b"one\ttwo\nthree\tfo\x00ur\n")
    assert f"{path}, line 2, byte offset 16: a zero byte" in refused(path)


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"PK\x03\x04...", "zip"),
        (b"BZh91AY", "bunzip2"),
        (b"\xfd7zXZ\x00...", "unxz"),
        (b"\x28\xb5\x2f\xfd..", "unzstd"),
    ],
)
def test_other_archives_are_named(put, content, word):
    assert word in refused(put(content))


@pytest.mark.parametrize("cut", [5, 12, -9, -1])
def test_gzip_cut_short(put, cut):
    message = refused(put(gzip.compress(b"a\tb\n" * 1000)[:cut]))
    assert "ends too early" in message


def test_gzip_damaged(put):
    packed = bytearray(gzip.compress(os.urandom(1000)))
    packed[200] ^= 0xFF
    assert "gzip file that is damaged" in refused(put(bytes(packed)))


def test_old_macintosh_line_ends_are_refused_with_a_command_that_works(put):
    path = put(b"a\tb\rc\td\r")
    message = refused(path)
    assert "carriage returns" in message
    run_the_advice(message)
    assert read_lines(path.with_name("names.utf8.tsv")) == ["a\tb", "c\td"]


def test_missing_file_proposes_its_neighbour(put, tmp_path):
    put(b"a\tb\n", "names.tsv")
    assert f"Did you mean {tmp_path / 'names.tsv'}?" in refused(tmp_path / "nmaes.tsv")
    assert "mean" not in refused(tmp_path / "quite-different.json")


def test_missing_directory_is_named(tmp_path):
    assert f"nor does the directory {tmp_path / 'no'}" in refused(tmp_path / "no" / "names.tsv")


def test_file_in_the_place_of_a_directory(put):
    assert "does not exist" in refused(put(b"a\tb\n") / "names.tsv")


def test_directory_is_refused_and_a_file_in_it_named(put, tmp_path):
    put(b"a\tb\n")
    message = refused(tmp_path)
    assert "is a directory" in message
    assert str(tmp_path / "names.tsv") in message


def test_null_in_a_path_is_an_ordinary_mistake(tmp_path):
    assert "cannot be read" in refused(f"{tmp_path}/a\x00b")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_unreadable_file(put):
    path = put(b"a\n")
    path.chmod(0)
    assert "cannot be read" in refused(path)


def test_written_file_is_whole_and_alone_and_readable_by_all(tmp_path):
    path = tmp_path / "new" / "train.tsv"
    write_lines(path, ["a\tb", "c\td"])
    assert path.read_bytes() == b"a\tb\nc\td\n"
    assert [entry.name for entry in path.parent.iterdir()] == ["train.tsv"]
    assert stat.S_IMODE(path.stat().st_mode) == 0o644


def test_failed_writing_leaves_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "train.tsv"
    write_lines(path, ["old"])

    def fail(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(UserError, match="No space left on device"):
        write_lines(path, ["new"])
    assert path.read_text() == "old\n"
    assert list(tmp_path.iterdir()) == [path]


@settings(deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\n\r\x00"))))
def test_lines_come_back(tmp_path_factory, lines):
    path = tmp_path_factory.mktemp("lines") / "lines.txt"
    write_lines(path, lines)
    assert read_lines(path) == lines


def test_a_text_that_begins_with_the_mark_keeps_it(tmp_path):
    write_lines(tmp_path / "a", ["\ufeffa"])
    assert read_lines(tmp_path / "a") == ["\ufeffa"]
