"""That the systems whose training is compared compute the same, and what they are given and asked."""

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


@pytest.mark.parity
def test_a_smoke_run(modules, monkeypatch, capsys, peers, tmp_path):
    import train

    monkeypatch.setattr(sys, "argv", ["train.py", "--systems", "keras_s2s,pytorch", "--smoke", "--rounds", "2",
                                      "--peers", str(peers), "--profile", "--results", str(tmp_path)])
    train.main()
    results = json.loads((tmp_path / "train.json").read_text())
    assert set(results["systems"]) == {"keras_s2s", "pytorch", "limit"}
    assert not results["failures"]
    for name in ("keras_s2s", "pytorch"):
        system = results["systems"][name]
        assert len(system["seconds"]) == len(system["cores"]) == 2
        assert system["first_loss"] == pytest.approx(np.log(50), rel=0.05)
        assert system["last_loss"] < system["first_loss"]
        assert system["tokens_per_second"] < results["systems"]["limit"]["tokens_per_second"]
    assert results["systems"]["keras_s2s"]["times_as_fast_as"].keys() == {"pytorch"}
    parts = results["profiles"]["keras_s2s"]["parts"]
    for part in ("encoder", "attention", "decoder's recurrence", "output", "optimizer"):
        assert parts[part]["forward"] > 0, part
    assert parts["output"]["backward"] > 0
    assert "PyTorch" in capsys.readouterr().out
    assert "| keras_s2s |" in (tmp_path / "train.md").read_text()


@pytest.mark.parity
def test_all_systems_train_alike_without_dropout(modules, monkeypatch, peers, tmp_path):
    """The same losses after some steps: forward, backward and optimizer agree (but Adam hides gradients' scale)."""
    monkeypatch.syspath_prepend(peers)
    from system_group import SystemGroup
    from train_measure import SYSTEMS
    from train_prepare import prepare_smoke

    prepare_smoke(tmp_path, peers, dropout=0.0)
    group = SystemGroup()
    joeynmt = os.environ.get("KERAS_S2S_JOEYNMT")
    chosen = ["keras_s2s", "pytorch", *(["joeynmt"] if joeynmt else [])]
    try:
        for name in chosen:
            group.start(name, SYSTEMS[name], tmp_path, peers, joeynmt if name == "joeynmt" else None)
        first = [group.ask(name, call="first_loss") for name in chosen]
        losses = [[group.ask(name, call="train", warm_up=2)["loss"] for _ in range(2)] for name in chosen]
    finally:
        group.close()
    assert not group.failures
    np.testing.assert_allclose(first, first[0], rtol=1e-4)
    np.testing.assert_allclose(losses[1], losses[0], rtol=1e-4)
    np.testing.assert_allclose(losses[-1], losses[0], rtol=2e-3)  # JoeyNMT learns a bias more
    assert losses[0][1] < losses[0][0] < first[0]


def test_compiling_changes_no_weight(modules, tmp_path):
    from system_group import SystemGroup
    from train_measure import SYSTEMS
    from train_prepare import prepare_smoke

    (tmp_path / "joeynmt_rnn.yaml").touch()
    prepare_smoke(tmp_path / "job", tmp_path)
    group = SystemGroup()
    group.start("keras_s2s", SYSTEMS["keras_s2s"], tmp_path / "job", tmp_path)
    calls = [{"call": "first_loss"}, {"call": "compile_shapes", "warm_up": 1}, {"call": "first_loss"},
             {"call": "train", "warm_up": 1}, {"call": "first_loss"}]
    try:
        before, compiling, after, _, later = (group.ask("keras_s2s", **call) for call in calls)
    finally:
        group.close()
    assert compiling["shapes"] == 2
    assert compiling["seconds"] > 0
    assert after == before
    assert later < before


def test_the_batches_are_those_of_fit(modules, tmp_path):
    """What the systems are given says the same as the package's own batches."""
    from train_ours import dataset

    source = np.array([[5, 3, 0], [5, 6, 3]])
    target = np.array([[2, 7, 3, 0], [2, 7, 8, 3]])
    found = list(dataset([(source, target), (source[:1, :2], target[:1, :3])]).as_numpy_iterator())
    inputs, labels = found[0]
    assert inputs["source"].tolist() == source.tolist()
    assert labels.tolist() == [[7, 3, 0], [7, 8, 3]]
    assert [len(row) for row in inputs["target_input"]] == [3, 3]
    assert inputs["target_input"][1].tolist() == [2, 7, 8]
    assert found[1][0]["target_input"].tolist() == [[2, 7]]


def test_a_job_is_read_as_it_was_written(modules, tmp_path):
    from train_job import TrainJob, work

    batches = [(np.array([[5, 3, 0], [5, 6, 3]]), np.array([[2, 7, 3, 0], [2, 7, 8, 3]])),
               (np.array([[3]]), np.array([[2, 3]]))]
    TrainJob(["a"], ["b"], batches, 1, 0.1, 0.2, 0.3).save(tmp_path, {"query": np.ones(2)})
    job, weights = TrainJob.load(tmp_path)
    assert (job.source_words, job.warm_up, job.dropout, job.learning_rate, job.clip_norm) == (["a"], 1, 0.1, 0.2, 0.3)
    assert weights["query"].tolist() == [1, 1]
    assert [side.tolist() for batch in job.batches for side in batch] == [
        side.tolist() for batch in batches for side in batch]
    assert len(job.timed) == 1
    assert work(batches) == {"rows": 3, "steps": 2, "shapes": 2, "source_positions": 7, "source_tokens": 6,
                             "target_positions": 7, "target_tokens": 6, "pairs_of_positions": 19,
                             "pairs_of_tokens": 2 * 2 + 3 * 3 + 1}


def test_ids_of_a_system(modules):
    from peer_ids import PeerIds

    ids = PeerIds((1, 0, 2, 3))
    array = np.array([[2, 5, 1, 0], [3, 4, 60, 1]])
    assert ids.array_to_peer(array).tolist() == [ids.to_peer(row) for row in array.tolist()]
    ids = PeerIds((0, 2, 3, 1))
    assert ids.array_to_peer(array).tolist() == [ids.to_peer(row) for row in array.tolist()]


def test_a_step_by_parts(modules):
    from train_profile import REST, by_part

    found = by_part([
        ("StatefulPartitionedCall/seq2_seq_1/encoder_1/layer_0_1/while/MatMul:_MklMatMul", 4.0),
        ("StatefulPartitionedCall/gradient_tape/seq2_seq_1/encoder_1/layer_0_1/while/MatMul:_MklMatMul", 6.0),
        ("StatefulPartitionedCall/seq2_seq_1/decoder_1/attention_1/Tanh:Tanh", 1.0),
        ("StatefulPartitionedCall/seq2_seq_1/decoder_1/attention_1/Tanh:Tanh", 1.0),
        ("gradient_tape/seq2_seq_1/key_projection_1/MatMul:MatMul", 2.0),
        ("StatefulPartitionedCall/seq2_seq_1/decoder_1/recurrence_1/layer_0_1/add:AddV2", 3.0),
        ("StatefulPartitionedCall/seq2_seq_1/decoder_1/output_projection_1/MatMul:MatMul", 5.0),
        ("StatefulPartitionedCall/adam/Square_12:Square", 8.0), ("StatefulPartitionedCall/mul_3:Mul", 2.0),
        ("while/body/StatefulPartitionedCall:StatefulPartitionedCall", 99.0), ("ExecutorState::Process", 99.0),
        ("EagerLocalExecute: __inference_multi_step", 99.0)], steps=2)
    parts = {name: (part["forward"], part["backward"]) for name, part in found["parts"].items()}
    assert {name: part for name, part in parts.items() if any(part)} == {
        "optimizer": (4, 0), "encoder": (2, 3), "attention": (1, 1), "decoder's recurrence": (1.5, 0),
        "output": (2.5, 0), REST: (0, 1)}
    assert found["largest"][0] == ["StatefulPartitionedCall/adam/Square_12:Square", 4.0]
    assert ["StatefulPartitionedCall/seq2_seq_1/decoder_1/attention_1/Tanh:Tanh", 1.0] in found["largest"]


@pytest.mark.parametrize(("given", "failed", "whole"), [
    ("", None, True), ("--rounds 3", None, True), ("--profile", None, True), ("", "keras_s2s_xla", True),
    ("", "joeynmt", False), ("--rounds 2", None, False), ("--systems keras_s2s,pytorch,joeynmt", None, False),
    ("--smoke", None, False), ("without joeynmt", None, False)])
def test_only_a_whole_run_is_written(modules, tmp_path, given, failed, whole):
    import train

    (tmp_path / "torch_reference.py").touch()
    arguments = ["--peers", str(tmp_path), "--joeynmt", "python"]
    arguments = arguments[:2] if given == "without joeynmt" else arguments + given.split()
    assert train.is_whole(train.parsed(arguments), {"failures": {failed: "x"} if failed else {}}) == whole


@pytest.mark.parametrize(("given", "message"), [
    (["--systems", "keras_s2s,torch"], "no such system: torch"), (["--rounds", "0"], "must be 1 or more"),
    (["--peers", "nowhere"], "no torch_reference.py in nowhere")])
def test_refused_arguments(modules, capsys, given, message):
    import train

    with pytest.raises(SystemExit):
        train.parsed(given)
    assert message in capsys.readouterr().err


def test_too_few_data(modules, tmp_path):
    from train_prepare import prepare

    (tmp_path / "tok").mkdir()
    for part in ("train", "val", "test_2016_flickr"):
        for language in ("de", "en"):
            (tmp_path / "tok" / f"{part}.lc.norm.tok.{language}").write_text("ein hund\n" * 130)
    with pytest.raises(UserError, match="The data give 2 batches of 64 pairs"):
        prepare(tmp_path / "job", tmp_path, str(tmp_path))
