"""`keras-s2s translate` with options for decoding and its other forms of input and output."""

import dataclasses
import json

import pytest

from keras_s2s.commands.answer_lines import AnswerLines
from keras_s2s.errors import UserError
from keras_s2s.reranking import read_n_best
from keras_s2s.translator import Translator

SEVERAL = {"beam_size": 4, "n_best": 4}


def test_options_reach_the_search(command, already_loaded, eagerly, tiny, tiny_directory):
    given = ["translate", tiny_directory, "the cat", "dog"]
    for flags, options in [
            (["--beam", "3", "--length-normalization", "gnmt", "--alpha", "0.6", "--coverage-penalty", "0.2"],
             {"beam_size": 3, "length_normalization": "gnmt", "alpha": 0.6, "coverage_penalty": 0.2}),
            (["--samples", "3", "--temperature", "2", "--top-k", "9", "--top-p", "0.9", "--seed", "5", "--mbr"],
             {"samples": 3, "temperature": 2, "top_k": 9, "top_p": 0.9, "seed": 5, "minimum_bayes_risk": True}),
            (["--min-length", "3", "--max-length", "7", "--min-length-ratio", "0.6", "--max-length-ratio", "1.2"],
             {"min_length": 3, "max_length": 7, "min_length_ratio": 0.6, "max_length_ratio": 1.2}),
            (["--forbid", "/", "--forbid", "3", "--no-repeat-ngram", "2", "--repetition-penalty", "1.5",
              "--unknown", "replace"],
             {"forbid": ("/", "3"), "no_repeat_ngram": 2, "repetition_penalty": 1.5, "unknown": "replace"}),
            (["--prefix", "12"], {"prefix": "12"})]:
        expected = [str(answer) for answer in tiny(["the cat", "dog"], **options)]
        ended = command(*given, *flags)
        assert (ended.status, ended.lines) == (0, expected), flags


def test_xla_reaches_the_search(command, monkeypatch, tiny, tiny_directory):
    asked = []

    def translate(texts, jit_compile, **options):
        asked.append(jit_compile)
        return tiny(texts, **options)

    monkeypatch.setattr(Translator, "load", lambda path: translate)
    for flags in (["--xla"], []):
        assert command("translate", tiny_directory, "cat", *flags).lines == [str(tiny("cat"))]
    assert asked == [True, False]


@pytest.mark.parametrize("flags, message", [
    (["--beam", "0"], "--beam"),
    (["--beam", "1000000"], "beam_size=1000000"),
    (["--n-best", "3"], "n_best=3 of 1"),
    (["--beam", "2", "--samples", "2"], "samples=2 with beam_size=2"),
    (["--mbr"], "minimum_bayes_risk with one translation"),
    (["--alpha", "0.6"], "Alpha without beam_size"),
    (["--temperature", "0.6"], "Temperature without samples"),
    (["--samples", "2", "--temperature", "0"], "temperature=0"),
    (["--samples", "2", "--top-p", "nan"], "top_p=nan"),
    (["--beam", "2", "--length-normalization", "sum"], "length_normalization='sum'"),
    (["--max-length", "0"], "--max-length"),
    (["--max-length", "1000000000"], "max_length=1000000000"),
    (["--min-length", "5", "--max-length", "5"], "min_length=5 with max_length=5"),
    (["--no-repeat-ngram", "1000000"], "no_repeat_ngram=1000000"),
    (["--repetition-penalty", "0.5"], "--repetition-penalty"),
    (["--forbid", "x"], "'x' is to be forbidden"),
    ([argument for token in "0123456789-/ abc" for argument in ("--forbid", token)], "Every token is forbidden"),
    (["--unknown", "drop"], "unknown='drop'"),
    (["--prefix", "1" * 30], "has 30 tokens"),
    (["--prefix", "111", "--max-length", "3"], "has 3 tokens"),
    (["--prefix", "caf\udce9"], "is not UTF-8"),
    (["--ensemble", "no_model"], "There is no model 'no_model'"),
])
def test_refused(command, already_loaded, tiny_directory, flags, message):
    ended = command("translate", tiny_directory, *flags, stdin=b"the cat\n")
    assert (ended.status, ended.out) == (2, "")
    assert message in ended.error
    assert "Traceback" not in ended.error


def test_other_models_decide_with_the_first(command, monkeypatch, tiny, sibling, tiny_directory, eagerly):
    expected = Translator.ensemble([tiny, sibling])
    loaded = iter([tiny, sibling, tiny])
    monkeypatch.setattr(Translator, "load", lambda path: next(loaded))
    monkeypatch.setattr(expected._functions, "_traced", {})
    ended = command("translate", tiny_directory, "--ensemble", tiny_directory, stdin=b"the cat\ndog\n")
    assert (ended.status, ended.lines) == (0, [str(answer) for answer in expected(["the cat", "dog"])])


def objects(ended):
    return [json.loads(line) for line in ended.lines]


def test_json_input(command, already_loaded, tiny, tiny_directory):
    """Fields of the user are passed through, those of an answer are its own."""
    requests = [{"text": "the cat", "id": 7, "tags": ["Ä", None], "score": "mine"}, {"text": ""}, {"text": "dog\nÄ"}]
    stdin = "".join(json.dumps(request) + "\n" for request in requests).encode()
    ended = command("translate", tiny_directory, "--json-input", stdin=stdin)
    assert ended.status == 0
    for found, request, expected in zip(objects(ended), requests, tiny([request["text"] for request in requests]),
                                        strict=True):
        own = expected.to_dict()
        assert (found["source"], found["text"], found["tokens"]) == (request["text"], expected.text, expected.tokens)
        assert found["score"] == pytest.approx(expected.score, abs=1e-5)
        assert {name: found[name] for name in found.keys() - own.keys()} == {
            name: value for name, value in request.items() if name not in own}


def test_json_input_with_prefixes(command, already_loaded, eagerly, tiny, tiny_directory):
    """A request's own prefix goes before that of the command line."""
    stdin = b'{"text": "the cat", "prefix": "3"}\n{"text": "dog"}\n{"text": "a", "prefix": ""}\n'
    ended = command("translate", tiny_directory, "--json-input", "--prefix", "1x2", stdin=stdin)
    found = objects(ended)
    assert [one["text"] for one in found] == [
        str(answer) for answer in tiny(["the cat", "dog", "a"], prefix=["3", "1x2", ""])]
    assert "prefix" not in found[0]


NO_REQUESTS = [
    b"the cat", b"", b"[]", b'"the cat"', b"null", b"3", b'{"txt": "a"}', b'{"text": 3}', b'{"text": null}',
    b'{"text": ["a"]}', b'{"text": "a", "prefix": null}', b'{"text": "a", "prefix": 3}', b'{"text": "a"',
    b"[" * 100_000, b'{"text": "a\\ud800"}', b'{"text": "a", "id": "\\udc00"}', b'{"text": "a", "id": NaN}',
    b'{"text": "a", "id": 1e999}', b'{"text": "a", "id": ' + b"9" * 5000 + b"}"]


@pytest.mark.parametrize("line", NO_REQUESTS, ids=range(len(NO_REQUESTS)))
def test_lines_that_are_no_requests(command, already_loaded, tiny, tiny_directory, line):
    stdin = b'{"text": "the cat"}\n{"text": "dog"}\n' + line + b'\n{"text": "a"}\n'
    ended = command("translate", tiny_directory, "--json-input", stdin=stdin)
    assert ended.status == 2
    assert "Line 3 is no request" in ended.error
    assert "Traceback" not in ended.error
    assert [one["text"] for one in objects(ended)] == [str(answer) for answer in tiny(["the cat", "dog"])]


def test_json_input_that_is_not_utf8(command, already_loaded, tiny_directory):
    ended = command("translate", tiny_directory, "--json-input", stdin=b'{"text": "a"}\n{"text": "\xff"}\n')
    assert (ended.status, len(ended.lines)) == (2, 1)
    assert "Line 2 of standard input is not UTF-8 (byte 11)" in ended.error


def test_requests_as_arguments(command, already_loaded, tiny, tiny_directory):
    ended = command("translate", tiny_directory, "--json-input", '{"text": "the cat", "id": 1}')
    assert (objects(ended)[0]["text"], objects(ended)[0]["id"]) == (str(tiny("the cat")), 1)
    assert command("translate", tiny_directory, "--json-input", "the cat").status == 2


def test_n_best_lists(command, already_loaded, tiny, tiny_directory, tmp_path):
    texts = ["the cat", "", "dog"]
    ended = command("translate", tiny_directory, "--beam", "4", "--n-best", "4",
                    stdin="".join(f"{text}\n" for text in texts).encode())
    assert ended.status == 0
    (tmp_path / "list").write_text(ended.out, encoding="utf-8")
    expected = [(line, one.text, pytest.approx(one.score, abs=1e-5))
                for line, answer in enumerate(tiny(texts, **SEVERAL)) for one in answer.n_best]
    assert [tuple(entry) for entry in read_n_best(tmp_path / "list")] == expected
    assert [line for line, *_ in expected].count(1) == 1  # of an empty text there is one translation


def test_n_best_in_json(command, already_loaded, tiny, tiny_directory):
    ended = command("translate", tiny_directory, "--beam", "4", "--n-best", "4", "--json", stdin=b"the cat\n\n")
    for found, expected in zip(objects(ended), tiny(["the cat", ""], **SEVERAL), strict=True):
        assert [one["text"] for one in found["n_best"]] == [one.text for one in expected.n_best]
        assert found["text"] == found["n_best"][0]["text"]
        assert all("token_log_probs" in one and "attention" in one for one in found["n_best"])


@pytest.fixture
def words_loaded(monkeypatch, words):
    monkeypatch.setattr(Translator, "load", lambda path: words)


def test_the_separator_within_a_text(command, words_loaded, eagerly, words, tiny_directory, tmp_path):
    ended = command("translate", tiny_directory, "--prefix", "der ||| hund", "--beam", "2", "--n-best", "2",
                    stdin=b"the cat\na mat\n")
    (tmp_path / "list").write_text(ended.out)
    entries = read_n_best(tmp_path / "list")
    assert [entry.line for entry in entries] == [0, 0, 1, 1]
    assert all(entry.text.startswith("der &#124;&#124;&#124; hund") for entry in entries)
    # Where no part follows, it is nothing but text.
    ended = command("translate", tiny_directory, "--prefix", "der ||| hund", stdin=b"the cat\n")
    assert ended.lines[0].startswith("der ||| hund")


def test_word_alignments(command, words_loaded, eagerly, words, tiny_directory):
    texts = ["the cat sat", "a mat", ""]
    ended = command("translate", tiny_directory, "--pharaoh", stdin="".join(f"{text}\n" for text in texts).encode())
    expected = words(texts)
    assert ended.status == 0
    assert ended.lines == [f"{answer.text} ||| {answer.to_dict().get('alignment', '')}" for answer in expected]
    first = [link.split("-") for link in ended.lines[0].split(" ||| ")[1].split()]
    assert {target for _, target in first} == {str(place) for place in range(len(expected[0].text.split()))}
    assert {source for source, _ in first} <= {"0", "1", "2"}
    listed = command("translate", tiny_directory, "--pharaoh", "--beam", "2", "--n-best", "2", "the cat sat")
    assert [len(line.split(" ||| ")) for line in listed.lines] == [4, 4]


def test_a_saved_model_has_no_words(capsys, tiny):
    with pytest.raises(UserError, match="not grouped into words"):
        AnswerLines(pharaoh=True).print(dataclasses.replace(tiny("cat"), words=None))
    assert capsys.readouterr().out == ""


def test_progress(command, already_loaded, tiny_directory):
    ended = command("translate", tiny_directory, stdin=b"a\n" * 1100)
    assert (ended.status, len(ended.lines)) == (0, 1100)
    assert ended.error.split("\r") == ["1,024 lines", "1,100 lines", ""]
    assert command("translate", tiny_directory, stdin=b"a\n" * 512).error == ""
    # Fewer lines at a time where each has many answers.
    ended = command("translate", tiny_directory, "--beam", "4", "--n-best", "4", stdin=b"a\n" * 700)
    assert ended.error.split("\r") == ["640 lines", "700 lines", ""]
    assert {line.split(" ||| ")[0] for line in ended.lines} == {str(number) for number in range(700)}


def test_odd_lines_are_answered(command, already_loaded, tiny, tiny_directory):
    """One line for each, whatever is in it."""
    texts = ["the cat " * 2500, "\U0001f600" * 5000, "\0", "|||", "\ud7ff\ufffe", "a" * 100]
    ended = command("translate", tiny_directory, "--beam", "4", "--n-best", "4", "--json",
                    stdin="".join(f"{text}\n" for text in texts).encode())
    assert ended.status == 0
    assert [one["source"] for one in objects(ended)] == texts
    assert all(len(one["source_tokens"]) <= 41 and len(one["tokens"]) <= 30 for one in objects(ended))
    assert objects(ended)[0]["text"] == str(tiny("the cat " * 5 + "x", **SEVERAL))
