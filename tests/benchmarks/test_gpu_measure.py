"""That each system on a GPU has its turn; what becomes of the times, and what is printed and kept."""

from pathlib import Path

import pytest

from keras_s2s.errors import UserError

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"


@pytest.fixture(autouse=True)
def modules(monkeypatch):
    """Lets the tests import the benchmark's modules."""
    monkeypatch.syspath_prepend(BENCHMARKS)


class Fake:
    """A running system that answers with given numbers, or ends in a call."""

    def __init__(self, name, seconds, asked, loss=4.0, ends_in=None):
        self.name, self.seconds, self.asked, self.loss, self.ends_in = name, iter(seconds), asked, loss, ends_in

    def ask(self, call, **_):
        self.asked.append((self.name, call))
        if call == self.ends_in:
            raise UserError("it ended\nRuntimeError: out of memory", "expected it to answer", "see")
        return {"outputs": {"load": lambda: {"device": "GPU X", "tf32": True}, "first_loss": lambda: self.loss,
                            "first_steps": lambda: next(self.seconds), "product": lambda: 3e12,
                            "train": lambda: {"seconds": next(self.seconds), "loss": 2.0}}[call]()}

    def close(self):
        self.asked.append((self.name, "close"))


CASE = {"size": "base", "dtype": "float32", "batch": 4, "dropout": 0.3,
        "sizes": {"source_vocabulary": 60, "target_vocabulary": 50, "embedding": 12, "units": 16},
        "work": {"source_positions": 40, "source_tokens": 30, "target_positions": 48, "target_tokens": 36, "rows": 8,
                 "pairs_of_positions": 240, "pairs_of_tokens": 200, "steps": 2, "shapes": 1}}


def test_every_system_has_its_turn_in_every_round():
    from gpu_measure import measure_case
    from system_group import SystemGroup
    from train_arithmetic import matrix_operations

    asked, group, names = [], SystemGroup(), ("pytorch", "keras_s2s_jax", "keras_s2s_torch", "keras_s2s_tensorflow")

    def start(name):
        if name == "keras_s2s_tensorflow":
            group.leave_out(name, "there is none")
        else:
            group.processes[name] = {
                "pytorch": Fake(name, [5, 2, 4, 2, 6], asked), "keras_s2s_jax": Fake(name, [9, 1, 1, 2, 3], asked),
                "keras_s2s_torch": Fake(name, [5, 2], asked, ends_in="train")}[name]

    found = measure_case(CASE, group, start, names, rounds=3)
    trained = [name for name, call in asked if call == "train"]
    assert trained == ["pytorch", "keras_s2s_jax", "keras_s2s_torch"] + ["pytorch", "keras_s2s_jax"] * 2
    operations = matrix_operations(CASE["sizes"], CASE["work"])
    assert found["operations_per_step"] == operations // 2
    assert found["systems"].keys() == {"pytorch", "keras_s2s_jax"}
    jax = found["systems"]["keras_s2s_jax"]
    assert jax["tokens_per_second"] == 18
    assert jax["milliseconds_per_step"] == 1000
    assert jax["times_as_fast_as"]["pytorch"] == {"median": 2.0, "least": 1.0, "greatest": 4.0}
    assert jax["operations_per_second"] == operations // 2
    assert jax["peak_operations_per_second"] == 3e12
    assert jax["first_steps_seconds"] == 8
    assert (jax["first_loss"], jax["last_loss"]) == (4.0, 2.0)
    assert found["failures"] == {"keras_s2s_torch": "RuntimeError: out of memory",
                                 "keras_s2s_tensorflow": "there is none"}
    # For the next case what ended is started again, what could not start is not.
    assert set(group.failures) == {"keras_s2s_tensorflow"}
    assert set(group.processes) == {"pytorch", "keras_s2s_jax"}


def test_a_system_that_computes_something_else_is_left_out():
    from gpu_measure import same_first_losses
    from system_group import SystemGroup

    group = SystemGroup()
    for name in ("pytorch", "keras_s2s_jax", "keras_s2s_torch"):
        group.processes[name] = Fake(name, [], [])
    same_first_losses(group, {"pytorch": 4.0, "keras_s2s_jax": 4.001, "keras_s2s_torch": float("nan")}, 1e-3)
    assert group.failures == {"keras_s2s_torch": "its first loss is nan, not 4.00000"}


SYSTEM = {"tokens_per_second": 1234567.8, "milliseconds_per_step": 3.456, "times_as_fast_as": {},
          "operations_per_second": 100e12, "peak_operations_per_second": 400e12, "first_steps_seconds": 12.34,
          "first_loss": 8.7, "last_loss": 6.543, "tf32": True, "device": "GPU X"}


def test_the_page_says_what_was_measured():
    from gpu_report import markdown

    against = {"pytorch": {"median": 0.75, "least": 0.5, "greatest": 1.25}}
    case = {**CASE, "operations_per_step": 17.2e9, "failures": {"keras_s2s_torch": "out of memory"},
            "systems": {"pytorch": SYSTEM, "keras_s2s_jax": {**SYSTEM, "times_as_fast_as": against}}}
    page = markdown({"command": "c", "date": "d", "processor": "p", "threads": 2, "rounds": 3, "devices": ["GPU X"],
                     "versions": {"torch": "1"}, "cases": [case, {**case, "dtype": "bfloat16"}]})
    assert ("| base, float32 | keras_s2s, JAX | 1,234,568 | 3.46 | 0.75 [0.50, 1.25] | 100.00 | 25.0 % of 400.0 | 12.3 "
            "| 8.70 → 6.54 |") in page
    assert "| base, bfloat16 | keras_s2s, PyTorch | none, see below |" in page
    assert "keras_s2s, PyTorch (base, float32; base, bfloat16), because: out of memory" in page
    assert "rounded to TF32 in: PyTorch; keras_s2s, JAX." in page
    assert page.count("bidirectional GRU of 8 units") == 1
    assert "25 % of the target positions are padding" in page
    assert "17.2 · 10⁹ operations a step" in page
    assert "\nGPU X. p; 2 threads" in page


@pytest.mark.parametrize(("given", "missing", "whole"), [
    ("", "keras_s2s_tensorflow", True), ("--rounds 2", None, False), ("--sizes base", None, False),
    ("--dtypes float32", None, False), ("--smoke", None, False), ("", "keras_s2s_jax", False), ("", "pytorch", False),
    ("", "GPU", False), ("--systems pytorch,keras_s2s_jax,keras_s2s_torch", None, False)])
def test_only_a_whole_run_is_written(given, missing, whole):
    import gpu

    arguments = gpu.parsed(["--peers", "peers", *given.split()])
    cases = [{"systems": {name: SYSTEM for name in arguments.systems if name != missing}}
             for _ in arguments.sizes for _ in arguments.dtypes]
    assert gpu.is_whole(arguments, {"cases": cases, "devices": [] if missing == "GPU" else ["GPU X"]}) == whole
