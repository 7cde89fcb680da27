import io
import random
import shlex

import pytest
from rich.console import Console

from keras_s2s.data.inspection import inspect
from keras_s2s.data.inspection_report import print_inspection
from keras_s2s.data.lengths import Lengths
from keras_s2s.data.text_statistics import TextStatistics
from keras_s2s.errors import UserError


@pytest.fixture
def put(tmp_path):
    def write(pairs, name="names.tsv"):
        path = tmp_path / name
        path.write_text("".join("\t".join(pair) + "\n" for pair in pairs), encoding="utf-8")
        return path

    return write


def printed(inspection, width=100) -> str:
    console = Console(file=io.StringIO(), width=width)
    print_inspection(inspection, console)
    return console.file.getvalue()


def names(count=100):
    return [(f"name{number}", f"имя{number}") for number in range(count)]


def test_lengths_by_nearest_rank():
    assert Lengths.of(range(1, 101)) == Lengths(50.5, 95, 100)
    assert Lengths.of([3]) == Lengths(3, 3, 3)
    assert Lengths.of([9, 1, 5]) == Lengths(5, 9, 9)
    assert Lengths.of([0] * 19 + [7]) == Lengths(0, 0, 7)


def test_texts_are_counted_as_tokenizers_see_them():
    statistics = TextStatistics.of(["  cafe\u0301   noir ", "caf\u00e9", " \u00a0 ", ""])
    assert statistics.characters == Lengths(2, 9, 9)
    assert statistics.words == Lengths(0.5, 2, 2)
    assert statistics.distinct_characters == len(set("café noir"))
    assert statistics.distinct_words == 2
    assert statistics.empty == 2


def test_counts(put):
    pairs = [("a", "1"), ("b", "2"), ("a", "1"), ("a", "3"), ("b", "2"), ("b", "2"), ("c", "")]
    found = inspect(put(pairs))
    assert (found.pairs, found.distinct_sources, found.duplicates, found.conflicts) == (7, 3, 3, 1)
    assert found.conflict_example == ("a", ["1", "3"])
    assert (found.source.empty, found.target.empty) == (0, 1)


def test_names_suggest_characters(put):
    path = put(names())
    found = inspect(path)
    assert (found.preset, found.settings, found.notes) == ("characters", [], [])
    assert shlex.split(found.command) == f"keras-s2s train characters --data {path} --out names".split()


def test_sentences_suggest_sentences(put):
    pairs = [(f"I can see house number {n} .", f"Ich sehe das Haus mit der Nummer {n} .") for n in range(50)]
    found = inspect(put(pairs))
    assert found.preset == "sentences"
    assert "6 words" in inspect(put([("a b c d e f", "a b c d e f")] * 50)).reason


def test_dates_suggest_characters(put):
    pairs = [(f"{n % 28 + 1} of March, {1900 + n}", f"{1900 + n}-03-{n % 28 + 1:02}") for n in range(100)]
    assert inspect(put(pairs)).preset == "characters"


def test_a_script_with_thousands_of_characters_suggests_sentences(put):
    draw = random.Random(1)
    pairs = [("".join(chr(0x4E00 + draw.randrange(3000)) for _ in range(12)), f"x{n}") for n in range(500)]
    found = inspect(put(pairs))
    assert found.preset == "sentences"
    assert f"{found.source.distinct_characters} different characters" in found.reason


def test_long_words_without_spaces_suggest_sentences(put):
    found = inspect(put([("x" * 60, "y")] * 50))
    assert found.preset == "sentences"
    assert "more than 48 characters" in found.reason


def test_phonemes_suggest_a_word_tokenizer_for_the_target(put):
    draw = random.Random(1)
    phonemes = [f"P{number}" for number in range(40)]
    pairs = [(f"word{number}", " ".join(draw.choices(phonemes, k=6))) for number in range(500)]
    found = inspect(put(pairs))
    assert (found.preset, found.settings) == ("characters", ["target.tokenizer=word"])
    assert "--set target.tokenizer=word" in found.command
    assert inspect(put(pairs[:50])).settings == []


def test_the_command_repeats_how_the_file_is_read_and_quotes_its_name(put):
    path = put(
        [("id", "source", "target"), *((str(n), f"a{n}", f"b{n}") for n in range(30))], "my names.tsv.gz"
    )
    found = inspect(path, columns=(3, 2), header=True)
    words = shlex.split(found.command)
    assert words[3:] == ["--data", str(path), "--columns", "3,2", "--header", "--out", "my names"]
    assert found.source.distinct_words == 30


def test_notes_tell_what_training_leaves_out(put):
    pairs = [*names(18), ("", "x"), ("y", " "), ("z", "w" * 101)]
    notes = "\n".join(inspect(put(pairs)).notes)
    assert "Pairs with an empty side: 2." in notes
    assert "Pairs with more than 100 characters on a side: 1." in notes
    assert "too few" not in notes
    assert "Distinct sources: 19. These are too few" in "\n".join(inspect(put(names(19))).notes)


def test_wrong_files_are_refused_as_for_training(put, tmp_path):
    with pytest.raises(UserError, match="has 3 columns"):
        inspect(put([("a", "b", "c")]))
    with pytest.raises(UserError, match="is a directory"):
        inspect(tmp_path)


def test_report(put):
    report = printed(
        inspect(put([*names(1500), ("name1", "[red]x\x1b[31m"), ("name1", "x" * 90)])), width=200
    )
    for expected in (
        "1,502",
        "1,500",
        "имя1 | [red]x\ufffd[31m | xxx",
        "…",
        "characters",
        "Suggested preset",
    ):
        assert expected in report
    assert "\x1b" not in report
    assert "x" * 41 not in report


def test_report_keeps_the_command_on_one_line(put):
    found = inspect(put(names(), "a-very-long-name-" * 5 + ".tsv"))
    assert f"    {found.command}\n" in printed(found, width=40)
