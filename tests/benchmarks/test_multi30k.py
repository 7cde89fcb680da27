"""What `benchmarks/multi30k.py` reads, scores and writes."""

import json
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"

LOG = """\
2026-11-22 02:50:00,100 - INFO - joeynmt.model - Total params: 6123456
2026-11-22 02:53:00,100 - INFO - joeynmt.training - Epoch   1, Step:      900, Batch Loss:     2.1
2026-11-22 02:53:30,600 - INFO - joeynmt.prediction - Evaluation result (greedy): bleu:  24.20, loss:   2.90, ppl: 18.17
2026-11-22 02:57:00,100 - INFO - joeynmt.prediction - Evaluation result (greedy): bleu:  33.90, loss:   2.40, ppl: 11.02
"""


@pytest.fixture(autouse=True)
def modules(monkeypatch):
    monkeypatch.syspath_prepend(BENCHMARKS)


def test_the_road_of_joeynmt():
    from multi30k_joeynmt import road

    assert road(LOG) == [[3.5, 24.2], [7.0, 33.9]]


def test_scores_have_their_signatures_and_interval():
    from multi30k import scored

    references = [f"a dog number {number} runs over green grass" for number in range(20)]
    found = scored(references[:15] + ["something else is said here"] * 5, references)
    assert 60 < found["bleu"] < 90
    assert found["interval"] > 0
    assert "tok:none" in found["bleu_signature"]
    assert "version" in found["chrf_signature"]
    assert scored(references, references)["bleu"] == 100


def test_the_report_has_every_run(tmp_path):
    from multi30k_report import write_report

    runs = tmp_path / "multi30k"
    runs.mkdir()
    score = {"bleu": 41.23, "interval": 1.34, "bleu_signature": "nrefs:1|tok:none", "chrf": 60.0, "chrf_signature": "c"}
    for system, seed, beam in (("ours", 1, 42.56), ("ours", 2, 42.1), ("joeynmt", 1, 39.0)):
        run = {"system": system, "direction": "de-en", "seed": seed, "minutes": 44.6, "parameters": 5_467_425,
               "road": [[2.5, 20.0], [5.0, 30.0]], "test": {"greedy": score, "beam 5": {**score, "bleu": beam}}}
        (runs / f"{system}-de-en-{seed}.json").write_text(json.dumps(run))
    write_report(runs)
    page = (tmp_path / "multi30k.md").read_text()
    assert "| de-en | keras_s2s | 1 | 44.6 | 5,467,425 | 41.2 | 42.6 ± 1.3 | 60.0 |" in page
    assert page.index("| keras_s2s | 2 |") < page.index("| JoeyNMT | 1 |")
    assert "`nrefs:1|tok:none`" in page
    assert (tmp_path / "multi30k.png").stat().st_size > 5000
