"""Kills a training run again and again and compares its weights with those of an undisturbed one, bit by bit.

    python benchmarks/kills.py                          # twenty kills in a run of about ten minutes
    python benchmarks/kills.py --kills 3 PRESET --set training.epochs=2 ...

Trains once without a disturbance. Then the same command is started again and again; each time but the last it gets
SIGKILL after a random share of the minutes that it would take, so that the kills fall anywhere: between two batches,
into a validation, into the writing of a checkpoint. What follows the script's own options goes to `keras-s2s train`.
"""

import argparse
import itertools
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
# About ten minutes on two cores, and checkpoints so often that some kills meet one.
RUN = ["multi30k", "--set", "training.max_minutes=null", "--set", "training.epochs=6", "--set", "data.max_pairs=12000",
       "--set", "training.checkpoint_minutes=0.1", "--set", "training.ema_decay=0.99",
       "--set", "training.validate_every_steps=150", "--set", "training.scheduled_sampling=linear"]


def main():
    """Runs the comparison and writes what was found."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1, help="of the moments")
    parser.add_argument("--results", type=Path, help="where kills.json goes")
    arguments, words = parser.parse_known_args()
    with tempfile.TemporaryDirectory() as folder:
        found = compare(words or RUN, Path(folder), arguments.kills, random.Random(arguments.seed))
    print(json.dumps(found, indent=1))
    if arguments.results:
        arguments.results.mkdir(parents=True, exist_ok=True)
        (arguments.results / "kills.json").write_text(json.dumps(found, indent=1) + "\n")
    sys.exit(0 if found["identical"] else 1)


def compare(words, folder, kills, chance):
    """Trains with and without kills below `folder`.

    Returns:
        dict with the seconds of the undisturbed run, where each kill fell, and whether all weights are the same bits.
    """
    start = time.monotonic()
    run = started([*words, "--out", str(folder / "undisturbed")], folder / "undisturbed.log")
    if run.wait():
        sys.exit((folder / "undisturbed.log").read_text())
    seconds = time.monotonic() - start
    out, moments = folder / "killed", []
    command = [*words, "--out", str(out)]
    while len(moments) < kills:
        run = started(command, folder / "killed.log")
        try:
            # Most of a start is loading TensorFlow: a kill had better come later, and often enough soon.
            run.wait(timeout=chance.uniform(0.5, 1.5) * (10 + seconds / kills))
        except subprocess.TimeoutExpired:
            run.send_signal(signal.SIGKILL)
            run.wait()
            moments.append(where(out))
            continue
        if run.returncode:
            sys.exit((folder / "killed.log").read_text())
        # It came to its end too early: another one from the beginning.
        shutil.rmtree(out)
        moments.clear()
    while (run := started(command, folder / "killed.log")).wait():
        sys.exit((folder / "killed.log").read_text())
    weights = [np.load(path / "weights.npz") for path in (folder / "undisturbed", out)]
    same = weights[0].files == weights[1].files and all(
        np.array_equal(weights[0][name], weights[1][name]) for name in weights[0].files)
    histories = [[{key: value for key, value in row.items() if key != "minutes"} for row in json.loads(
        (path / "results.json").read_text())["history"]] for path in (folder / "undisturbed", out)]
    return {"command": " ".join(["keras-s2s train", *words]), "seconds_undisturbed": round(seconds, 1),
            "kills": moments, "identical": bool(same), "same_history": histories[0] == histories[1],
            "different_rows": [rows for rows in itertools.zip_longest(*histories) if rows[0] != rows[1]]}


def started(words, log):
    """`keras-s2s train` in a process of its own, its output in a file."""
    paths = os.pathsep.join([str(HERE.parent), *filter(None, [os.environ.get("PYTHONPATH")])])
    return subprocess.Popen([sys.executable, "-m", "keras_s2s", "train", *words], stdin=subprocess.DEVNULL,
                            stdout=log.open("w"), stderr=subprocess.STDOUT, env=os.environ | {"PYTHONPATH": paths})


def where(out):
    """How far a killed run had come: its newest checkpoint, and what it had not finished writing."""
    names = [path.name for path in (out / "checkpoints").glob("checkpoint-????????.npz")]
    unfinished = [path.name for path in out.rglob(".*") if path.is_file()]
    return {"newest": max(names, default=None), "unfinished_files": len(unfinished)}


if __name__ == "__main__":
    main()
