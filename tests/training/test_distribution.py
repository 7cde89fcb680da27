"""Training on several devices and with several workers, each a process of its own on this machine."""

import json
import os
import signal
import socket
import subprocess
import sys
import time

import numpy as np
import pytest
import tensorflow as tf
from rich.console import Console

from keras_s2s.config import load_config
from keras_s2s.data.split import Split
from keras_s2s.errors import UserError
from keras_s2s.training.cluster import Cluster
from keras_s2s.training.distribution import Distribution, _tell_devices, check_options
from keras_s2s.training.fitting import Fitting
from keras_s2s.training.recipe import train
from tests.training.conftest import OPTIONS

# 15 rows a batch cannot be divided by two, and the gradients are clipped. Of what is drawn by chance words are dropped
# alone, which are drawn for a whole batch, however many may share it.
ALIKE = [*OPTIONS, "model.dropout=0.0", "training.batch_size=15", "training.clip_norm=0.3",
         "training.word_dropout=0.1", "training.checkpoint_steps=4", "training.validate_every_steps=7"]

WORKER = """
import os, signal
from keras_s2s.noise import start_tensorflow
start_tensorflow()
from keras_s2s.training.watch import Watch
ours = Watch.on_train_batch_end

def killed(watch, batch, logs=None):
    ours(watch, batch, logs)
    if watch.fitting.state.step == int(os.environ.get("KILLED_AFTER", "0")):
        os.kill(os.getpid(), signal.SIGKILL)

Watch.on_train_batch_end = killed
from keras_s2s.cli import main
main()
"""

MIRRORED = """
import json, sys
import tensorflow as tf
cpu, = tf.config.list_physical_devices("CPU")
tf.config.set_logical_device_configuration(cpu, [tf.config.LogicalDeviceConfiguration()] * 2)
from keras_s2s.training.recipe import train
from keras_s2s.training.watch import Watch
pairs, out, options = sys.argv[1], sys.argv[2], json.loads(sys.argv[3])
run = lambda name, *more: train("characters", pairs, f"{out}/{name}", overrides=[*options, *more],
                                strategy="mirrored")
run("alike")
dropout = ("model.dropout=0.2", "training.ema_decay=0.9", "training.epochs=2")
run("whole", *dropout)
ours = Watch.on_train_batch_end

def stopped(watch, batch, logs=None):
    ours(watch, batch, logs)
    if watch.fitting.state.step == 14:
        seeds = [variable for variable in watch.model.variables if variable.name == "seed_generator_state"]
        print([[part.numpy().tolist() for part in seed.value.values] for seed in seeds])
        raise KeyboardInterrupt

Watch.on_train_batch_end = stopped
try:
    run("stopped", *dropout)
except KeyboardInterrupt:
    Watch.on_train_batch_end = ours
run("stopped", *dropout)
"""


def weights(out):
    with np.load(out / "weights.npz") as archive:
        return {name: archive[name] for name in archive.files}


def history(out):
    return json.loads((out / "results.json").read_text())["history"]


def assert_alike(out, other):
    """That two runs had the same losses, and end with the same weights, but for the last digits."""
    for row, again in zip(history(out), history(other), strict=True):
        for name in ("loss", "perplexity", "dev_perplexity"):
            assert row.get(name) == pytest.approx(again.get(name), rel=1e-5), (name, row["step"])
    for name, value in weights(out).items():
        np.testing.assert_allclose(weights(other)[name], value, atol=1e-5, err_msg=name)


def assert_same(out, other):
    """That two runs were the same to the last bit."""
    for name, value in weights(out).items():
        np.testing.assert_array_equal(weights(other)[name], value, err_msg=name)


def free_ports(number):
    sockets = [socket.create_server(("localhost", 0)) for _ in range(number)]
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


def run_workers(directory, pairs_file, out, options=ALIKE, killed=None, killed_after=0, seconds=600):
    """Two workers to their ends: `[(status, what it said, when it ended), ...]`."""
    cluster = {"worker": [f"localhost:{port}" for port in free_ports(2)]}
    processes = []
    for index in range(2):
        said = (directory / f"{out.name}-{index}-{killed}.txt").open("w+")
        environment = {**os.environ, "TF_CONFIG": json.dumps(
            {"cluster": cluster, "task": {"type": "worker", "index": index}})}
        if index == killed:
            environment["KILLED_AFTER"] = str(killed_after)
        command = [sys.executable, "-c", WORKER, "train", "characters", "--data", pairs_file, "--out", out,
                   "--strategy", "multi_worker", *(part for option in options for part in ("--set", option))]
        processes.append((subprocess.Popen([str(part) for part in command], stdout=said, stderr=said,
                                           env=environment), said))
    ended, limit = {}, time.monotonic() + seconds
    try:
        while len(ended) < 2 and time.monotonic() < limit:
            for index, (process, _) in enumerate(processes):
                if index not in ended and process.poll() is not None:
                    ended[index] = time.monotonic()
            time.sleep(0.1)
    finally:
        for process, _ in processes:
            process.kill()
            process.wait()
    found = []
    for index, (process, said) in enumerate(processes):
        said.seek(0)
        found.append((process.returncode, said.read(), ended.get(index)))
        said.close()
    return found


@pytest.fixture(scope="module")
def one_device(pairs_file, tmp_path_factory):
    out = tmp_path_factory.mktemp("one") / "run"
    train("characters", pairs_file, out, overrides=ALIKE, console=Console(quiet=True))
    return out


@pytest.mark.training
def test_mirrored(pairs_file, tmp_path, one_device):
    done = subprocess.run([sys.executable, "-c", MIRRORED, pairs_file, tmp_path, json.dumps(ALIKE)],
                          capture_output=True, text=True, timeout=900)
    assert done.returncode == 0, done.stderr
    assert_alike(one_device, tmp_path / "alike")
    assert "Going on after batch" in done.stderr
    assert_same(tmp_path / "whole", tmp_path / "stopped")
    drawn = [seed for seed in json.loads(done.stdout.splitlines()[-1]) if seed[0][1]]
    assert drawn
    assert all(first[0] != second[0] for first, second in drawn)


@pytest.mark.training
def test_two_workers_and_the_end_of_one(pairs_file, tmp_path, one_device):
    both = run_workers(tmp_path, pairs_file, tmp_path / "both")
    assert [status for status, *_ in both] == [0, 0], both
    assert_alike(one_device, tmp_path / "both")
    assert "epoch   3/3" in both[0][1]
    assert "epoch" not in both[1][1]  # the chief alone speaks

    # The chief is killed in the second epoch: the other one ends soon and says how to go on.
    (killed, *_, when), (status, said, end) = run_workers(
        tmp_path, pairs_file, tmp_path / "again", killed=0, killed_after=14)
    assert (killed, status) == (-signal.SIGKILL, 2), said
    assert end - when < 60
    assert "Worker number 0 has gone" in said
    assert f"last checkpoint in {tmp_path / 'again'}" in said
    assert "Traceback" not in said
    assert not (tmp_path / "again" / "results.json").exists()

    again = run_workers(tmp_path, pairs_file, tmp_path / "again")
    assert [status for status, *_ in again] == [0, 0], again
    assert "Going on after batch" in again[0][1]
    assert_same(tmp_path / "both", tmp_path / "again")


def config_of(task, **cluster):
    return json.dumps({"cluster": cluster, "task": task})


@pytest.mark.parametrize(("text", "message"), [
    (None, "TF_CONFIG is not set"), ("{", "cannot be read"), ("{}", "cannot be read"), ("[1]", "cannot be read"),
    ('{"cluster": {"worker": ["a:1"]}}', "cannot be read"),
    (config_of({"type": "worker", "index": "x"}, worker=["a:1"]), "cannot be read"),
    (config_of({"type": "worker", "index": 2}, worker=["a:1", "b:1"]), "worker 2, which its cluster does not have"),
    (config_of({"type": "chief", "index": 0}, worker=["a:1"]), "chief 0, which its cluster does not have"),
    (config_of({"type": "walker", "index": 0}, worker=["a:1"]), "walker 0, which its cluster does not have"),
    (config_of({"type": "evaluator", "index": 0}, worker=["a:1"], evaluator=["b:1"]), "'evaluator'"),
    (config_of({"type": "worker", "index": 0}, worker=["a:1"], ps=["b:1"]), "'ps'"),
    (config_of({"type": "chief", "index": 1}, chief=["a:1", "b:1"]), "2 chiefs"),
])
def test_a_cluster_that_is_none(monkeypatch, pairs_file, tmp_path, text, message):
    monkeypatch.delenv("TF_CONFIG", raising=False)
    if text is not None:
        monkeypatch.setenv("TF_CONFIG", text)
    with pytest.raises(UserError, match=message) as caught:
        train("characters", pairs_file, tmp_path / "mine", strategy="multi_worker", console=Console(quiet=True))
    assert caught.value.fix
    assert not (tmp_path / "mine").exists()


def test_the_chief_is_the_first(monkeypatch):
    addresses = {"worker": ["a:1", "b:1"], "chief": ["c:1"], "evaluator": ["d:1"]}
    monkeypatch.setenv("TF_CONFIG", config_of({"type": "worker", "index": "1"}, **addresses))
    assert Cluster.from_environment() == Cluster(("chief 0", "worker 0", "worker 1"), 2)
    monkeypatch.setenv("TF_CONFIG", config_of({"type": "worker", "index": 0}, worker=["a:1"]))
    assert Cluster.from_environment() == Cluster(("worker 0",), 0)


@pytest.mark.parametrize(("strategy", "option", "message"), [
    ("tpu", "training.seed=1", "strategy 'tpu' is unknown"),
    ("mirrored", "training.precision=float16", "training.precision=float16 was given with --strategy mirrored"),
    ("multi_worker", "training.accumulate=2", "training.accumulate=2"),
    ("mirrored", "training.jit_compile=true", "training.jit_compile=True")])
def test_what_does_not_go_together(strategy, option, message):
    with pytest.raises(UserError, match=message):
        check_options(strategy, load_config("characters", [option]).training)
    check_options(None, load_config("characters", [option]).training)


def test_workers_with_other_files(monkeypatch):
    distribution = Distribution()
    distribution.workers, distribution.cluster = 2, Cluster(("worker 0", "worker 1"), 1)
    monkeypatch.setattr(distribution, "of_chief", lambda function: "the chief's")
    monkeypatch.setattr(distribution, "_summed", lambda numbers: numbers)
    distribution.check_same("the chief's")
    with pytest.raises(UserError, match="than the chief's were found on worker 1"):
        distribution.check_same("another")


def two_workers(monkeypatch):
    """A chief and a worker who hears, through a list, what the chief has said."""
    said, pair = [], []
    for own in range(2):
        distribution = Distribution()
        distribution.workers, distribution.is_chief = 2, own == 0
        distribution.cluster = Cluster(("worker 0", "worker 1"), own)
        pair.append(distribution)
    monkeypatch.setattr(pair[0], "_of_chief", lambda numbers: said.append(np.asarray(numbers)) or said[-1])
    monkeypatch.setattr(pair[1], "_of_chief", lambda numbers: said.pop(0))
    return pair


@pytest.mark.parametrize(("function", "here", "there"), [
    (lambda: {}[1], KeyError, "worker 0 could not go on .KeyError: 1."),
    (lambda: (_ for _ in ()).throw(OSError(28, "No space left")), OSError, "No space left"),
    (lambda: object(), TypeError, "not JSON serializable"),
    (lambda: (_ for _ in ()).throw(UserError("it is full", "room", "free some")), UserError, "it is full")])
def test_the_chiefs_errors_end_all(monkeypatch, function, here, there):
    chief, worker = two_workers(monkeypatch)
    with pytest.raises(here):
        chief.of_chief(function)
    with pytest.raises(UserError, match=f"(?is){there}"):
        worker.of_chief(lambda: pytest.fail("the chief alone does this"))
    assert chief.of_chief(lambda: [1, "a"]) == worker.of_chief(None) == [1, "a"]


def test_a_signal_to_any_worker(monkeypatch):
    chief, worker = two_workers(monkeypatch)
    monkeypatch.setattr(worker, "_summed", lambda numbers: np.asarray(numbers) + 1.0)  # the other one has it
    assert worker.flag_of_any(0, 10)
    assert not worker.flag_of_any(15, 11)
    monkeypatch.setattr(chief, "_summed", lambda numbers: np.asarray(numbers, "float64"))
    assert not chief.flag_of_any(0, 10)
    assert Distribution().flag_of_any(15, 11)


def test_a_finished_run_is_loaded_by_the_chief_alone(run, pairs_file, monkeypatch):
    class Worker(Distribution):
        def __init__(self, *_):
            super().__init__()
            self.is_chief = False

    monkeypatch.setattr("keras_s2s.training.recipe.Distribution", Worker)
    monkeypatch.setattr("keras_s2s.training.recipe.Translator.load", lambda _: pytest.fail("it may not be there"))
    assert train("characters", pairs_file, run[1], overrides=OPTIONS, console=Console(quiet=True)) is None


@pytest.mark.parametrize(("devices", "told", "warned"), [
    (["/job:localhost/replica:0/task:0/device:GPU:0", "/job:localhost/replica:0/task:0/device:GPU:1"],
     "2 replicas: GPU:0, GPU:1.", False),
    (["/job:localhost/replica:0/task:0/device:CPU:0"], "1 replica: CPU:0.", True)])
def test_which_devices(console, devices, told, warned):
    _tell_devices(devices, console)
    assert told in console.file.getvalue()
    assert ("there is but one" in console.file.getvalue()) == warned


@pytest.mark.parametrize(("message", "told"), [
    ("Collective ops is aborted by: Error reported from /job:worker/replica:0/task:1: ... /job:worker/task:0",
     "Worker number 1 has gone"),
    ("/job:worker/task:1 and /job:chief/task:0", "A worker has gone"),
    ("Connection reset by peer", "A worker has gone")])
def test_who_has_gone(message, told):
    distribution = Distribution()
    distribution.workers, distribution.cluster = 3, Cluster(("chief 0", "worker 0", "worker 1"), 1)
    error = tf.errors.UnavailableError(None, None, message)
    with pytest.raises(UserError, match=f"(?s){told}.*same command again on every worker.*in mine"):  # noqa: SIM117
        with distribution.told_of_the_missing("mine"):
            raise error
    with pytest.raises(tf.errors.InternalError), distribution.told_of_the_missing("mine"):
        raise tf.errors.InternalError(None, None, message)
    with pytest.raises(tf.errors.UnavailableError), Distribution().told_of_the_missing("mine"):
        raise error


def test_batches_that_are_too_small(pairs_file, tmp_path, console):
    translator = train("characters", pairs_file, tmp_path / "mine", overrides=ALIKE, console=console, smoke_test=True)
    config = load_config(tmp_path / "mine" / "config.yaml", ["training.batch_size=16"])
    pairs = [(line.split("\t")[0], line.split("\t")[1]) for line in pairs_file.read_text().splitlines()][:20]
    distribution = Distribution()
    distribution.replicas = 4
    fitting = Fitting(config, translator, Split(pairs, pairs, []), tmp_path, console, distribution)
    assert fitting.epoch_batches == 2
    distribution.replicas = 5
    fitting = Fitting(config, translator, Split(pairs, pairs, []), tmp_path, console, distribution)
    assert fitting.epoch_batches == 1
    distribution.replicas = 17
    with pytest.raises(UserError, match="a pair for each of the 17 replicas"):
        Fitting(config, translator, Split(pairs, pairs, []), tmp_path, console, distribution)
