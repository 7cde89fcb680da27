"""The committed component is what the sources give, one small module that loads nothing."""

import re
import subprocess
from pathlib import Path

import pytest

pytestmark = pytest.mark.browser

ASSETS = Path(__file__).resolve().parents[3] / "keras_s2s" / "assets" / "mechanics"


def test_a_rebuild_gives_the_committed_file(npm_project, tmp_path):
    command = ["npm", "run", "build:mechanics", "--", "--outDir", str(tmp_path / "build")]
    subprocess.run(command, cwd=npm_project, check=True, capture_output=True, timeout=300)
    assert [path.name for path in (tmp_path / "build").iterdir()] == ["mechanics.js"]
    assert [path.name for path in ASSETS.iterdir()] == ["mechanics.js"]
    rebuilt, committed = ((folder / "mechanics.js").read_bytes() for folder in (tmp_path / "build", ASSETS))
    assert rebuilt == committed, "run `npm run build:mechanics` in apps/browser and commit keras_s2s/assets/mechanics"


def test_it_loads_nothing_and_makes_no_code_or_markup_from_text():
    text = (ASSETS / "mechanics.js").read_text("utf-8")
    assert len(text) < 200_000
    assert re.findall(r"\bimport\b|https?://(?!www\.w3\.org/)|\binnerHTML|\bouterHTML|insertAdjacentHTML"
                      r"|\beval\(|new Function\b|document\.write|</script|<!--", text) == []
