"""How captions are joined and scored by length, and that table and picture come from the numbers alone."""

import json
import os
import random
from itertools import pairwise
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"
PAIRS = [(f"de{number} .", f"en{number} .") for number in range(10)]


@pytest.fixture
def benchmark(monkeypatch):
    """The script as a module; it finds its parts beside itself."""
    monkeypatch.syspath_prepend(BENCHMARKS)
    import bottleneck_ladder

    return bottleneck_ladder


@pytest.fixture
def joined_captions(benchmark):
    import joined_captions

    return joined_captions


@pytest.fixture
def results(benchmark):
    """Made-up numbers of all seven models: longer is worse, the more so the lower the rung."""
    models = []
    for rung, model in enumerate(benchmark.LADDER):
        scores = [32.0 - (7 - rung) * length for length in range(5)]
        bleu = [{"score": score, "low": score - 2, "high": score + 2} for score in scores]
        models.append({**benchmark.asdict(model), "parameters": 4_000_000, "runs": [
            {"seed": 1, "minutes": 6.5, "best_epoch": 5, "dev_perplexity": 9.87, "bleu": bleu[2],
             "bleu_by_length": [*bleu, None]}]})
    bins = [{"words": [10 * number + 1, 10 * number + 10], "items": 1000 * (number < 5)} for number in range(6)]
    return {"command": "python x.py", "seeds": [1], "epochs": 6, "options": {"model.units": 256}, "date": "2026-01-01",
            "pairs": {"train": 11_323, "dev": 385, "test": 5000}, "bins": bins, "models": models, "signature": "x|y"}


def test_joining_by_chance_keeps_every_pair_in_order(joined_captions):
    pairs = PAIRS * 20
    joined = joined_captions.join_by_chance(pairs, random.Random(1))
    for side in (0, 1):
        assert " ".join(pair[side] for pair in joined) == " ".join(pair[side] for pair in pairs)
    sizes = [source.count(".") for source, _ in joined]
    assert set(sizes) == {1, 2, 3, 4}
    assert [target.count(".") for _, target in joined] == sizes
    assert joined == joined_captions.join_by_chance(pairs, random.Random(1))
    assert joined != joined_captions.join_by_chance(pairs, random.Random(2))


def test_joining_every_way(joined_captions):
    joined = joined_captions.join_every_way(PAIRS)
    assert joined[:10] == PAIRS
    assert joined[10] == ("de0 . de1 .", "en0 . en1 .")
    assert joined[-1] == ("de4 . de5 . de6 . de7 .", "en4 . en5 . en6 . en7 .")
    assert [source.count(".") for source, _ in joined] == [1] * 10 + [2] * 5 + [3] * 3 + [4] * 2


def test_the_joined_corpus(joined_captions):
    data = os.environ.get("KERAS_S2S_DATA")
    if not data:
        pytest.skip("KERAS_S2S_DATA is not set: no Multi30k")
    parts = joined_captions.join_captions(data)
    assert {part: len(pairs) for part, pairs in parts.items()} == {"train": 11_323, "dev": 385, "test": 2063}
    for pairs in parts.values():
        counts = [joined_captions.count_words(source) for source, _ in pairs]
        assert 1 <= min(counts) < 10
        assert max(counts) == 60


def test_pairs_are_written_only_where_they_differ(joined_captions, tmp_path):
    path = tmp_path / "runs" / "test.tsv"
    joined_captions.write_pairs(path, PAIRS)
    assert path.read_text().startswith("de0 .\ten0 .\n")
    os.utime(path, (1, 1))
    joined_captions.write_pairs(path, PAIRS)
    assert path.stat().st_mtime == 1
    joined_captions.write_pairs(path, PAIRS[1:])
    assert path.read_text().startswith("de1 .\ten1 .\n")


def test_scores_by_length(benchmark):
    words = " ".join("abcdefghij")
    pairs = [(words, words), (f"{words} k", words), (" ".join([words] * 6), words)]
    assert [one["items"] for one in benchmark.length_bins(pairs)] == [1, 1, 0, 0, 0, 1]
    assert benchmark.length_bins(pairs)[1]["words"] == [11, 20]
    scored = benchmark.scores(pairs, [words, "a b c d e f g h x y", "z"])
    by_length = scored["bleu_by_length"]
    assert by_length[0] == {"score": 100.0, "low": 100.0, "high": 100.0}
    assert 60 < by_length[1]["score"] < 90
    assert by_length[2:5] == [None] * 3
    assert by_length[5]["score"] < 1
    assert scored["bleu"]["low"] < scored["bleu"]["score"] < scored["bleu"]["high"]
    assert "tok:none" in scored["signature"]
    assert "bs:1000" in scored["signature"]
    with pytest.raises(ValueError):
        benchmark.scores(pairs, [words])


def test_one_point_from_several_seeds(benchmark):
    from bottleneck_scores import over_seeds

    one, other = {"score": 20.0, "low": 19.0, "high": 21.5}, {"score": 23.0, "low": 21.0, "high": 25.0}
    assert over_seeds([one]) == one
    assert over_seeds([one, other]) == {"score": 21.5, "low": 20.0, "high": 23.0}
    assert over_seeds([None]) is None


def test_labels_move_apart(benchmark):
    from bottleneck_picture import spread

    assert spread([30.0, 5.0], 2) == [30.0, 5.0]
    shown = spread([29.0, 28.5, 10.0, 28.8, 0.0], 2)
    assert sorted(range(5), key=shown.__getitem__) == [4, 2, 1, 3, 0]
    assert all(upper - lower > 1.99 for lower, upper in pairwise(sorted(shown)))
    assert shown[3] == pytest.approx(28.77, abs=0.05)
    assert min(spread([0.1, 0.0, 0.2], 3)) == 0


def test_table_and_picture_come_from_the_numbers_alone(benchmark, results, tmp_path, monkeypatch):
    (tmp_path / "bottleneck.json").write_text(json.dumps(results))
    monkeypatch.setattr("sys.argv", ["x", "--draw", "--results", str(tmp_path)])
    monkeypatch.setattr(benchmark, "experiment", None)
    benchmark.main()
    rows = [[cell.strip() for cell in line.split("|")[1:-1]]
            for line in (tmp_path / "bottleneck.md").read_text().splitlines() if line.startswith("| ")]
    assert rows[5][3:] == ["6.5", "9.87", "**26.0** [24.0, 28.0]"]
    assert rows[9][2:] == ["*1000*"] * 5 + ["*0*"]
    assert rows[10][2:4] == ["32.0 [30.0, 34.0]", "25.0 [23.0, 27.0]"]
    assert rows[10][-1] == "-"
    assert (tmp_path / "bottleneck.png").stat().st_size > 20_000


def test_the_picture(benchmark, results):
    figure = benchmark.draw(results)
    curve, ladder = figure.axes
    shown = [model for model in results["models"] if model["in_curve"]]
    assert [text.get_text() for text in curve.texts] == [model["label"] for model in shown]
    assert [list(line.get_ydata()) for line in curve.lines] == [
        [bleu["score"] for bleu in model["runs"][0]["bleu_by_length"][:5]] for model in shown]
    assert [label.get_text() for label in ladder.get_yticklabels()] == [model["rung"] for model in results["models"]]
    assert ladder.texts[0].get_text() == "18.0"


@pytest.mark.slow
@pytest.mark.training
def test_smoke(benchmark, tmp_path, monkeypatch, capfd):
    if not os.environ.get("KERAS_S2S_DATA"):
        pytest.skip("KERAS_S2S_DATA is not set: no Multi30k")
    monkeypatch.chdir(BENCHMARKS.parent)
    monkeypatch.setattr("sys.argv", ["x", "--smoke", "--runs", str(tmp_path)])
    benchmark.main()
    results = json.loads((tmp_path / "bottleneck.json").read_text())
    assert [model["name"] for model in results["models"]] == [model.name for model in benchmark.LADDER]
    for model in results["models"]:
        assert model["parameters"] > 1000
        assert model["runs"][0]["dev_perplexity"] > 1
        assert len(model["runs"][0]["bleu_by_length"]) == 6
    assert {path.suffix for path in tmp_path.glob("bottleneck.*")} == {".json", ".md", ".png"}
    written = [tmp_path / f"{model.name}-1" / "translations.txt" for model in benchmark.LADDER]
    times = [path.stat().st_mtime_ns for path in written]
    monkeypatch.setattr("sys.argv", ["x", "--smoke", "--runs", str(tmp_path), "--only", "after"])
    capfd.readouterr()
    benchmark.main()
    assert '"bleu_by_length"' in capfd.readouterr().out
    assert [path.stat().st_mtime_ns for path in written] == times
