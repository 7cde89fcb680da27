"""Where the script is, and what it has written."""

import json
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "apps" / "serving" / "bulk_translate.py"


def lines_of(folder, prefix):
    """The lines of all shards in the order of their names, which are complete and rightly numbered."""
    paths = sorted(folder.glob(f"{prefix}-*"))
    text = b"".join(path.read_bytes() for path in paths).decode()
    assert text.endswith("\n")
    return text.split("\n")[:-1]


def shards(folder):
    """Every file of a run that is a result."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if "-of-" in path.name}


def failures(folder):
    """The dead letters: `(file, line, error)` each."""
    letters = [json.loads(line) for line in lines_of(folder, "failed")]
    return [(letter["file"], letter["line"], letter["error"]) for letter in letters]
