import os
import subprocess
import sys
import unicodedata

import pytest

from keras_s2s.text.normalization import SPACES, lowercase_map, normalization_to_json, normalize, punctuation


def normalized(text, lowercase=False):
    return normalize([text], lowercase).numpy()[0].decode()


@pytest.mark.parametrize("given, expected", [
    ("", ""),
    ("e\u0301", "é"),  # NFC
    ("\u1112\u1161\u11ab", "한"),
    ("ﬁ ①", "ﬁ ①"),  # not NFKC
    ("  a \t\r\n b\u3000\xa0", "a b"),
    ("\ufeffa\u200bb", "a b"),
    ("a\0b", "a\0b"),
    ("\0", "\0"),
    ("Straße ẞ", "Straße ẞ"),
    ("\ufffea\uffff b\ufdd0", "a b"),  # no characters
])
def test_normalized(given, expected):
    assert normalized(given) == expected


@pytest.mark.parametrize("given, expected", [
    (b"a\xffb", "a\ufffdb"),
    (b"caf\xe9", "caf\ufffd"),
    (b"\xed\xa0\x80", "\ufffd"),  # half of a surrogate pair
    (b"ab\xe2\x82", "ab\ufffd"),  # cut short
    (b"\xc0\x80", "\ufffd"),  # a NUL that is none
])
def test_invalid_utf8_becomes_the_replacement_character(given, expected):
    text = normalize([given]).numpy()[0].decode()
    assert set(text) == set(expected)
    assert text.strip("\ufffd") == expected.strip("\ufffd")


def test_which_characters_are_spaces():
    no_characters = {chr(code) for code in range(0x110000) if code & 0xFFFE == 0xFFFE or 0xFDD0 <= code < 0xFDF0}
    known = {chr(code) for code in range(0x110000) if chr(code).isspace()}
    assert set(SPACES) == known | {"\u200b", "\ufeff"} | no_characters


@pytest.mark.parametrize("space", SPACES, ids=lambda space: f"U+{ord(space):04X}")
def test_every_space_is_one(space):
    assert normalized(f"{space}a{space}{space}b{space}") == "a b"


@pytest.mark.parametrize("given, expected", [
    ("ABC", "abc"),
    ("ΟΔΟΣ Σ", "οδοσ σ"),  # no final sigma: every character by itself
    ("İI", "i\u0307i"),
    ("ẞ", "ß"),
    ("ÀÉ Ǆǅ", "àé ǆǆ"),
    ("E\u0301", "é"),
    ("A\0B", "a\0b"),
    ("𐐀", "𐐨"),
])
def test_lower_case(given, expected):
    assert normalized(given, lowercase=True) == expected


def test_the_table_says_what_the_graph_does():
    table = lowercase_map()
    assert (table["A"], table["İ"], table["ẞ"], table["Σ"]) == ("a", "i\u0307", "ß", "σ")
    assert not {"a", "ß", "\0", " "} & table.keys()
    for character, lower in table.items():
        assert len(character) == 1
        assert lower
    kept = [character for character in table if unicodedata.normalize("NFC", character) == character]
    assert len(kept) > 1300
    assert normalized("".join(kept), lowercase=True) == "".join(table[character] for character in kept)


def test_for_other_runtimes():
    assert normalization_to_json(False) == {"unicode": "NFC", "spaces": SPACES, "lowercase": False, "lowercase_map": {}}
    assert normalization_to_json(True)["lowercase_map"]["Ä"] == "ä"


def test_punctuation():
    assert set("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~¿«»…€°—、。") <= set(punctuation())
    assert not set("aZ09ßé日 \0") & set(punctuation())


def test_lower_case_is_the_same_in_every_language():
    """A machine set to Turkish would write I as a dotless i, a Lithuanian one Ì with one more dot."""
    code = ("from keras_s2s.text.normalization import normalize\n"
            "import sys; sys.stdout.buffer.write(normalize(['I \\u0130 \\u00cc \\u00cd \\u0128 A'], True).numpy()[0])")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True,
                          env={**os.environ, "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"})
    assert done.stdout.decode() == "i i\u0307 ì í ĩ a"
