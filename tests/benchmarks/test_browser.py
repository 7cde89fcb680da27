"""The browser's benchmark runs, and notices a system that answers otherwise."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"


@pytest.mark.slow
@pytest.mark.browser
def test_every_system_answers_and_is_timed(tmp_path):
    command = [sys.executable, str(BENCHMARKS / "browser.py"), "--rounds", "2", "--units", "8", "--vocabulary", "40",
               "--results", str(tmp_path)]
    subprocess.run(command, check=True, timeout=300)
    result = json.loads((tmp_path / "browser.json").read_text("utf-8"))
    random, dates = result["models"]["random"], result["models"]["dates"]
    assert (random["source_tokens"], random["target_tokens"]) == (16, 30)
    assert dates["target_tokens"] == 11
    for model in (random, dates):
        assert len(model["systems"]) == 6
        assert all(times["all"]["median"] > 0 for times in model["systems"].values())
        for name in ("ours, in a worker", "ours, in the page", "TF.js, loop in JavaScript"):
            assert 0 < model["systems"][name]["first"]["median"] < model["systems"][name]["all"]["median"]
    assert "against TF.js" in (tmp_path / "browser.md").read_text("utf-8")
