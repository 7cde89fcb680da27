"""What `train` refuses, before it has written anything."""

import pytest

from keras_s2s.config import load_config
from keras_s2s.errors import UserError
from keras_s2s.text import CharacterTokenizer
from keras_s2s.training.fitting import Fitting
from keras_s2s.training.recipe import train
from tests.training.conftest import OPTIONS, Stopped, stopped_after


@pytest.fixture(autouse=True)
def no_training(monkeypatch):
    """No case may get as far as an epoch."""
    def fail(*_):
        raise AssertionError("training began")

    monkeypatch.setattr("keras_s2s.training.fitting.Fitting.run", fail)


def begin(out, pairs_file, console, *options):
    """Leaves what a run leaves that was stopped in its first epoch."""
    with pytest.raises(AssertionError, match="training began"):
        train("characters", pairs_file, out, overrides=[*OPTIONS, *options], console=console)


def refused(message, *arguments, **options):
    with pytest.raises(UserError, match=message) as caught:
        train(*arguments, **options)
    return caught.value


def test_another_configuration(pairs_file, tmp_path, console):
    out = tmp_path / "mine"
    begin(out, pairs_file, console)
    error = refused("holds a run with another configuration", "characters", pairs_file, out, console=console,
                    overrides=[*OPTIONS, "model.units=14", "training.seed=2"])
    assert "model.units was 12, now 14" in str(error)
    assert "training.seed was 1, now 2" in str(error)
    assert "--overwrite" in error.fix
    refused("model.cell was gru, now lstm", "characters", pairs_file, out, console=console,
            overrides=[*OPTIONS, "model.cell=lstm"])
    assert load_config(out / "config.yaml").model.units == 12


def test_what_a_run_says_at_its_start(pairs_file, tmp_path, console):
    begin(tmp_path / "mine", pairs_file, console, "training.batch_tokens=200", "training.warmup_steps=5000",
          "training.tensorboard=true")
    said = console.file.getvalue()
    assert "batches of 200 tokens" in said
    assert "training.warmup_steps is 5000, and the whole training has" in said
    assert "Left out" not in said
    long = tmp_path / "long.tsv"
    long.write_text(pairs_file.read_text() + "".join(f"x{n}\tlonger{n}\n" for n in range(400)))
    begin(tmp_path / "long", long, console, "data.max_target_tokens=6")
    said = console.file.getvalue()
    assert "Left out of train: " in said
    assert " with more than 6 target tokens)" in said
    assert "Left out of dev: " in said


def test_stopped_before_anything_is_written(pairs_file, tmp_path, console, monkeypatch):
    with monkeypatch.context() as patch, pytest.raises(Stopped):
        stopped_after(patch, Fitting, "_compile", 0)
        train("characters", pairs_file, tmp_path / "mine", overrides=[*OPTIONS, "training.tensorboard=true"],
              console=console)
    assert not (tmp_path / "mine").exists()


def test_tokenizers_are_learnt_once(pairs_file, tmp_path, console, monkeypatch):
    out = tmp_path / "mine"
    begin(out, pairs_file, console)
    monkeypatch.setattr(CharacterTokenizer, "adapt", lambda *_: pytest.fail("learnt again"))
    begin(out, pairs_file, console)
    assert "Warning" not in console.file.getvalue()


def test_another_vocabulary_in_the_directory_that_is_named(pairs_file, tmp_path, console):
    tokenizer, out = CharacterTokenizer(), tmp_path / "mine"
    option = f"source.vocabulary={tmp_path / 'vocabulary'}"
    for letters in ("abcdxyz0123456789", "abcdxyz"):
        tokenizer.adapt([letters])
        tokenizer.save(tmp_path / "vocabulary")
        if not out.exists():
            begin(out, pairs_file, console, option)
    refused("holds a run with other vocabularies", "characters", pairs_file, out, console=console,
            overrides=[*OPTIONS, option])


def test_options_that_may_change(pairs_file, tmp_path, console):
    out = tmp_path / "mine"
    begin(out, pairs_file, console)
    begin(out, pairs_file, console, "training.max_minutes=7.0", "evaluation.worst=3")
    config = load_config(out / "config.yaml")
    assert (config.training.max_minutes, config.evaluation.worst) == (7.0, 3)


def test_other_pairs(pairs_file, tmp_path, console):
    out = tmp_path / "mine"
    begin(out, pairs_file, console)
    other = tmp_path / "other.tsv"
    other.write_text(pairs_file.read_text().replace("ax1\t", "ax!\t"))
    refused("holds a run on other pairs", "characters", other, out, overrides=OPTIONS, console=console)
    begin(out, pairs_file, console)  # the same are taken


def test_a_directory_of_something_else(pairs_file, tmp_path, console):
    (tmp_path / "file").touch()
    refused("is a file", "characters", pairs_file, tmp_path / "file", console=console)
    refused("is not empty and holds no run", "characters", pairs_file, tmp_path, console=console)
    refused("is not empty and holds no run", "characters", pairs_file, tmp_path, overwrite=True, console=console)
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
    refused("No output directory", "characters", pairs_file, console=console)


@pytest.mark.parametrize("preset, given, message", [
    ("characters", {}, "no pairs to train on"),
    ("characters", {"source": "a"}, "not clear"),
    ("characters", {"data": "a", "source": "a", "target": "b"}, "not clear"),
    ("characters", {"data": "none.tsv"}, "does not exist"),
    ("dates", {"data": "a"}, "dates are made by seed"),
    ("dates", {"source": "a", "target": "b"}, "kind 'dates'"),
    ("multi30k", {"dev": "a"}, "kind 'multi30k'"),
    ("charakters", {"data": "a"}, "did you mean characters"),
])
def test_what_to_train_on_is_not_clear(preset, given, message, tmp_path, console):
    refused(f"(?i){message}", preset, out=tmp_path / "mine", console=console, **given)
    assert not (tmp_path / "mine").exists()


@pytest.mark.parametrize("options, message", [
    (["data.dev_fraction=0"], "no dev pairs"),
    (["data.max_source_tokens=1"], "None of the"),
    (["source.min_count=5000"], "occurs 5000 times"),
    (["training.subword_alpha=0.2"], "subword_alpha is 0.2, and the tokenizers are character and character"),
    (["source.tokenizer=sentencepiece", "source.vocabulary_size=5"], "cannot learn 5 pieces"),
])
def test_pairs_that_do_not_go_with_the_options_leave_nothing_behind(options, message, pairs_file, tmp_path, console):
    refused(message, "characters", pairs_file, tmp_path / "mine", overrides=[*OPTIONS, *options], console=console)
    assert not (tmp_path / "mine").exists()


def test_a_model_is_not_overwritten_by_a_mistake(pairs_file, tmp_path, console):
    out = tmp_path / "mine"
    begin(out, pairs_file, console)
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    refused("None of the", "characters", pairs_file, out, console=console, overwrite=True,
            overrides=[*OPTIONS, "data.max_source_tokens=1"])
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before


def test_sources_of_the_test_set_in_training_are_told(pairs_file, tmp_path, console):
    held_out = tmp_path / "held_out.tsv"
    held_out.write_text("AX1\t1xa\nnew\twen\n")
    with pytest.raises(AssertionError, match="training began"):
        train("characters", pairs_file, tmp_path / "mine", dev=held_out, test=held_out, overrides=OPTIONS,
              console=console)
    assert "1 sources of" in console.file.getvalue()
    assert (tmp_path / "mine" / "data" / "dev.tsv").read_text() == held_out.read_text()


def test_a_config_object_with_overrides(pairs_file, tmp_path, console):
    with pytest.raises(AssertionError, match="training began"):
        train(load_config("characters"), pairs_file, tmp_path / "mine", overrides=OPTIONS, console=console)
    assert load_config(tmp_path / "mine" / "config.yaml").model.units == 12
