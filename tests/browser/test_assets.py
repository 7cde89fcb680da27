"""The committed build is what the sources give, small, and free of what a strict page forbids."""

import re
import subprocess
from pathlib import Path

import pytest

pytestmark = pytest.mark.browser

ASSETS = Path(__file__).resolve().parents[2] / "keras_s2s" / "assets" / "browser"
CHECK = ASSETS.parent / "node"


def contents(folder: Path) -> dict[str, bytes]:
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def test_a_rebuild_gives_the_committed_files(npm_project, tmp_path):
    command = ["npm", "run", "build", "--", "--outDir", str(tmp_path / "build")]
    subprocess.run(command, cwd=npm_project, check=True, capture_output=True, timeout=300)
    rebuilt, committed = contents(tmp_path / "build"), contents(ASSETS)
    assert sorted(rebuilt) == sorted(committed)
    changed = [name for name in rebuilt if rebuilt[name] != committed[name]]
    assert changed == [], "run `npm run build` in apps/browser and commit keras_s2s/assets/browser"


def test_a_rebuild_gives_the_exporters_check(npm_project, tmp_path):
    command = ["npm", "run", "build:check", "--", "--outDir", str(tmp_path / "build")]
    subprocess.run(command, cwd=npm_project, check=True, capture_output=True, timeout=300)
    rebuilt, committed = contents(tmp_path / "build"), contents(CHECK)
    assert sorted(rebuilt) == sorted(committed) == ["check.mjs", "licences.txt"]
    assert rebuilt == committed, "run `npm run build:check` in apps/browser and commit keras_s2s/assets/node"


def test_the_build_stays_under_three_megabytes():
    assert sum(map(len, contents(ASSETS.parent).values())) < 3_000_000


def test_no_code_is_made_from_text():
    for name, content in contents(ASSETS).items():
        if name.endswith(".js"):
            assert re.findall(rb"\beval\(|new Function\b|[^.\w]Function\(", content) == [], name


def test_the_page_has_relative_addresses_only():
    html = (ASSETS / "index.html").read_text("utf-8")
    addresses = re.findall(r'(?:src|href)="([^"]*)"', html)
    assert len(addresses) >= 3
    assert [address for address in addresses if not address.startswith(("./", "data:"))] == []


def test_every_package_in_the_build_has_its_licence():
    text = (ASSETS / "licences.txt").read_text("utf-8")
    for name in ("@tensorflow/tfjs-core 4.22.0 (Apache-2.0)", "seedrandom", "long "):
        assert name in text
    assert "TERMS AND CONDITIONS FOR USE, REPRODUCTION, AND DISTRIBUTION" in text
