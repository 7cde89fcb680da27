"""Regenerates the quality figures that the README states: trains, exports, scores the exported SavedModel.

    python benchmarks/quality.py cmudict         # spelling -> pronunciation, 20,000 pairs, preset characters
    python benchmarks/quality.py small-eng-spa   # English -> Spanish, 20,000 pairs, preset sentences

The data is looked for below the environment variable KERAS_S2S_DATA. Each run keeps its model in `runs/NAME` (a
stopped run goes on, a finished one is only scored) and writes `benchmarks/results/NAME.json`. For Multi30k see
`multi30k.py`.
"""

import argparse
import gzip
import json
import os
import random
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def main():
    """Runs one of the two."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("name", choices=["cmudict", "small-eng-spa"])
    parser.add_argument("--runs", default="runs", help="where the models go")
    name, runs = (arguments := parser.parse_args()).name, Path(arguments.runs)
    data = Path(os.environ.get("KERAS_S2S_DATA") or sys.exit("Set KERAS_S2S_DATA to the folder with the data sets."))
    out = runs / name
    keras_s2s("train", *training_arguments(name, data, runs), "--out", str(out))
    exported = subprocess.run(command("export", str(out), "--saved-model", str(runs / "exported")), check=True,
                              stdout=subprocess.PIPE, text=True).stdout.strip()
    settings = json.loads((out / "results.json").read_text(encoding="utf-8"))
    evaluation = command("evaluate", exported, "--data", str(out / "data" / "test.tsv"), "--json")
    scored = subprocess.run(evaluation, check=True, stdout=subprocess.PIPE, text=True).stdout
    result = {"command": f"python benchmarks/quality.py {name}",
              **{key: settings[key] for key in ("name", "seed", "minutes", "epochs", "best_epoch",
                                                "parameters", "pairs", "date", "versions", "dev")},
              "test_set": "test", "test_through_saved_model": json.loads(scored),
              "history": settings["history"]}
    (HERE / "results").mkdir(exist_ok=True)
    path = HERE / "results" / f"{name}.json"
    path.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(json.dumps(result["test_through_saved_model"], ensure_ascii=False))


def training_arguments(name, data, runs):
    """What follows `keras-s2s train`."""
    runs.mkdir(parents=True, exist_ok=True)
    if name == "cmudict":
        return ["characters", "--data", str(write_cmudict(data, runs / "cmudict-20000.tsv"))]
    folder = data / "tatoeba" / "small-eng-spa"
    return ["sentences", "--data", str(folder / "train.tsv.gz"), "--dev", str(folder / "dev.tsv.gz"),
            "--test", str(folder / "test.tsv.gz")]


def write_cmudict(data, path, count=20_000, seed=1):
    """20,000 entries of CMUdict, chosen by seed: word TAB phonemes; first pronunciations of words of letters."""
    pairs = []
    with gzip.open(data / "cmudict" / "cmudict.dict.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            word, *phonemes = line.split("#")[0].split()
            if word.isalpha():
                pairs.append(f"{word}\t{' '.join(phonemes)}\n")
    path.write_text("".join(random.Random(seed).sample(pairs, count)), encoding="utf-8")
    return path


def command(*arguments):
    """A command line of this package."""
    return [sys.executable, "-m", "keras_s2s", *arguments]


def keras_s2s(*arguments):
    """Runs the command line and shows what it prints."""
    subprocess.run(command(*arguments), check=True)


if __name__ == "__main__":
    main()
