"""Shows the bottleneck of a fixed-size context, and what attention does about it: BLEU by length of the source.

    python benchmarks/bottleneck_ladder.py                 # seven models, one seed: about 50 minutes on two quiet cores
    python benchmarks/bottleneck_ladder.py --seeds 3       # three seeds: mean and range; three times as long
    python benchmarks/bottleneck_ladder.py --only after    # trains and scores one model, prints its scores
    python benchmarks/bottleneck_ladder.py --draw          # only table and picture, from the .json
    python benchmarks/bottleneck_ladder.py --smoke         # everything, tiny, to see that it works: about two minutes

Models of one size and one training, German -> English, on Multi30k's captions joined to sources of up to 60 words: the
curve is that of Bahdanau et al. (2015), figure 2, the ladder that of Luong et al. (2015), table 1. The data is looked
for below `--data` or the environment variable KERAS_S2S_DATA. Models and their translations stay in `runs/bottleneck`:
a stopped run goes on, a finished one is only scored. Writes `benchmarks/results/bottleneck.json`, `.md` and `.png`; the
scores are those of the model directories, through `keras-s2s translate` (greedy search).
"""

import argparse
import datetime
import json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

from bottleneck_picture import draw
from bottleneck_scores import RESAMPLES, length_bins, scores
from bottleneck_table import table
from joined_captions import PARTS, Pair, join_captions, write_pairs
from ladder_model import LADDER, LadderModel

from keras_s2s.data.corpora import data_directory
from keras_s2s.files import write_atomically
from keras_s2s.plots import save_figure

HERE = Path(__file__).resolve().parent
EPOCHS = 6
UNITS = {"model.units": 256, "model.embedding_units": 192}
SMOKE_UNITS = {"model.units": 16, "model.embedding_units": 8}
SMOKE_CAPTIONS = 120
COMMON = {
    "source.tokenizer": "word", "target.tokenizer": "word", "source.min_count": 3, "target.min_count": 3,
    "model.attention": "bahdanau", "model.dropout": 0.2, "model.embedding_deviation": 1,
    "training.batch_size": 32, "training.learning_rate": 0.002, "training.label_smoothing": 0,
    "training.validation_metric": "loss", "data.test_fraction": 0,
    "evaluation.metrics": "[bleu]", "evaluation.bleu_tokenize": "none", "inference.max_target_tokens": 100,
}
"""What all models share; a `LadderModel` has the rest."""


def main():
    """Trains and scores what is missing, and writes the three files."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", help="the directory with multi30k; default: KERAS_S2S_DATA")
    parser.add_argument("--only", choices=[model.name for model in LADDER], help="one model; nothing is written")
    parser.add_argument("--seeds", type=int, default=1, help="how many seeds, from 1 on")
    parser.add_argument("--epochs", type=int, help=f"of every model; default: {EPOCHS}")
    parser.add_argument("--runs", type=Path, help="where data and models go; default: runs/bottleneck")
    parser.add_argument("--results", type=Path, help="where the three files go; default: benchmarks/results")
    parser.add_argument("--smoke", action="store_true", help="tiny models on few pairs, results in the runs directory")
    parser.add_argument("--draw", action="store_true", help="only table and picture, from the .json")
    arguments = parser.parse_args()
    runs = arguments.runs or Path("runs", "bottleneck-smoke" if arguments.smoke else "bottleneck")
    directory = arguments.results or (runs if arguments.smoke else HERE / "results")
    if not arguments.draw:
        results = experiment(arguments, runs)
        if arguments.only:
            print(json.dumps(results["models"][0], indent=1))
            return
        write_atomically(directory / "bottleneck.json", json.dumps(results, indent=1, ensure_ascii=False) + "\n")
    results = json.loads((directory / "bottleneck.json").read_text(encoding="utf-8"))
    write_atomically(directory / "bottleneck.md", table(results))
    print(save_figure(draw(results), directory / "bottleneck.png"))


def recorded_command(arguments: argparse.Namespace) -> str:
    """The command without the places of this machine, which change no number."""
    words = ["python benchmarks/bottleneck_ladder.py"]
    words += [f"--{name} {value}" for name, value in (("seeds", arguments.seeds), ("epochs", arguments.epochs))
              if value not in (None, 1)]
    return " ".join(words + (["--smoke"] if arguments.smoke else []))


def experiment(arguments: argparse.Namespace, runs: Path) -> dict:
    """Trains and scores what is missing. Returns what `bottleneck.json` holds."""
    parts = join_captions(data_directory(arguments.data), most_pairs=SMOKE_CAPTIONS if arguments.smoke else None)
    for part in PARTS:
        write_pairs(runs / f"{part}.tsv", parts[part])
    epochs = arguments.epochs or (1 if arguments.smoke else EPOCHS)
    options = {**COMMON, **(SMOKE_UNITS if arguments.smoke else UNITS), "training.epochs": epochs}
    seeds = list(range(1, arguments.seeds + 1))
    results = {"command": recorded_command(arguments), "seeds": seeds,
               "epochs": epochs, "options": options, "date": datetime.date.today().isoformat(),
               "pairs": {part: len(parts[part]) for part in PARTS}, "bootstrap_resamples": RESAMPLES,
               "bins": length_bins(parts["test"]), "models": []}
    for model in LADDER:
        if arguments.only not in (None, model.name):
            continue
        results["models"].append({**asdict(model), "runs": []})
        for seed in seeds:
            out = runs / f"{model.name}-{seed}"
            trained = train(model, seed, options, runs, out)
            scored = scores(parts["test"], translations(out, parts["test"], runs / "test.tsv"))
            print(f"{out}: BLEU {scored['bleu']}", flush=True)
            best = next(row for row in trained["history"] if row["epoch"] == trained["best_epoch"])
            # The first three are the same for every run: said once.
            results |= {"versions": trained["versions"], "signature": scored.pop("signature")}
            results["models"][-1]["parameters"] = trained["parameters"]
            results["models"][-1]["runs"].append({
                "seed": seed, "minutes": trained["minutes"], "best_epoch": trained["best_epoch"],
                "dev_perplexity": best["dev_perplexity"], **scored})
    return results


def train(model: LadderModel, seed: int, options: dict, runs: Path, out: Path) -> dict:
    """Trains a model into `out`, unless that is done. Returns what its `results.json` holds."""
    settings = {**options, **{f"model.{name}": value for name, value in model.options.items()}, "training.seed": seed}
    command = [sys.executable, "-m", "keras_s2s", "train", "sentences", "--out", str(out),
               "--data", str(runs / "train.tsv"), "--dev", str(runs / "dev.tsv")]
    for name, value in settings.items():
        command += ["--set", f"{name}={json.dumps(value) if isinstance(value, bool) else value}"]
    subprocess.run(command, check=True)
    return json.loads((out / "results.json").read_text(encoding="utf-8"))


def translations(out: Path, pairs: list[Pair], test: Path) -> list[str]:
    """The model's translations of the test sources, from `OUT/translations.txt` where that is newer than both."""
    path = out / "translations.txt"
    made_from = max(file.stat().st_mtime for file in (out / "results.json", test))
    if not path.exists() or path.stat().st_mtime < made_from:
        answer = subprocess.run([sys.executable, "-m", "keras_s2s", "translate", str(out)], check=True, text=True,
                                input="".join(f"{source}\n" for source, _ in pairs), encoding="utf-8",
                                stdout=subprocess.PIPE)
        write_atomically(path, answer.stdout)
    return path.read_text(encoding="utf-8").split("\n")[:-1]


if __name__ == "__main__":
    main()
