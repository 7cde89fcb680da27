"""What `benchmarks/browser_sizes.py` writes."""

from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"


@pytest.fixture(autouse=True)
def modules(monkeypatch):
    monkeypatch.syspath_prepend(BENCHMARKS)


def test_bytes_are_those_of_all_files(tmp_path):
    from browser_sizes import bytes_of

    (tmp_path / "model").mkdir()
    (tmp_path / "a").write_bytes(b"a" * 1000)
    (tmp_path / "model" / "b").write_bytes(b"b" * 500)
    found = bytes_of(tmp_path)
    assert found["bytes"] == 1500 and 0 < found["gzipped"] < 150


def test_the_table_has_each_bundle_with_its_quality():
    from browser_sizes import table

    row = {"site_size": {"bytes": 3_000_000, "gzipped": 2_000_000},
           "model_size": {"bytes": 460_000, "gzipped": 360_000}, "compared": 200, "same_tokens": 199,
           "test_sentences": 1000}
    bleu = {"score": 41.406, "signature": "nrefs:1|tok:none"}
    lines = table({"date": "2026-11-22", "bundles": [
        {**row, "model": "dates", "weights": "uint8", "exact_match": 0.998},
        {**row, "model": "multi30k", "weights": "float32", "bleu": bleu}]}).splitlines()
    assert lines[2] == "| dates | uint8 | 0.46 | 0.36 | 3.00 | 2.00 | 99.8 % exact match | 199 of 200 |"
    assert lines[3].startswith("| multi30k | float32 (`none`) |") and "41.41 BLEU" in lines[3]
    assert "dates 1,000, multi30k 1,000" in lines[5] and lines[-1] == "BLEU: nrefs:1|tok:none"
