"""That each system has its turn, that one may fail, and what is counted and printed."""

from pathlib import Path

import pytest

from keras_s2s.errors import UserError

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"
SIZES = {"source_vocabulary": 60, "target_vocabulary": 50, "embedding": 12, "units": 16}


@pytest.fixture
def modules(monkeypatch):
    """Lets the test import the benchmark's modules."""
    monkeypatch.syspath_prepend(BENCHMARKS)


@pytest.fixture
def work():
    """Of three batches."""
    return {"steps": 3, "shapes": 2, "rows": 6, "target_tokens": 600, "target_positions": 800, "source_tokens": 500,
            "source_positions": 1000, "pairs_of_tokens": 3000, "pairs_of_positions": 8000}


def test_operations_are_those_of_the_layers(modules, work):
    """Every weight is multiplied once by each position that it sees; attention adds two products without weights."""
    from peer_weights import random_weights
    from train_arithmetic import matrix_operations

    positions = {"forward": "source", "backward": "source", "key": "source", "decoder": "target", "query": "target",
                 "combine": "target", "output": "target", "score": "pairs_of"}
    for padding, kind in ((True, "positions"), (False, "tokens")):
        expected = work["rows"] * 16 * 16 + work[f"pairs_of_{kind}"] * 16
        for name, array in random_weights(**SIZES, seed=1).items():
            if array.ndim == 2 and "embedding" not in name and not name.endswith("bias"):
                expected += work[f"{positions[name.split('_')[0]]}_{kind}"] * array.size
        assert matrix_operations(SIZES, work, padding) == 6 * expected


class Fake:
    """A process that answers with given seconds."""

    def __init__(self, name, seconds, asked, first_loss=2.0, fails=None):
        self.name, self.seconds, self.asked, self.first_loss = name, iter(seconds), asked, first_loss
        self.fails, self.closed = fails, False

    def ask(self, call, **request):
        if call == self.fails:
            raise UserError("a traceback\nOutOfMemory", "expected it to answer", "see the README")
        if call == "train":
            self.asked.append((self.name, request["warm_up"]))
            return {"outputs": {"seconds": next(self.seconds), "cpu_seconds": 3.0, "loss": 1.5}}
        return {"outputs": {"first_loss": self.first_loss, "product": 2.0 - 0.5 * (self.name == "pytorch"),
                            "compile_shapes": {"seconds": 9, "shapes": 4}}[call]}

    def close(self):
        self.closed = True


@pytest.fixture
def group(modules):
    """Running systems that only seem to."""
    from system_group import SystemGroup

    group, asked = SystemGroup(), []
    group.processes = {"keras_s2s": Fake("keras_s2s", [2.0, 1.0, 1.5], asked),
                       "pytorch": Fake("pytorch", [3.0, 3.0, 3.0], asked, first_loss=2.0001),
                       "keras_s2s_xla": Fake("keras_s2s_xla", [1.0, 1.0, 1.0], asked)}
    group.asked = asked
    return group


def test_every_system_has_its_turn_in_every_round(group, work):
    from train_arithmetic import matrix_operations
    from train_measure import measure

    found = measure(group, 3, 20, work, SIZES)
    names = ["keras_s2s", "pytorch", "keras_s2s_xla"]
    assert group.asked == [*zip(names, (20, 20, 2), strict=True), *((name, 2) for name in names * 2)]
    assert found["failures"] == {}
    assert found["systems"]["keras_s2s"] == {
        "seconds": [2.0, 1.0, 1.5], "tokens_per_second": 400.0, "milliseconds_per_step": 500.0,
        "times_as_fast_as": {"pytorch": {"median": 2.0, "least": 1.5, "greatest": 3.0}},
        "cores": [1.5, 3.0, 2.0], "first_loss": 2.0, "last_loss": 1.5}
    assert found["systems"]["pytorch"]["times_as_fast_as"] == {}
    assert found["systems"]["keras_s2s_xla"]["compiling"] == {"seconds": 9, "shapes": 4}
    limit = found["systems"]["limit"]
    seconds = matrix_operations(SIZES, work) / 2e9
    assert limit["gigaflops"] == {"keras_s2s": 2.0, "pytorch": 1.5}
    assert limit["tokens_per_second"] == pytest.approx(600 / seconds, rel=1e-3)
    assert limit["times_as_fast_as"]["pytorch"]["median"] == pytest.approx(3 / seconds, rel=1e-3)


@pytest.mark.parametrize("call", ["first_loss", "compile_shapes", "train"])
def test_a_failure_stops_no_other_system(group, work, capsys, call):
    from train_measure import measure

    failing = group.processes["keras_s2s_xla"]
    failing.fails = call
    found = measure(group, 2, 20, work, SIZES)
    assert found["failures"] == {"keras_s2s_xla": "OutOfMemory"}
    assert set(found["systems"]) == {"keras_s2s", "pytorch", "limit"}
    assert len(found["systems"]["pytorch"]["seconds"]) == 2
    assert failing.closed
    assert "A traceback" in capsys.readouterr().err


def test_another_loss_is_another_model(group, work):
    from train_measure import measure

    group.processes["keras_s2s_xla"].first_loss = 2.001
    group.processes["keras_s2s_bfloat16"] = Fake("keras_s2s_bfloat16", [1.0], group.asked, first_loss=2.001)
    group.processes["pytorch_bfloat16"] = Fake("pytorch_bfloat16", [1.0], group.asked, first_loss=float("nan"))
    found = measure(group, 1, 20, work, SIZES)
    assert found["failures"] == {"keras_s2s_xla": "its first loss is 2.00100, not 2.00010",
                                 "pytorch_bfloat16": "its first loss is nan, not 2.00010"}
    assert "keras_s2s_bfloat16" in found["systems"]


def test_no_limit_without_a_product(group, work):
    from train_measure import measure

    for name in ("keras_s2s", "pytorch"):
        group.processes[name].fails = "product"
    found = measure(group, 1, 20, work, SIZES)
    assert set(found["systems"]) == {"keras_s2s_xla"}


def test_a_system_that_cannot_start(modules, tmp_path):
    from system_group import SystemGroup

    group = SystemGroup()
    group.start("joeynmt", ("train_joeynmt", "JoeyNMTTraining", {}), tmp_path, tmp_path, str(tmp_path / "python"))
    group.start("other", ("train_nothing", "Nothing", {}), tmp_path, tmp_path)
    assert not group.processes
    assert "No such file" in group.failures["joeynmt"]
    assert group.failures["other"] == "ModuleNotFoundError: No module named 'train_nothing'"
    assert group.ask("other", call="train") is None


@pytest.fixture
def results(group, work, modules):
    """What `train.json` holds, with a system that failed and a profile."""
    from train_measure import measure

    group.processes["joeynmt"] = Fake("joeynmt", [], group.asked, fails="train")
    measured = measure(group, 3, 20, work, SIZES)
    profile = {"milliseconds": 12.34, "largest": [], "parts": {"encoder": {"forward": 1.0, "backward": 2.0},
                                                               "output": {"forward": 0.0, "backward": 1.0}}}
    return {"command": "c", "date": "d", "processor": "p", "threads": 2, "rounds": 3, "versions": {"torch": "1"},
            "data": "Random words", "sizes": SIZES, "work": work, "batch": 64, "dropout": 0.3, "warm_up": 20,
            **measured, "profiles": {"keras_s2s": profile}}


def test_the_page_says_what_was_measured(results):
    from train_report import markdown

    page = markdown(results)
    share = 400 / results["systems"]["limit"]["tokens_per_second"]
    assert f"| keras_s2s | 400 | 500.0 | 2.0 | 2.00 [1.50, 3.00] |  | {100 * share:.0f} % | 2.0000 | 1.500 |" in page
    assert "| PyTorch | 200 | 1,000.0 | 1.0 |  |  |" in page
    assert "| JoeyNMT | failed: OutOfMemory |  |" in page
    assert "50.0 % of the source positions and 25.0 % of the target positions are padding" in page
    assert "very same 3 batches of 64 pairs in every round, 600 target tokens" in page
    assert "XLA compiled the 4 shapes of all batches beforehand, in 9 seconds." in page
    assert "2 · 10⁹ operations a second" in page
    assert "| encoder | 1.0 | 2.0 | 75 % |" in page
    assert "slows it down to 12.3 ms" in page


def test_the_table_of_a_terminal(results, capsys):
    from rich.console import Group
    from side_by_side import finish
    from train_report import terminal_tables

    finish("train", results, Group(*terminal_tables(results)), "page", None)
    printed = capsys.readouterr()
    assert "failed: OutOfMemory" in printed.out
    assert "2.00 [1.50, 3.00]" in printed.out
    assert "keras_s2s, 12.3 ms a step" in printed.out
    assert "Nothing is written" in printed.err
