"""Training runs from a file of pairs to a model directory, and again after they were stopped."""

import json

import numpy as np
import pytest
from keras import ops

from keras_s2s.data.split import read_split
from keras_s2s.errors import UserError
from keras_s2s.training import best_weights, fitting
from keras_s2s.training.adam import Adam
from keras_s2s.training.checkpoints import Checkpoints
from keras_s2s.training.non_finite import FiniteCheck
from keras_s2s.training.recipe import train
from keras_s2s.training.validation import Validation
from keras_s2s.training.watch import Watch
from keras_s2s.translator import Translator
from tests.training.conftest import OPTIONS, Stopped, stopped_after

pytestmark = pytest.mark.training


def test_files_of_a_finished_run(run):
    _, out, _ = run
    assert sorted(path.name for path in out.iterdir()) == [
        "card.md", "config.yaml", "data", "learning_curves.png", "model.json", "results.json", "source", "target",
        "weights.npz"]
    split = read_split(out / "data")
    assert len({source for source, _ in split.train}) == 108
    assert len({source for source, _ in split.dev}) == len({source for source, _ in split.test}) == 6
    assert not {source for source, _ in split.train} & {source for source, _ in split.dev + split.test}


def test_learning_curves(run):
    from matplotlib.image import imread

    _, out, _ = run
    picture = imread(out / "learning_curves.png")
    assert picture.shape[0] > 300
    assert picture.shape[1] > 300
    assert picture.std() > 0.05


def test_results(run):
    translator, out, _ = run
    results = json.loads((out / "results.json").read_text())
    assert results["format_version"] == 1
    assert (results["name"], results["command"], results["seed"]) == ("characters", "keras-s2s train ...", 1)
    assert (results["epochs"], results["parameters"]) == (3, translator.parameters)
    assert results["pairs"] == {part: len(getattr(read_split(out / "data"), part)) for part in ("train", "dev", "test")}
    assert results["minutes"] > 0
    assert set(results["versions"]) == {"python", "keras_s2s", "keras", "tensorflow", "numpy", "sentencepiece"}
    assert results["left_out"] == {"train": 0, "dev": 0}
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


# Where a run is stopped, and after how many calls.
PLACES = {"in the first epoch": (Watch, "on_train_batch_end", 2), "later": (Watch, "on_train_batch_end", 12),
          "before a validation": (Validation, "__call__", 1), "before the best weights are written": (
              best_weights, "save_weights", 1), "after them": (fitting.Fitting, "_record", 1),
          "before a checkpoint": (Checkpoints, "save", 3), "after the last epoch": (fitting.Fitting, "_load_best", 0)}


@pytest.mark.parametrize("place", PLACES)
def test_a_run_that_was_stopped_ends_as_if_it_had_not_been(run, pairs_file, tmp_path, monkeypatch, console, place):
    arguments = {"data": pairs_file, "out": tmp_path / "mine", "console": console,
                 "overrides": [*OPTIONS, "training.checkpoint_steps=5"]}
    with monkeypatch.context() as patch, pytest.raises(Stopped):
        stopped_after(patch, *PLACES[place])
        train("characters", **arguments)
    assert "Going on" not in console.file.getvalue()
    assert not (tmp_path / "mine" / "results.json").exists()
    translator = train("characters", **arguments)
    assert ("Going on after batch" in console.file.getvalue()) == (place != "in the first epoch")
    expected, out, _ = run
    for before, after in zip(expected.model.weights, translator.model.weights, strict=True):
        np.testing.assert_array_equal(before, after, err_msg=before.path)
    history, unstopped = (json.loads((path / "results.json").read_text())["history"] for path in (
        out, tmp_path / "mine"))
    for row, other in zip(history, unstopped, strict=True):
        assert {**row, "minutes": 0} == {**other, "minutes": 0}
    assert not (tmp_path / "mine" / "checkpoints").exists()


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


def test_tensorboard(pairs_file, tmp_path, console):
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
    from tensorflow import make_ndarray

    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "config.yaml").write_text("name: old\n")  # whatever is there goes, but not what is new
    train("characters", pairs_file, tmp_path / "mine", console=console, overwrite=True,
          overrides=[*OPTIONS, "training.tensorboard=true", "training.epochs=2"])
    events = EventAccumulator(str(tmp_path / "mine" / "tensorboard"))
    events.Reload()
    found = {tag for tags in events.Tags().values() if isinstance(tags, list) for tag in tags}
    assert {"loss", "perplexity", "dev_perplexity", "dev_exact_match", "learning_rate"} <= found
    assert {"attention 0", "attention 3"} <= found
    history = json.loads((tmp_path / "mine" / "results.json").read_text())["history"]
    written = [float(make_ndarray(event.tensor_proto)) for event in events.Tensors("dev_perplexity")]
    assert written == pytest.approx([row["dev_perplexity"] for row in history])
    texts = [text.decode() for text in make_ndarray(
        events.Tensors("sample 0")[0].tensor_proto).flatten()]
    source, target = read_split(tmp_path / "mine" / "data").dev[0]
    assert texts[:5] == ["source", source, "reference", target, "translation"]


def test_every_option_at_once(pairs_file, tmp_path, console):
    """That they go together; what each does is tested where it is."""
    options = ["source.tokenizer=sentencepiece", "source.vocabulary_size=40", "training.subword_alpha=0.3",
               "training.word_dropout=0.1", "training.scheduled_sampling=inverse_sigmoid", "training.schedule=cosine",
               "training.warmup_steps=4", "training.weight_decay=0.01", "training.ema_decay=0.9",
               "training.average_best=3", "training.accumulate=2", "training.batch_tokens=100",
               "training.validate_every_steps=7", "training.label_smoothing=0.1"]
    train("characters", pairs_file, tmp_path / "mine", overrides=[*OPTIONS, *options], console=console)
    history = json.loads((tmp_path / "mine" / "results.json").read_text())["history"]
    rates = [row["learning_rate"] for row in history if "learning_rate" in row]
    assert rates[0] == max(rates) <= 0.01
    assert rates[-1] < 0.001
    assert {7, 14} <= {row.get("step") for row in history if "dev_exact_match" in row}
    assert history[-1]["average_of"] == 3


@pytest.mark.parametrize("precision", ["bfloat16", "float16"])
def test_mixed_precision(pairs_file, tmp_path, console, precision):
    translator = train("characters", pairs_file, tmp_path / "mine", console=console,
                       overrides=[*OPTIONS, f"training.precision={precision}"])
    assert all(weight.dtype == "float32" for weight in translator.model.weights)
    losses = [row["loss"] for row in json.loads((tmp_path / "mine" / "results.json").read_text())["history"]]
    assert losses[0] > losses[-1]
    # What is left behind computes in float32, as every runtime does.
    assert translator.model.decoder.compute_dtype == "float32"
    loaded = Translator.load(tmp_path / "mine")
    assert [str(answer) for answer in loaded(["ax1", "bz9"])] == [str(answer) for answer in translator(["ax1", "bz9"])]


def test_a_gradient_that_is_no_number(pairs_file, tmp_path, console, monkeypatch):
    """The batch whose gradient it is has a finite loss: the next one shows it. Both are told."""
    ours, seen = Adam.apply, []

    def poisoned(adam, grads, trainable_variables=None):
        wrong = ops.where(ops.equal(adam.iterations, 11), float("inf"), 1.0)
        ours(adam, [*grads[:-1], grads[-1] * wrong], trainable_variables)

    count = FiniteCheck.after_batch
    monkeypatch.setattr(Adam, "apply", poisoned)
    monkeypatch.setattr(FiniteCheck, "after_batch", lambda check, step, places, loss: (
        seen.append((step, check.pairs(places))), count(check, step, places, loss)))
    out = tmp_path / "mine"
    with pytest.raises(UserError, match=r"(?s)loss is nan after batch 13; .*of 12, 13\).*one of them is the cause"):
        train("characters", pairs_file, out, overrides=[*OPTIONS, "training.checkpoint_steps=5"], console=console)
    found = json.loads((out / "non_finite_batch.json").read_text())
    assert [(batch["batch"], [(pair["source"], pair["target"]) for pair in batch["pairs"]])
            for batch in found["batches"]] == seen[-2:]
    assert max(path.name for path in (out / "checkpoints").glob("checkpoint*")) == "checkpoint-00000010.npz"


def test_a_weight_that_is_no_number_is_not_saved(pairs_file, tmp_path, console, monkeypatch):
    monkeypatch.setattr("keras_s2s.training.fitting.LearningRate.__call__", lambda rate, step: float("inf"))
    with pytest.raises(UserError, match=r"is not finite after batch|loss is (nan|inf) after batch"):
        train("characters", pairs_file, tmp_path / "mine", console=console,
              overrides=[*OPTIONS, "training.checkpoint_steps=1"])
    assert not list((tmp_path / "mine").glob("checkpoints/checkpoint*"))


def test_a_vocabulary_that_another_run_has_learnt(run, pairs_file, tmp_path, console):
    translator, out, _ = run
    options = [*OPTIONS, "training.epochs=1", f"source.vocabulary={out / 'source'}"]
    again = train("characters", pairs_file, tmp_path / "mine", overrides=options, console=console)
    assert again.source.get_vocabulary() == translator.source.get_vocabulary()
    with pytest.raises(UserError, match=r"(?s)a character tokenizer, and source.tokenizer is word"):
        train("characters", pairs_file, tmp_path / "other", overrides=[*options, "source.tokenizer=word"])
