"""Trains on a file of a million pairs: how long until the first step, and how much memory.

    python benchmarks/large_file.py [--pairs 1000000] [--seconds 60] [--results DIRECTORY]

The pairs are made (sentences of made-up words, every word reversed), the vocabularies are given, as in a second run on
the same data. `keras-s2s train` is watched from outside: the first checkpoint says that the first step is done.
"""

import argparse
import itertools
import json
import os
import random
import string
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil

HERE = Path(__file__).resolve().parent
WORDS = 8_000


def main():
    """Makes the file, watches the training, prints what was found."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pairs", type=int, default=1_000_000)
    parser.add_argument("--seconds", type=float, default=60, help="to train after the first step")
    parser.add_argument("--results", type=Path, help="where large_file.json goes")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = watched(Path(folder), arguments.pairs, arguments.seconds)
    print(json.dumps(found))
    if arguments.results:
        arguments.results.mkdir(parents=True, exist_ok=True)
        (arguments.results / "large_file.json").write_text(json.dumps(found, indent=1) + "\n")


def watched(folder, pairs, seconds):
    """Trains on so many pairs for some seconds.

    Returns:
        dict with the seconds to the first step and the most memory in GB.
    """
    make_pairs(folder / "pairs.tsv", pairs)
    learn_vocabularies(folder)
    options = ["source.tokenizer=word", "target.tokenizer=word", f"source.vocabulary={folder / 'source'}",
               f"target.vocabulary={folder / 'target'}", "training.checkpoint_steps=1"]
    command = [sys.executable, "-m", "keras_s2s", "train", "sentences", "--data", str(folder / "pairs.tsv"), "--out",
               str(folder / "out"), *itertools.chain.from_iterable(("--set", option) for option in options)]
    paths = os.pathsep.join([str(HERE.parent), *filter(None, [os.environ.get("PYTHONPATH")])])
    start, most = time.monotonic(), 0
    with (folder / "log.txt").open("w") as log:
        run = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT, env=os.environ | {"PYTHONPATH": paths})
    first = None
    while first is None or time.monotonic() - start < first + seconds:
        if run.poll() is not None:
            sys.exit((folder / "log.txt").read_text())
        most = max(most, psutil.Process(run.pid).memory_info().rss)
        if first is None and list((folder / "out").glob("checkpoints/checkpoint-*.npz")):
            first = time.monotonic() - start
        time.sleep(0.1)
    run.kill()
    run.wait()
    return {"command": "python benchmarks/large_file.py", "pairs": pairs, "seconds_to_first_step": round(first, 1),
            "most_memory_gb": round(most / 1e9, 2), "seconds_after": seconds}


def make_pairs(path, count):
    """Writes pairs of 5 to 20 made-up words, by seed."""
    chance = random.Random(1)
    words = ["".join(chance.choices(string.ascii_lowercase, k=chance.randint(2, 9))) for _ in range(WORDS)]
    backwards = {word: word[::-1] for word in words}
    with path.open("w") as file:
        for _ in range(count):
            sentence = chance.choices(words, k=chance.randint(5, 20))
            file.write(" ".join(sentence) + "\t" + " ".join(backwards[word] for word in sentence) + "\n")


def learn_vocabularies(folder):
    """Tokenizers of both sides, learnt in a process of its own so that its memory does not count."""
    program = ("import sys\nfrom keras_s2s.text import WordTokenizer\n"
               "lines = [line.rstrip('\\n').split('\\t') for line in "
               "open(sys.argv[1] + '/pairs.tsv').readlines(10**8)]\n"
               "for side, name in enumerate(('source', 'target')):\n    tokenizer = WordTokenizer()\n"
               "    tokenizer.adapt([line[side] for line in lines[:50_000]])\n"
               "    tokenizer.save(sys.argv[1] + '/' + name)\n")
    subprocess.run([sys.executable, "-c", program, str(folder)], check=True, cwd=HERE.parent)


if __name__ == "__main__":
    main()
