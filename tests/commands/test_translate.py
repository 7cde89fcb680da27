import json

import pytest


@pytest.mark.parametrize("stdin, texts", ids=range(8), argvalues=[
    (b"", []),
    (b"the cat\n\n3 dogs\n", ["the cat", "", "3 dogs"]),
    (b"the cat\r\n\r\n3 dogs", ["the cat", "", "3 dogs"]),  # without an end of the last line
    (b"\n\n\n", ["", "", ""]),
    (b"\xef\xbb\xbfthe cat\n", ["the cat"]),
    ("a\x0bb\x0c\x85c\u2028d\n\u3000\n".encode(), ["a\x0bb\x0c\x85c\u2028d", "\u3000"]),  # no ends of lines
    (b"cat\0dog\n", ["cat\0dog"]),
    (b"a\n" * 1100, ["a"] * 1100),
])
def test_as_many_lines_out_as_in(command, already_loaded, tiny, tiny_directory, stdin, texts):
    ended = command("translate", tiny_directory, stdin=stdin)
    assert ended.status == 0
    assert ended.lines == [str(answer) for answer in tiny(texts)]


def test_a_line_that_is_not_utf8(command, already_loaded, tiny, tiny_directory):
    ended = command("translate", tiny_directory, stdin=b"the cat\ncaf\xe9\ndog\n")
    assert ended.status == 2
    assert ended.lines == [str(tiny("the cat"))]
    assert "Line 2 of standard input is not UTF-8 (byte 4)" in ended.error


def test_texts_as_arguments(command, tiny, tiny_directory):
    ended = command("translate", tiny_directory, "the cat", "", "3 dogs", stdin=b"not read\n")
    assert ended.status == 0
    assert ended.lines == [str(answer) for answer in tiny(["the cat", "", "3 dogs"])]


def test_json_lines(command, already_loaded, tiny, tiny_directory):
    ended = command("translate", tiny_directory, "--json", stdin="the cat\r\n\nÄ\n".encode())
    assert ended.status == 0
    found = [json.loads(line) for line in ended.lines]
    for answer, expected in zip(found, tiny(["the cat", "", "Ä"]), strict=True):
        assert set(answer) == {"source", "text", "score", "log_prob", "tokens", "source_tokens", "token_log_probs",
                               "attention"} | ({"alignment"} if expected.has_attention else set())
        assert (answer["source"], answer["text"], answer["tokens"]) == (expected.source, expected.text, expected.tokens)
        assert answer["score"] == pytest.approx(expected.score, abs=1e-5)
    assert "Ä" in ended.out  # readable, not \u00c4


def test_alignments(command, already_loaded, tiny, tiny_directory):
    ended = command("translate", tiny_directory, "cat", "--alignments")
    assert ended.lines[0] == str(tiny("cat"))
    assert len(ended.lines) > len(tiny("cat").tokens)
