"""Training runs from a file of pairs to a model directory, and again after they were stopped."""

import io
import json

import numpy as np
import pytest
from rich.console import Console

from keras_s2s.data.split import read_split
from keras_s2s.training import fitting
from keras_s2s.training.recipe import train
from keras_s2s.training.run_state import RunState
from keras_s2s.translator import Translator
from tests.training.conftest import OPTIONS

pytestmark = pytest.mark.training


@pytest.fixture(scope="module")
def run(pairs_file, tmp_path_factory):
    """A finished run: `(translator, its directory, what it said)`."""
    out, console = tmp_path_factory.mktemp("runs") / "mine", Console(file=io.StringIO(), width=200)
    translator = train("characters", pairs_file, out, overrides=OPTIONS, console=console, command="keras-s2s train ...")
    return translator, out, console.file.getvalue()


def test_files_of_a_finished_run(run):
    _, out, _ = run
    assert sorted(path.name for path in out.iterdir()) == [
        "card.md", "config.yaml", "data", "model.json", "results.json", "source", "target", "weights.npz"]
    split = read_split(out / "data")
    assert len({source for source, _ in split.train}) == 108
    assert len({source for source, _ in split.dev}) == len({source for source, _ in split.test}) == 6
    assert not {source for source, _ in split.train} & {source for source, _ in split.dev + split.test}


def test_results(run):
    translator, out, _ = run
    results = json.loads((out / "results.json").read_text())
    assert results["format_version"] == 1
    assert (results["name"], results["command"], results["seed"]) == ("characters", "keras-s2s train ...", 1)
    assert (results["epochs"], results["parameters"]) == (3, translator.parameters)
    assert results["pairs"] == {part: len(getattr(read_split(out / "data"), part)) for part in ("train", "dev", "test")}
    assert results["minutes"] > 0
    assert set(results["versions"]) == {"python", "keras", "tensorflow"}
    for part in ("dev", "test"):
        assert results[part]["count"] == 6  # sources; all targets of one are its references
        assert 0 <= results[part]["exact_match"] <= 1
        assert results[part]["character_error_rate"] >= 0
    assert "worst" in results["test"]
    assert [row["epoch"] for row in results["history"]] == [1, 2, 3]
    losses = [row["loss"] for row in results["history"]]
    assert losses[0] > losses[1] > losses[2]
    for row in results["history"]:
        assert {"loss", "perplexity", "dev_perplexity", "dev_exact_match", "learning_rate", "minutes"} <= set(row)
    best = max(results["history"], key=lambda row: (row["dev_exact_match"], -row["dev_perplexity"]))
    assert results["best_epoch"] == best["epoch"]


def test_the_model_that_is_left_is_the_one_returned(run):
    translator, out, _ = run
    loaded = Translator.load(out)
    for before, after in zip(translator.model.weights, loaded.model.weights, strict=True):
        np.testing.assert_array_equal(before, after)
    assert [str(answer) for answer in loaded(["ax1", "bz9"])] == [str(answer) for answer in translator(["ax1", "bz9"])]
    assert loaded.config["model"]["units"] == 12
    assert loaded.examples == [source for source, _ in read_split(out / "data").dev[:3]]


def test_what_it_says(run):
    _, out, said = run
    split = read_split(out / "data")
    assert f"{len(split.train)} training, {len(split.dev)} dev, {len(split.test)} test pairs" in said
    for expected in ("12 units", "dropout 0.2", "epoch   1/3", "epoch   3/3", "exact match", "worst item",
                     f"keras-s2s translate {out}", f"keras-s2s export {out}", "MB"):
        assert expected in said, expected
    card = (out / "card.md").read_text()
    assert "| test | 6 | exact match |" in card
    assert "keras-s2s train ..." in card


def test_the_same_command_again_finds_it_finished(run, pairs_file, console):
    translator, out, _ = run
    before = {path: path.stat().st_mtime_ns for path in out.rglob("*")}
    again = train("characters", pairs_file, out, overrides=OPTIONS, console=console)
    assert "holds a finished run" in console.file.getvalue()
    assert str(again("ax1")) == str(translator("ax1"))
    assert {path: path.stat().st_mtime_ns for path in out.rglob("*")} == before


class Stopped(BaseException):
    """As a kill, which no handler of errors sees."""


def stop(*_, **__):
    raise Stopped


def test_a_run_that_was_stopped_ends_as_if_it_had_not_been(run, pairs_file, tmp_path, monkeypatch, console):
    arguments = {"data": pairs_file, "out": tmp_path / "mine", "overrides": OPTIONS, "console": console}
    with monkeypatch.context() as patch, pytest.raises(Stopped):
        patch.setattr(fitting.EpochProgress, "on_train_batch_end", stop)  # in the first epoch
        train("characters", **arguments)
    assert "Going on" not in console.file.getvalue()
    save, saved = RunState.save, []

    def save_once(state, *given):
        if saved:
            raise Stopped  # after the second epoch's best weights were written, before its state was
        saved.append(save(state, *given))

    with monkeypatch.context() as patch, pytest.raises(Stopped):
        patch.setattr(RunState, "save", save_once)
        train("characters", **arguments)
    stopped = json.loads(str(np.load(tmp_path / "mine" / "run_state.npz")["state"]))
    assert (stopped["epoch"], stopped["finished"]) == (1, False)
    translator = train("characters", **arguments)
    assert "Going on after epoch 1." in console.file.getvalue()
    expected, out, _ = run
    for before, after in zip(expected.model.weights, translator.model.weights, strict=True):
        np.testing.assert_allclose(before, after, atol=1e-5, err_msg=before.path)
    history, unstopped = (json.loads((path / "results.json").read_text())["history"] for path in (
        out, tmp_path / "mine"))
    for row, other in zip(history, unstopped, strict=True):
        assert row["loss"] == pytest.approx(other["loss"], abs=1e-4)
        assert row["dev_perplexity"] == pytest.approx(other["dev_perplexity"], abs=1e-3)
    assert not list((tmp_path / "mine").glob("*.npz.*"))


def test_smoke_and_overwrite(pairs_file, tmp_path, console):
    out = tmp_path / "mine"
    (out / "saved_model").mkdir(parents=True)
    for name in ("config.yaml", "saved_model/old", "notes.txt"):
        (out / name).write_text("name: x\n")
    # The pairs may lie in the very directory that is begun anew.
    (out / "pairs.tsv").write_bytes(pairs_file.read_bytes())
    train("sentences", out / "pairs.tsv", out, smoke_test=True, overwrite=True, console=console,
          overrides=["data.dev_fraction=0.2", "training.validation_metric=loss"])
    results = json.loads((out / "results.json").read_text())
    assert (results["epochs"], results["pairs"]["dev"] > 20, results["parameters"] < 20_000) == (1, True, True)
    assert {"bleu", "chrf"} <= set(results["test"])
    assert "nrefs:var" in results["test"]["bleu"]["signature"]
    assert (out / "notes.txt").read_text() == "name: x\n"
    assert not (out / "saved_model").exists()
