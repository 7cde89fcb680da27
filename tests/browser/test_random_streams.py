"""The numbers that the browser's generator is tested with are NumPy's."""

import json
from pathlib import Path

import numpy as np

FIXTURE = Path(__file__).parents[2] / "apps" / "browser" / "tests" / "search" / "random-streams.json"
# One word and two, more words than the pool has, zeros that count and zeros that do not.
SEEDS = [[0], [0, 0], [0, 1], [7, 0, 72, 101], [2**32 + 5, 3, 0, 0, 255, 1, 2, 3, 4], [2**53 - 1, 999],
         [1, 2, *"Ärger am 3. März".encode()]]


def streams():
    """What the fixture holds; write it anew with `python tests/browser/test_random_streams.py`."""
    return [{"seed": seed, "numbers": np.random.default_rng(seed).random(9, "float32").tolist()} for seed in SEEDS]


def test_the_fixture_holds_what_numpy_draws():
    assert json.loads(FIXTURE.read_text("utf-8")) == streams()


if __name__ == "__main__":
    FIXTURE.write_text("[\n" + ",\n".join(json.dumps(stream) for stream in streams()) + "\n]\n", "utf-8")
