"""What tests in several folders share: tiny models, and a headless Chromium from npm."""

import asyncio
import contextlib
import io
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.chromium import NPM_PROJECT, headless_chromium

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")


@pytest.fixture(scope="session")
def npm_project() -> Path:
    """The npm project with its modules installed."""
    if shutil.which("node") is None:
        pytest.skip("node is not installed: the browser tests need Node 20 or newer")
    if not (NPM_PROJECT / "node_modules").is_dir():
        pytest.skip("npm modules are absent: run `npm ci` in apps/browser")
    return NPM_PROJECT


@pytest.fixture(scope="session")
def browser(npm_project: Path) -> Iterator:
    """A headless Chromium that npm installed, shared by all tests that need one."""
    with headless_chromium() as instance:
        yield instance


@pytest.fixture
def run_async():
    """`asyncio.run` in a thread of its own: in the main one Playwright's event loop may be running."""
    def run(coroutine):
        with ThreadPoolExecutor(1) as thread:
            return thread.submit(asyncio.run, coroutine).result()

    return run


def untrained(source, target, **options):
    """A translator whose weights are drawn at random, large, so that its answers differ from text to text."""
    import keras
    import numpy as np

    from keras_s2s import layers
    from keras_s2s.model import Seq2Seq
    from keras_s2s.translator import Translator

    encoder = layers.RNNEncoder(source.vocabulary_size(), units=8, embedding_units=12, cell=options["cell"])
    both = {"embedding_units": 12, "cell": options["cell"]}
    if options["attend"] is None:
        decoder = layers.RNNDecoder(target.vocabulary_size(), 16, context="both", **both)
    else:
        attention = layers.BahdanauAttention(16) if options["attend"] == "after" else layers.LuongAttention(16)
        decoder = layers.AttentionDecoder(target.vocabulary_size(), 16, attention, attend=options["attend"], **both)
    model = Seq2Seq(encoder, decoder)
    model.build()
    chance = np.random.default_rng(options.get("seed", 5))
    for variable in model.weights:
        variable.assign(chance.normal(0, 0.7, variable.shape))
    # The end token a little more often: answers of many lengths.
    model.decoder.output_projection.bias.assign(options["end"] * keras.ops.one_hot(3, target.vocabulary_size()))
    return Translator(model, source, target, name=options["name"], description="An untrained model.",
                      examples=["the cat", "3 dogs"], max_source_tokens=40,
                      target_length={"factor": 1.5, "offset": 3, "maximum": 30})


@pytest.fixture(scope="session")
def tiny():
    """A translator from characters to characters."""
    from keras_s2s.text import CharacterTokenizer

    source, target = CharacterTokenizer(), CharacterTokenizer()
    source.adapt(["the cat sat on the mat; Ärger, 3 dogs"])
    target.adapt(["0123456789-/ abc"])
    return untrained(source, target, cell="gru", attend="after", end=2.0, name="tiny")


@pytest.fixture(scope="session")
def without_attention():
    """A translator of letters whose decoder sees one context vector only."""
    from keras_s2s.text import CharacterTokenizer

    source, target = CharacterTokenizer(), CharacterTokenizer()
    source.adapt(["abc"])
    target.adapt(["xyz"])
    return untrained(source, target, cell="gru", attend=None, end=0.0, name="plain")


@pytest.fixture(scope="session")
def pieces():
    """A translator of the other kind: SentencePiece on both sides, attends before its cell, an LSTM."""
    from keras_s2s.text import SentencePieceTokenizer

    source, target = SentencePieceTokenizer(60, lowercase=True), SentencePieceTokenizer(50)
    source.adapt(["the cat sat on the mat and the dog sat on the log; 3 dogs"] * 20)
    target.adapt(["der hund und die katze", "die matte und der hund"] * 20)
    return untrained(source, target, cell="lstm", attend="before", end=0.0, name="pieces", seed=6)


@pytest.fixture(scope="session")
def words():
    """A translator from words to words; one of them is the separator of n-best lists."""
    from keras_s2s.text import WordTokenizer

    source, target = WordTokenizer(), WordTokenizer()
    source.adapt(["the cat sat on a mat and 3 dogs"])
    target.adapt(["der hund ||| die katze und"])
    return untrained(source, target, cell="gru", attend="after", end=1.0, name="words", seed=7)


@pytest.fixture(scope="session")
def twins():
    """A translator with two target tokens that look the same and are as frequent: unknown, and the sign for it."""
    import numpy as np

    from keras_s2s.text import CharacterTokenizer

    source, target = CharacterTokenizer(), CharacterTokenizer()
    source.adapt(["the cat sat on the mat"])
    target.adapt(["ab\ufffd"])
    translator = untrained(source, target, cell="gru", attend="after", end=1.0, name="twins", seed=8)
    both = [target.get_vocabulary().index(token) for token in ("<unk>", "\ufffd")]
    projection = translator.model.decoder.output_projection
    for variable, more in ((projection.kernel, 0.0), (projection.bias, 1.0)):
        values = np.asarray(variable).copy()
        values[..., both] = values[..., both[:1]] + more
        variable.assign(values)
    return translator


@pytest.fixture(scope="session")
def sibling(tiny):
    """The model of `tiny`, with other weights."""
    return untrained(tiny.source, tiny.target, cell="gru", attend="after", end=2.0, name="sibling", seed=9)


@pytest.fixture
def eagerly(monkeypatch, tiny, words):
    """`tiny` and `words` decode step by step: for one or two calls, that is quicker than to trace a graph."""
    monkeypatch.setattr("keras_s2s.graph_functions._traced", lambda function, given: function)
    for translator in (tiny, words):
        monkeypatch.setattr(translator._functions, "_traced", {})


@pytest.fixture(scope="session")
def tiny_directory(tiny, tmp_path_factory) -> Path:
    """The model directory of `tiny`. Tests only read it."""
    directory = tmp_path_factory.mktemp("models") / "tiny"
    tiny.save(directory)
    return directory


class Ended(NamedTuple):
    """How a command ended and what it printed where."""

    status: int
    out: str
    error: str

    @property
    def lines(self) -> list[str]:
        """The lines of standard output, as `wc -l` counts them."""
        assert self.out == "" or self.out.endswith("\n")
        return self.out.split("\n")[:-1]


@pytest.fixture
def command(monkeypatch, capfd):
    """`command(*arguments, stdin=b"")` runs the command line in this process."""
    from keras_s2s import cli

    def call(*arguments, stdin=b""):
        monkeypatch.setattr(sys, "argv", ["keras-s2s", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        capfd.readouterr()
        with pytest.raises(SystemExit) as ended:
            cli.main()
        sys.stdout.flush()
        return Ended(ended.value.code or 0, *capfd.readouterr())

    return call


@pytest.fixture
def already_loaded(monkeypatch, tiny):
    """Commands get the model that is in memory, in place of one more copy."""
    monkeypatch.setattr("keras_s2s.translator.Translator.load", lambda model: tiny)


@pytest.fixture(scope="session")
def until_stopped():
    """`until_stopped(command, pattern)`: runs a server while a block lasts; gives the address that it prints."""

    @contextlib.contextmanager
    def run(command, pattern):
        process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        printed = []
        for line in process.stderr:
            printed.append(line)
            if found := re.match(pattern, line):
                yield found[1]
                break
        else:
            pytest.fail("".join(printed))
        process.terminate()
        process.communicate(timeout=30)

    return run
