"""That systems on a GPU would compute the same, without TensorFlow and data; the command line."""

import json
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from keras_s2s.errors import UserError

ROOT = Path(__file__).resolve().parents[2]
BENCHMARKS = ROOT / "benchmarks"
# Tiny models: compiling takes much longer than running, and optimising what is compiled most of that.
QUICK_TO_COMPILE = "--xla_backend_optimization_level=0 --xla_llvm_disable_expensive_passes=true"


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


@pytest.fixture
def job(modules, tmp_path):
    """A folder that the systems read."""
    import gpu_batches

    gpu_batches.prepare(tmp_path / "smoke", gpu_batches.SMOKE_SIZES["smoke"], 4, 8, (16, 28))
    return tmp_path


@pytest.mark.backends
def test_a_run_where_there_is_no_tensorflow(peers, tmp_path):
    if find_spec("jax") is None:
        pytest.skip("JAX is not installed: pip install 'keras-s2s[backends]'")
    (tmp_path / "tensorflow.py").write_text("raise ModuleNotFoundError('there is no tensorflow')\n")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), str(ROOT)]),
                   "OMP_WAIT_POLICY": "passive",  # threads that wait leave the cores to whoever else needs them
                   "XLA_FLAGS": f"{os.environ.get('XLA_FLAGS', '')} {QUICK_TO_COMPILE}"}
    done = subprocess.run([sys.executable, BENCHMARKS / "gpu.py", "--smoke", "--rounds", "1", "--dtypes", "bfloat16",
                           "--peers", peers, "--results", tmp_path], env=environment, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    assert done.returncode == 0, done.stdout[-4000:]
    results = json.loads((tmp_path / "gpu.json").read_text())
    case, = results["cases"]
    assert case["failures"] == {"keras_s2s_tensorflow": "ModuleNotFoundError: there is no tensorflow"}
    assert list(case["systems"]) == ["pytorch", "keras_s2s_jax", "keras_s2s_torch"]
    losses = {system["first_loss"] for system in case["systems"].values()}
    assert max(losses) - min(losses) < 1e-3 * max(losses)
    for name, system in case["systems"].items():
        assert system["last_loss"] < system["first_loss"], name
        assert system["peak_operations_per_second"] > 0
        assert system["device"] is None
    assert case["systems"]["keras_s2s_jax"]["first_steps_seconds"] > 0.2  # XLA compiles
    assert results["devices"] == []
    assert "| smoke, bfloat16 | keras_s2s, JAX |" in (tmp_path / "gpu.md").read_text()
    assert "there is no tensorflow" in done.stdout


@pytest.mark.backends
def test_under_tensorflow_as_in_pytorch(job, peers, monkeypatch):
    monkeypatch.syspath_prepend(peers)
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "")
    from gpu_keras import GpuKeras
    from gpu_pytorch import GpuPyTorch

    ours, theirs = GpuKeras(job, 1), GpuPyTorch(job, 1)
    for system in (ours, theirs):
        assert system.load("smoke", "float32") == {"device": None, "tf32": False}
    first = ours.first_loss()
    assert first == pytest.approx(theirs.first_loss(), rel=1e-5)
    assert first == pytest.approx(np.log(50), rel=0.05)
    assert ours.first_steps() > 0
    for system in (ours, theirs):
        losses = [system.train()["loss"] for _ in range(3)]
        assert first > losses[0] > losses[2]
        assert system.product(16, 2) > 0
    try:
        for system in (ours, theirs):
            system.load("smoke", "bfloat16")
            assert 0 < abs(system.first_loss() - first) < 2e-2 * first
    finally:
        ours.load("smoke", "float32")  # Keras' policy is the process's


def test_batches(modules):
    from gpu_batches import BUCKETS, make_batches, one_of_each_shape

    batches = make_batches((30, 40), 40, 16, BUCKETS, seed=1)
    assert len(batches) == 40
    assert len(one_of_each_shape(batches)) == len(BUCKETS)
    lengths = []
    for source, target in batches:
        width = source.shape[1]
        assert width in BUCKETS
        assert source.shape == (16, width)
        assert target.shape == (16, width + 1)
        assert (source[0] > 0).all()
        assert (target[0] > 0).all()
        assert (target[:, 0] == 2).all()
        for ids, first in ((source, 0), (target, 1)):
            for row in ids:
                number = int((row > 0).sum())
                assert row[number - 1] == 3
                assert (row[first:number - 1] > 3).all()
                assert not row[number:].any()
            lengths += list((ids[1:, first:] > 0).sum(1) - 1)
    assert np.mean(lengths) == pytest.approx(14, abs=0.7)
    assert np.std(lengths) == pytest.approx(4, abs=0.7)
    ids = np.concatenate([target.ravel() for _, target in batches])
    assert set(ids) == {0, *range(2, 40)}
    counts = np.bincount(ids)[4:]
    assert counts[0] / counts[9] == pytest.approx(10, rel=0.4)  # Zipf's law
    again = make_batches((30, 40), 40, 16, BUCKETS, seed=1)
    assert all(np.array_equal(*pair) for pair in zip(batches[-1], again[-1], strict=True))


def test_operations_are_those_that_pytorch_counts(job, peers, monkeypatch):
    monkeypatch.syspath_prepend(peers)
    import torch
    from peer_pytorch import build_reference
    from torch.utils.flop_counter import FlopCounterMode
    from train_arithmetic import matrix_operations
    from train_job import TrainJob, work

    sizes = {"source_vocabulary": 60, "target_vocabulary": 50, "embedding": 12, "units": 16}
    model = build_reference(TrainJob.load(job / "smoke")[1])
    chance = np.random.default_rng(1)
    source, target = chance.integers(4, 60, (8, 20)), chance.integers(4, 50, (8, 25))  # nothing padded nor packed
    with FlopCounterMode(display=False) as counter:
        model(torch.from_numpy(source), torch.from_numpy(target[:, :-1])).sum().backward()
    assert matrix_operations(sizes, work([(source, target)])) == pytest.approx(counter.get_total_flops(), rel=0.01)


def test_what_must_be_there(modules, monkeypatch):
    import gpu_device
    import gpu_systems

    monkeypatch.setattr(os, "environ", {"CUDA_VISIBLE_DEVICES": "set by the parent"})
    gpu_systems.prepare_environment("1")
    assert os.environ["CUDA_VISIBLE_DEVICES"] == "1"
    assert "JAX_PLATFORMS" not in os.environ
    gpu_systems.prepare_environment(None)
    assert "CUDA_VISIBLE_DEVICES" not in os.environ
    monkeypatch.setattr(gpu_device, "_names", lambda: {"json": lambda module: None, "re": lambda module: "GPU X"})
    with pytest.raises(RuntimeError, match="json sees no GPU"):
        gpu_device.find_device("json")
    assert gpu_device.find_device("re") == "GPU X"
    gpu_systems.prepare_environment("")
    assert gpu_device.find_device("json") is None
    assert os.environ["JAX_PLATFORMS"] == "cpu"


def test_without_the_reference(modules, monkeypatch, tmp_path):
    import gpu

    monkeypatch.delenv("KERAS_S2S_DATA", raising=False)
    monkeypatch.delenv("KERAS_S2S_PEERS", raising=False)
    for given in ([], ["--peers", str(tmp_path)]):
        with pytest.raises(UserError, match=r"No system could run \(pytorch: there is no torch_reference.py: give"):
            gpu.compare(gpu.parsed(["--smoke", "--systems", "pytorch", *given]))


@pytest.mark.parametrize(("given", "message"), [
    (["--systems", "pytorch,tpu"], "no such system: tpu. There are: pytorch, keras_s2s_tensorflow"),
    (["--sizes", "huge"], "no such size: huge"), (["--dtypes", "float16"], "no such dtype: float16"),
    (["--rounds", "0"], "must be 1 or more")])
def test_refused_arguments(modules, capsys, given, message):
    import gpu

    with pytest.raises(SystemExit):
        gpu.parsed(given)
    assert message in capsys.readouterr().err


def test_the_recorded_command(modules):
    import gpu

    assert gpu.recorded_command(gpu.parsed([])) == "python benchmarks/gpu.py --peers PEERS"
    words = ["--rounds", "4", "--sizes", "large", "--smoke", "--peers", "/somewhere"]
    assert gpu.recorded_command(gpu.parsed(words)) == (
        "python benchmarks/gpu.py --peers PEERS --rounds 4 --sizes large --smoke")
