"""How files are cut into lines, and lines become sources."""

import io

import pytest


@pytest.mark.parametrize("stream, limit, expected", [
    (b"", 4, []), (b"\n", 4, [(b"\n", 1)]), (b"ab\r\ncd", 4, [(b"ab\r\n", 4), (b"cd", 2)]),
    (b"0123456789\nx\n", 4, [(b"0123", 11), (b"x\n", 2)]), (b"01234567", 4, [(b"0123", 8)])])
def test_cut_lines(bulk_translate, stream, limit, expected):
    from bulk.lines import cut_lines

    assert list(cut_lines(io.BytesIO(stream), limit)) == expected


@pytest.mark.parametrize("line, number, expected", [
    (b"ab\r\n", 1, (b"ab", None)), (b"\xef\xbb\xbfab\n", 1, (b"ab", None)),
    (b"\xef\xbb\xbfab\n", 2, (b"\xef\xbb\xbfab", None)), (b"12345678\n", 2, (b"12345678", None)),
    (b"\xef\xbb\xbf12345678\r\n", 1, (b"12345678", None)),
    (b"123456789\n", 2, (b"12345678", "longer than 8 bytes")),
    (b"a\xe2\x82\n", 2, (b"a\xe2\x82", "not UTF-8 (byte 2)")),
    (b" \r\n", 2, (b" ", "empty")), (b"\n", 2, (b"", "empty"))])
def test_source_of(bulk_translate, line, number, expected):
    from bulk.lines import source_of

    assert source_of(line, len(line), number, 8, reject_empty=True) == expected
