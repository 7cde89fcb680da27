"""What the benchmark counts, and that table and picture come from its numbers alone."""

import json
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"


@pytest.fixture
def benchmark(monkeypatch):
    """The script as a module; it finds its other half beside itself."""
    monkeypatch.syspath_prepend(BENCHMARKS)
    import length_generalization

    return length_generalization


def attention(places, source_letters):
    """Weights whose largest lie at `places`; one column more, as for the end token."""
    return 0.1 + np.eye(source_letters + 1)[places]


def test_near_the_diagonal(benchmark):
    near = benchmark.near_diagonal
    assert near(attention([0, 1, 2, 3], 3), "copy", 3) == [True, True, True]
    assert near(attention([2, 1, 0, 3], 3), "reverse", 3) == [True, True, True]
    assert near(attention([1, 0, 3, 0, 3], 4), "copy", 4) == [True, True, True, False]
    assert near(attention([4, 4, 1, 2, 0], 4), "reverse", 4) == [True, False, True, False]
    assert near(attention([0, 1], 3), "copy", 3) == [True, True]  # it stopped too early
    assert near(np.zeros((4, 4)), "copy", 3) == []


def test_letters_in_their_places(benchmark):
    assert benchmark.letters_right("kdaf", "kdaf") == 1
    assert benchmark.letters_right("kdafx", "kdaf") == 1  # what is too much shows in the whole sequence
    assert benchmark.letters_right("kd", "kdaf") == 0.5
    assert benchmark.letters_right("dafk", "kdaf") == 0
    assert benchmark.letters_right("", "kdaf") == 0


class Answer(NamedTuple):
    """The part of a translation that is measured."""

    text: str
    attention: np.ndarray

    def __str__(self):
        return self.text


def reverses_up_to_ten(texts):
    """A model that writes the last ten letters backwards, looking where it should, and then stops."""
    return [Answer(text[::-1][:10], attention(np.arange(len(text))[::-1][:11], len(text))) for text in texts]


def test_measuring_a_model(benchmark):
    found = benchmark.measure(reverses_up_to_ten, "reverse", seed=1)
    assert found["exact_match"] == [1.0] * 10 + [0.0] * 10
    assert found["letter_accuracy"][9:11] == [1.0, round(10 / 11, 4)]
    assert found["answer_letters"] == [float(min(length, 10)) for length in range(1, 21)]
    assert found["sequences"][2:] == [200] * 18
    assert 1 <= found["sequences"][0] < 10 < found["sequences"][1] < 100
    assert found["near_diagonal"] == 1


@pytest.fixture
def results():
    """Numbers of four models, two of them alike but for the seed, and one without attention."""
    kinds = [("copy", "none", 1, 0), ("copy", "dot", 1, 3), ("copy", "dot", 2, 5), ("reverse", "location", 1, 8)]
    runs = []
    for task, name, seed, more in kinds:
        accuracy = (1 / (1 + np.exp(np.arange(1, 21) - 10 - more))).round(4).tolist()
        runs.append({"task": task, "attention": name, "seed": seed, "minutes": 1.5, "versions": {"python": "3.11"},
                     "sequences": [20] * 20, "exact_match": accuracy, "letter_accuracy": accuracy,
                     "answer_letters": accuracy, "near_diagonal": None if name == "none" else 0.975})  # fmt: skip
    return {"command": "python x.py", "overrides": ["training.epochs=2"], "trained_lengths": [1, 10],
            "lengths": list(range(1, 21)), "runs": runs}  # fmt: skip


def test_table_and_picture_come_from_the_numbers_alone(benchmark, results, tmp_path, monkeypatch):
    (tmp_path / "length_generalization.json").write_text(json.dumps(results))
    monkeypatch.setattr("sys.argv", ["x", "--draw", "--results", str(tmp_path)])
    monkeypatch.setattr(benchmark, "train_and_measure", None)
    benchmark.main()
    report = (tmp_path / "length_generalization.md").read_text()
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in report.splitlines() if line.startswith("| ")]
    assert [len(row) for row in rows] == [11] * 6
    assert rows[1][:3] == ["none", "1", "1.5"]
    assert rows[1][-1] == "-"
    assert rows[2][-1] == "97.5"
    assert rows[2][4:6] == ["95 (95)", "88 (88)"]
    assert (tmp_path / "length_generalization.png").stat().st_size > 20_000


def test_the_picture(benchmark, results):
    figure = benchmark.draw(results)
    assert len(figure.axes) == 4
    drawn = [sorted(line.get_label() for line in axes.lines) for axes in figure.axes]
    assert drawn == [["dot", "none"], ["location"]] * 2
    mean = np.mean([run["exact_match"] for run in results["runs"][1:3]], axis=0)
    line = next(line for line in figure.axes[0].lines if line.get_label() == "dot")
    np.testing.assert_allclose(line.get_ydata(), 100 * mean)
    legend = [text.get_text() for text in figure.legends[0].get_texts()]
    assert legend == ["location", "dot", "none"]  # the best first


def test_what_is_done_is_not_done_again(benchmark, results, tmp_path, monkeypatch):
    asked = []

    def train_and_measure(task, name, seed, runs, overwrite):
        asked.append((task, name, seed))
        return {**results["runs"][0], "task": task, "attention": name, "seed": seed}

    monkeypatch.setattr(benchmark, "train_and_measure", train_and_measure)
    monkeypatch.setattr("sys.argv", ["x", "--only", "copy/none", "copy/dot", "--results", str(tmp_path)])
    benchmark.main()
    benchmark.main()
    assert asked == [("copy", "none", 1), ("copy", "dot", 1)]
    monkeypatch.setattr("sys.argv", ["x", "--only", "copy/dot", "--results", str(tmp_path), "--seeds", "2"])
    benchmark.main()
    assert asked[2:] == [("copy", "dot", 2)]
    monkeypatch.setattr("sys.argv", ["x", "--only", "copy/none", "--results", str(tmp_path), "--overwrite"])
    benchmark.main()
    assert asked[3:] == [("copy", "none", 1)]
    runs = json.loads((tmp_path / "length_generalization.json").read_text())["runs"]
    assert [(run["attention"], run["seed"]) for run in runs] == [("none", 1), ("dot", 1), ("dot", 2)]


def test_an_unknown_model_is_refused(benchmark, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["x", "--only", "copy/dott", "--results", str(tmp_path)])
    with pytest.raises(SystemExit):
        benchmark.main()
    assert "no such model: copy/dott" in capsys.readouterr().err
