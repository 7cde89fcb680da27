"""That the compared systems compute the same, that each is timed in its turn, and what is printed and written."""

import json
import os
import sys
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from keras_s2s.errors import UserError

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"


@pytest.fixture
def modules(monkeypatch):
    """Lets the test import the benchmark's modules."""
    monkeypatch.syspath_prepend(BENCHMARKS)


@pytest.fixture(scope="module")
def peers():
    """The folder of the PyTorch reference."""
    data = os.environ.get("KERAS_S2S_DATA")
    folder = os.environ.get("KERAS_S2S_PEERS") or (Path(data).parent / "peers" if data else None)
    if folder is None or not Path(folder, "torch_reference.py").is_file():
        pytest.skip("no torch_reference.py: set KERAS_S2S_PEERS to its folder")
    if find_spec("torch") is None:
        pytest.skip("PyTorch is not installed: pip install 'keras-s2s[backends]'")
    return Path(folder)


@pytest.fixture(scope="module")
def words():
    """An untrained translator of words whose answers differ; the first state is made by a dense bridge."""
    from keras_s2s import layers
    from keras_s2s.model import Seq2Seq
    from keras_s2s.text import WordTokenizer
    from keras_s2s.translator import Translator

    source, target = WordTokenizer(), WordTokenizer()
    source.adapt(["a b c d e f g h"])
    target.adapt(["p q r s t u v w x y z"])
    encoder = layers.RNNEncoder(source.vocabulary_size(), units=8, embedding_units=12)
    decoder = layers.AttentionDecoder(target.vocabulary_size(), 16, layers.BahdanauAttention(16), embedding_units=12)
    model = Seq2Seq(encoder, decoder)
    model.build()
    chance = np.random.default_rng(4)
    for variable in model.weights:
        variable.assign(chance.normal(0, 0.7, variable.shape))
    # As a trained model: never padding or start, which the reference does not forbid, and an end at times.
    model.decoder.output_projection.bias.assign([-1e4, 0, -1e4, 2] + [0] * 11)
    return Translator(model, source, target)


@pytest.fixture(scope="module")
def model_directory(words, tmp_path_factory):
    """Its model directory, with data as training leaves them."""
    directory = tmp_path_factory.mktemp("decode") / "words"
    words.save(directory)
    chance = np.random.default_rng(1)
    (directory / "data").mkdir()
    for part in ("test", "train"):
        lines = [" ".join(chance.choice(list("abcdefghi"), chance.integers(1, 12))) for _ in range(30)]
        (directory / "data" / f"{part}.tsv").write_text("".join(f"{line}\tp q\n" for line in lines))
    return directory


@pytest.mark.parity
def test_the_same_weights_give_the_same_outputs(modules, monkeypatch, capsys, peers, model_directory, tmp_path):
    import decode

    monkeypatch.setattr(sys, "argv", [
        "decode.py", "--parts", "fixed,trained", "--smoke", "--rounds", "1", "--sentences", "10", "--peers", str(peers),
        "--model", str(model_directory), "--results", str(tmp_path)])
    decode.main()
    cases = json.loads((tmp_path / "decode.json").read_text())["cases"]
    assert len(cases) == 10
    for case in cases:
        other = "saved_model" if case["file"] else "pytorch"
        assert set(case["systems"]) == {"keras_s2s", other} | ({"keras_s2s_xla"} if case["batch"] == 1 else set())
        if case["part"] == "fixed" or case["search"] == "greedy":  # beams rank what differs in length in their own ways
            assert case["against"][other]["same_outputs"] == 1, case
        if case["part"] == "fixed":
            assert all(system["tokens"] == 20 * case["sentences"] for system in case["systems"].values())
    scores = [system["bleu"] for system in cases[5]["systems"].values()]
    assert scores[0] == scores[1]
    assert "PyTorch" in capsys.readouterr().out
    assert "| beam 5 | 64 | PyTorch |" in (tmp_path / "decode.md").read_text()


def test_batches_are_those_of_the_reference(modules, monkeypatch, peers):
    monkeypatch.syspath_prepend(peers)
    import torch_reference
    from decode_job import length_batches

    chance = np.random.default_rng(2)
    sources = [[4] * length for length in chance.integers(1, 9, 450)]
    expected = [group for group, _ in torch_reference.batches([(ids, [1, 2]) for ids in sources], 2, shuffle=False)]
    assert length_batches(sources, 2) == expected


def test_outputs_end_with_the_end_token(modules):
    from decode_job import cut, padded

    assert cut([5, 6, 3, 7, 3]) == [5, 6, 3]
    assert cut([5, 6, 0, 0]) == [5, 6]
    assert cut([5, 6]) == [5, 6]
    assert padded([[5, 6], [7]]).tolist() == [[5, 6], [7, 0]]


def test_only_models_that_all_systems_have(modules, words, tiny, pieces, without_attention, tmp_path):
    from decode_prepare import prepare_trained
    from peer_weights import check_kind, random_weights, sizes, weights_of

    weights = weights_of(words.model)
    drawn = random_weights(**sizes(weights), seed=1)
    assert {name: array.shape for name, array in drawn.items()} == {
        name: array.shape for name, array in weights.items() if not name.startswith("bridge")}
    check_kind(tiny.model)
    with pytest.raises(UserError, match=r"decoder.cell 'lstm' \(expected 'gru'\), decoder.readout 'deep'"):
        check_kind(pieces.model)
    with pytest.raises(UserError, match="attention 'NoneType'"):
        check_kind(without_attention.model)
    tiny.save(tmp_path / "letters")
    with pytest.raises(UserError, match="character tokenizer"):
        prepare_trained(tmp_path / "folder", tmp_path, tmp_path / "letters", 1)


class Fake:
    """A process that answers with given seconds."""

    def __init__(self, name, seconds, outputs, asked):
        self.name, self.seconds, self.outputs, self.asked = name, iter(seconds), outputs, asked

    def ask(self, **request):
        self.asked.append((self.name, request.get("file")))
        return {"seconds": next(self.seconds), "cpu_seconds": 2.0, "outputs": self.outputs}


def test_every_system_has_its_turn_in_every_round(modules):
    from decode_measure import DecodeCase, measure

    asked = []
    processes = {"keras_s2s": Fake("keras_s2s", [9.0, 1.0, 2.0, 1.0], ["p q", "r"], asked),
                 "pytorch": Fake("pytorch", [9.0, 2.0, 2.0, 4.0], ["p q", "r s t"], asked)}
    case = DecodeCase("file", "beam", 64, 2, file="file")
    found = measure(case, processes, rounds=3)
    assert asked == [(name, file) for file in ("warm_up", "file", "file", "file") for name in processes]
    assert found["systems"]["pytorch"] == {"seconds": [2.0, 2.0, 4.0], "cores": [1.0, 1.0, 0.5], "tokens": 7,
                                           "sentences_per_second": 1.0, "tokens_per_second": 3.5}
    assert found["against"] == {"pytorch": {
        "relative_time": {"median": 2.0, "least": 1.0, "greatest": 4.0},
        "relative_time_by_token": {"median": 1.429, "least": 0.714, "greatest": 2.857}, "same_outputs": 0.5}}


def test_the_page_says_what_was_measured(modules):
    from decode_report import markdown

    system = {"sentences_per_second": 1234.5, "tokens_per_second": 9876.5, "cores": [1.9, 1.5, 2.0]}
    spread = {"median": 0.75, "least": 0.5, "greatest": 1.25}
    case = {"part": "fixed", "search": "beam", "batch": 64, "sentences": 1000, "file": None,
            "systems": {"keras_s2s": {**system, "bleu": 40.25, "signature": "x|y"}, "pytorch": system},
            "against": {"pytorch": {"relative_time": spread, "relative_time_by_token": spread, "same_outputs": 0.998}}}
    page = markdown({"command": "c", "date": "d", "processor": "p", "threads": 2, "rounds": 3,
                     "versions": {"torch": "1"},
                     "fixed_sizes": {"units": 16, "embedding": 8, "source_vocabulary": 5000, "target_vocabulary": 50},
                     "fixed_tokens": 14, "fixed_steps": 20, "cases": [case]})
    assert "| fixed, 1,000 sentences | beam 5 | 64 | keras_s2s | 1,234.5 | 9,876 | 1.9 |  |  |  | 40.2 |" in page
    assert "| PyTorch | 1,234.5 | 9,876 | 1.9 | 0.75 [0.50, 1.25] | 0.75 [0.50, 1.25] | 99.8 % |  |" in page
    assert "16 units, embeddings of 8, 5,000 and 50 tokens; 14 tokens in, 20 steps" in page
    assert page.endswith("sacreBLEU: `x|y`\n") and "trained" not in page


def test_what_is_decoded(modules):
    from decode_measure import cases

    assert [(case.search, case.batch, case.sentences) for case in cases("fixed")] == [
        ("greedy", 1, 100), ("greedy", 64, 640), ("beam", 1, 100), ("beam", 64, 640)]
    assert [(case.search, case.batch, case.sentences, case.file) for case in cases("trained", 1000)] == [
        ("greedy", 1, 100, None), ("greedy", 64, 1000, None), ("beam", 1, 100, None), ("beam", 64, 1000, None),
        ("greedy", 64, 1000, "test"), ("beam", 64, 1000, "test")]
    assert cases("file", 1000, 10_000)[0].request() == {
        "call": "translate", "file": "file", "search": "beam", "batch": 64}


def test_bleu_of_ids_and_of_texts(modules):
    from decode_measure import bleu

    vocabulary = ["", "<unk>", "<s>", "</s>", "p", "q", "r", "s"]
    assert bleu([[4, 5, 1, 7, 3]], vocabulary, ["p q <unk> s"])["bleu"] == 100
    assert bleu(["p q r s"], vocabulary, ["p q r s"])["bleu"] == 100
    assert bleu([[4, 5, 6, 7, 3]], vocabulary, ["s r q p"])["bleu"] < 50
    assert bleu([[4, 3]], vocabulary, []) == {}


@pytest.mark.parametrize(("given", "whole"), [
    ("", True), ("--rounds 3", True), ("--rounds 2", False), ("--parts fixed,file", False), ("--smoke", False),
    ("--sentences 9999", False), ("without joeynmt", False)])
def test_only_a_whole_run_is_written(modules, tmp_path, given, whole):
    import decode

    (tmp_path / "torch_reference.py").touch()
    arguments = ["--peers", str(tmp_path), "--model", "m", "--joeynmt", "python"]
    arguments = arguments[:4] if given == "without joeynmt" else arguments + given.split()
    assert decode.is_whole(decode.parsed(arguments)) == whole


@pytest.mark.parametrize(("given", "message"), [
    (["--parts", "fixed,beam"], "no such part: beam"), (["--parts", "file"], "give --model DIR"),
    (["--parts", "fixed", "--rounds", "0"], "must be 1 or more"),
    (["--parts", "fixed", "--peers", "nowhere"], "no torch_reference.py in nowhere")])
def test_refused_arguments(modules, capsys, given, message):
    import decode

    with pytest.raises(SystemExit):
        decode.parsed(given)
    assert message in capsys.readouterr().err


def test_a_system_that_ends_says_why(modules, tmp_path):
    from decode_measure import SYSTEMS
    from system_process import SystemProcess

    with pytest.raises(UserError, match=r"(?s)keras_s2s ended with status 1.*job\.json|weights\.npz"):
        SystemProcess("keras_s2s", SYSTEMS["keras_s2s"], tmp_path, tmp_path)
