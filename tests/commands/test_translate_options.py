"""`keras-s2s translate` with options for decoding and its other forms of input and output."""

import json

import pytest

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
    monkeypatch.setattr(Translator, "load", lambda path: lambda texts, prefix, **options: asked.append(options) or [])
    command("translate", tiny_directory, "--xla", stdin=b"")
    command("translate", tiny_directory, stdin=b"")
    assert asked == []  # nothing to translate
    with pytest.raises(ValueError, match="shorter"):
        command("translate", tiny_directory, "a", "--xla")
    assert [options["jit_compile"] for options in asked] == [True]


@pytest.mark.parametrize("flags, message", [
    (["--beam", "0"], "--beam"),
    (["--beam", "1000000"], "beam_size=1000000"),
    (["--n-best", "3"], "n_best=3 of 1"),
    (["--beam", "2", "--samples", "2"], "samples=2 with beam_size=2"),
    (["--mbr"], "minimum_bayes_risk with one translation"),
    (["--alpha", "0.6"], "alpha without beam_size"),
    (["--temperature", "0.6"], "temperature without samples"),
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
@pytest.mark.parametrize("stdin", [b"", b"the cat\n"])
def test_refused(command, already_loaded, tiny_directory, flags, message, stdin):
    if not stdin and "orbid" in message:
        pytest.skip("asked of the model, which nothing was given for")
    ended = command("translate", tiny_directory, *flags, stdin=stdin)
    assert (ended.status, ended.out) == (2, "")
    assert message in ended.error
    assert "Traceback" not in ended.error
