"""Runs that are stopped, by a signal, a full disk, a kill or a clock, and go on."""

import errno
import io
import json
import os
import signal
import threading
from types import SimpleNamespace

import numpy as np
import pytest
from rich.console import Console

from keras_s2s import cli
from keras_s2s.config import load_config
from keras_s2s.errors import UserError
from keras_s2s.text import CharacterTokenizer
from keras_s2s.training.clock import Clock
from keras_s2s.training.distribution import Distribution
from keras_s2s.training.epoch_batches import EpochBatches
from keras_s2s.training.fitting import Fitting
from keras_s2s.training.interruption import Interruption, StoppedBySignal
from keras_s2s.training.recipe import train
from keras_s2s.training.training_ids import TrainingIds
from keras_s2s.training.validation import Validation
from keras_s2s.training.watch import Watch
from tests.training.conftest import OPTIONS, Stopped, stopped_after

SAVED = [*OPTIONS, "training.checkpoint_steps=5"]


def assert_same(expected, translator):
    for before, after in zip(expected.model.weights, translator.model.weights, strict=True):
        np.testing.assert_array_equal(before, after, err_msg=before.path)


# What the state of a run consists of beside the plain case.
KINDS = {
    "bfloat16 and sampled subwords": [
        "training.precision=bfloat16", "source.tokenizer=sentencepiece", "source.vocabulary_size=40",
        "training.subword_alpha=0.3", "training.batch_tokens=60"],
    "accumulated gradients, cosine, mean of the best": [
        "training.accumulate=2", "training.schedule=cosine", "training.average_best=2", "training.ema_decay=0.9",
        "training.scheduled_sampling=linear"],
    "plateau after a slow-down": [
        "training.learning_rate=0.5", "training.validate_every_steps=2", "training.decay_patience=1",
        "training.patience=null"]}


@pytest.mark.training
@pytest.mark.parametrize("kind", KINDS)
def test_to_the_last_bit(pairs_file, tmp_path, console, monkeypatch, kind):
    def run(name):
        return train("characters", pairs_file, tmp_path / name, console=console, overrides=[
            *SAVED, "training.epochs=2", *KINDS[kind]])

    expected = run("whole")
    with monkeypatch.context() as patch, pytest.raises(Stopped):
        stopped_after(patch, Watch, "on_train_batch_end", 16)  # after a checkpoint between two accumulated gradients
        run("stopped")
    assert_same(expected, run("stopped"))
    assert "Going on after batch" in console.file.getvalue()
    history, other = (json.loads((tmp_path / name / "results.json").read_text())["history"]
                      for name in ("whole", "stopped"))
    assert [{**row, "minutes": 0} for row in history] == [{**row, "minutes": 0} for row in other]
    if "slow-down" in kind:
        rates = [row["learning_rate"] for row in history if row.get("step", 99) <= 15]
        assert rates[-1] < rates[0]


@pytest.mark.training
def test_between_epochs_to_the_last_number(pairs_file, tmp_path, console):
    """Where Keras has not seen a batch in the new process, the running metrics are easily taken for the old ones."""
    def history(name, *stops):
        for method, calls in stops:
            with pytest.MonkeyPatch.context() as patch, pytest.raises(Stopped):
                stopped_after(patch, Fitting, method, calls)
                history(name)
        train("characters", pairs_file, tmp_path / name, console=console, overrides=[
            *OPTIONS, "training.checkpoint_steps=1", "training.average_best=2", "training.validation_metric=loss"])
        rows = json.loads((tmp_path / name / "results.json").read_text())["history"]
        return [{**row, "minutes": 0} for row in rows]

    after_the_last_batch, after_the_last_epoch = ("validate", 1), ("_load_best", 0)
    expected = history("whole")
    assert history("stopped", after_the_last_batch, after_the_last_epoch) == expected


def test_an_epoch_is_sampled_once(monkeypatch):
    """Also the first: to count its batches takes no sample."""
    seen = []

    class Pieces(CharacterTokenizer):
        def sample(self, texts, alpha, seed):
            seen.append(seed)
            return self.tokenize(texts)[0]

    tokenizer = Pieces()
    tokenizer.adapt(["abc"])
    ids = TrainingIds(SimpleNamespace(source=tokenizer, target=tokenizer), [("a", "b")] * 5, 9, 9, 0.3, seed=2)
    batches = EpochBatches(ids, load_config("characters", ["training.batch_size=2", "training.epochs=3"]).training,
                           Distribution())
    assert (batches.count, seen) == (3, [])
    plan, dataset = batches.of_epoch(1, 1, 4)
    assert len(plan) == 3
    assert len(list(dataset)) == 2
    assert seen == [2001 * 2, 2001 * 2 + 1]


@pytest.mark.training
def test_a_damaged_newest_checkpoint(run, pairs_file, tmp_path, console, monkeypatch):
    out = tmp_path / "mine"
    with monkeypatch.context() as patch, pytest.raises(Stopped):
        stopped_after(patch, Watch, "on_train_batch_end", 17)
        train("characters", pairs_file, out, overrides=SAVED, console=console)
    newest = out / "checkpoints" / "checkpoint-00000015.npz"
    newest.write_bytes(newest.read_bytes()[:-1000])
    (out / "checkpoints" / ".checkpoint-00000020.npz.abcd1234").write_text("a kill's")
    assert_same(run[0], train("characters", pairs_file, out, overrides=SAVED, console=console))
    assert "the checkpoint before it is used" in console.file.getvalue()


@pytest.mark.training
@pytest.mark.parametrize(("name", "before"), [("best-", 1), ("checkpoint-", 2)])
def test_a_full_disk(run, pairs_file, tmp_path, console, monkeypatch, name, before):
    """The weights cannot be written any more, after so many that could, and no picture at all."""
    ours, left = os.replace, [before]

    def full(temporary, path):
        left[0] -= path.name.startswith(name)
        if path.name == "learning_curves.png" or (path.name.startswith(name) and left[0] < 0):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        ours(temporary, path)

    out = tmp_path / "mine"
    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", full)
        with pytest.raises(UserError, match=rf"(?s){name}\d+\.npz cannot be written: No space.*from checkpoint-"):
            train("characters", pairs_file, out, overrides=SAVED, console=console)
    assert "learning_curves.png was not written" in console.file.getvalue()
    assert_same(run[0], train("characters", pairs_file, out, overrides=SAVED, console=console))


@pytest.mark.training
def test_a_signal(run, pairs_file, tmp_path, monkeypatch):
    """The batch is finished and saved, the cursor shown again, and the same command goes on."""
    out, console = tmp_path / "mine", Console(file=io.StringIO(), force_terminal=True, width=200)
    monkeypatch.setenv("TERM", "xterm")
    ours, before = Watch.on_train_batch_end, [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)]

    def interrupted(watch, batch, logs=None):
        if watch.fitting.state.step == 11:
            os.kill(os.getpid(), signal.SIGTERM)
        ours(watch, batch, logs)

    with monkeypatch.context() as patch:
        patch.setattr(Watch, "on_train_batch_end", interrupted)
        with pytest.raises(StoppedBySignal, match=r"Stopped after batch 12, .*same command goes on") as caught:
            train("characters", pairs_file, out, overrides=OPTIONS, console=console)
    assert caught.value.status == 143
    assert [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)] == before
    assert [path.name for path in (out / "checkpoints").glob("checkpoint-*")] == ["checkpoint-00000012.npz"]
    said = console.file.getvalue()
    assert -1 < said.rindex("\x1b[?25l") < said.rindex("\x1b[?25h")
    assert_same(run[0], train("characters", pairs_file, out, overrides=OPTIONS, console=console))


@pytest.fixture
def interruptible():
    """Ctrl-C as in a terminal: what a shell starts in the background does not hear it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interruptible")
def test_two_signals():
    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(StoppedBySignal, match="at once") as caught, Interruption() as interruption:
        signal.raise_signal(signal.SIGINT)
        assert interruption.number == signal.SIGINT
        signal.raise_signal(signal.SIGINT)
    assert caught.value.status == 130
    assert signal.getsignal(signal.SIGINT) is before


def test_signals_that_are_left_alone():
    before = signal.signal(signal.SIGTERM, signal.SIG_IGN)
    try:
        with Interruption():
            assert signal.getsignal(signal.SIGTERM) == signal.SIG_IGN
    finally:
        signal.signal(signal.SIGTERM, before)
    handlers = []

    def elsewhere():
        with Interruption():
            handlers.append(signal.getsignal(signal.SIGINT))

    thread = threading.Thread(target=elsewhere)
    thread.start()
    thread.join()
    assert handlers == [signal.getsignal(signal.SIGINT)]


@pytest.mark.parametrize(("stop", "status", "message"), [
    (KeyboardInterrupt(), 130, "Interrupted."), (StoppedBySignal("Go on.", signal.SIGTERM), 143, "Go on.")])
def test_status_of_the_command_line(monkeypatch, capsys, stop, status, message):
    def stopped():
        raise stop

    monkeypatch.setattr(cli, "app", stopped)
    with pytest.raises(SystemExit) as caught:
        cli.main()
    assert (caught.value.code, capsys.readouterr().err) == (status, f"{message}\n")


@pytest.fixture
def now(monkeypatch):
    """A clock that stands still until it is moved, `now[0]` seconds."""
    seconds = [100.0]
    monkeypatch.setattr("keras_s2s.training.clock.monotonic", lambda: seconds[0])
    return seconds


def test_clock(now):
    clock = Clock(minutes=5.0, limit=10.0, reserve=1.0)
    now[0] += 180
    assert (clock.minutes(), clock.minutes_here(), clock.is_up()) == (8.0, 3.0, False)
    assert clock.minutes_left(done=6, to_do=100) == 2.0
    assert clock.minutes_left(done=6, to_do=2) == 1.0
    now[0] += 60
    assert clock.is_up()
    assert not Clock().is_up()
    assert Clock().minutes_left(0, 10) is None


@pytest.mark.training
@pytest.mark.parametrize(("limit", "minutes", "epoch"), [(20, 20, 1.333), (16, 13, 1)])
def test_the_last_validation_is_within_the_limit(pairs_file, tmp_path, console, monkeypatch, now, limit, minutes,
                                                 epoch):
    """A batch takes a minute, nine are an epoch, and a validation four minutes."""
    def longer(owner, name, seconds):
        ours = getattr(owner, name)

        def slow(*given, **named):
            now[0] += seconds
            return ours(*given, **named)

        monkeypatch.setattr(owner, name, slow)

    longer(Watch, "on_train_batch_end", 60)
    longer(Validation, "__call__", 240)
    train("characters", pairs_file, tmp_path / "mine", console=console, overrides=[
        *OPTIONS, f"training.max_minutes={limit}", "training.schedule=cosine"])
    results = json.loads((tmp_path / "mine" / "results.json").read_text())
    assert results["minutes"] == minutes
    assert results["history"][-1]["epoch"] == pytest.approx(epoch, abs=1e-3)
    assert "dev_perplexity" in results["history"][-1]
    told = "max_minutes=20 ends training after some 1 of 3 epochs, before the learning rate has reached its end"
    assert (told in console.file.getvalue()) == (limit == 20)
