"""The npm project's files: exact versions, no download addresses, one truth in the two package.json."""

import json
import re
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "apps" / "browser"
PROJECT, LOCK, PUBLISHED = (json.loads((FOLDER / name).read_text("utf-8"))
                            for name in ("package.json", "package-lock.json", "package/package.json"))


def test_every_version_is_exact():
    wanted = {**PROJECT["dependencies"], **PROJECT["devDependencies"], **PUBLISHED["peerDependencies"]}
    assert [name for name, version in wanted.items() if not re.fullmatch(r"\d+\.\d+\.\d+", version)] == []
    assert re.fullmatch(r"npm:@rollup/wasm-node@\d+\.\d+\.\d+", PROJECT["overrides"]["rollup"])


def test_the_lockfile_belongs_to_the_project_and_holds_checksums_but_no_addresses():
    root = LOCK["packages"][""]
    for part in ("dependencies", "devDependencies"):
        assert root[part] == PROJECT[part]
    assert "://" not in re.sub(r'"url": "https://[^"]*"', "", json.dumps(LOCK))
    entries = {path: entry for path, entry in LOCK["packages"].items() if path and not entry.get("inBundle")}
    assert [path for path, entry in entries.items() if "resolved" in entry or "integrity" not in entry] == []
    assert "omit-lockfile-registry-resolved=true" in (FOLDER / ".npmrc").read_text("utf-8")


def test_the_published_package_is_the_project_s():
    for key in ("name", "version", "description", "license", "type"):
        assert PUBLISHED[key] == PROJECT[key]
    assert PUBLISHED["peerDependencies"] == PROJECT["dependencies"]
