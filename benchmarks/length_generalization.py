"""How models that learnt to copy or to reverse 1 to 10 letters do on 1 to 20: a curve for each attention.

    python benchmarks/length_generalization.py               # all attentions, about 40 minutes on two cores
    python benchmarks/length_generalization.py --only copy/bahdanau reverse/dot
    python benchmarks/length_generalization.py --seeds 3     # three models of each: a mean and a band
    python benchmarks/length_generalization.py --draw        # table and picture again, from the .json alone

Every model is the preset `copy` or `reverse` with another `model.attention` and more epochs, the same for all. The
best epoch is chosen on dev sequences of the trained lengths; nothing is chosen on longer ones. Each length is then
scored on sequences of the test set, which no model was trained on (there are few of one letter and of two).

A stopped benchmark goes on: models are kept in `runs/length_generalization`, and what is in the .json is not done again
unless `--overwrite` is given. Writes `benchmarks/results/length_generalization.json`, `.md` and `.png`.
"""

import argparse
import json
from itertools import product
from pathlib import Path
from typing import get_args

import numpy as np
from length_report import draw, table

from keras_s2s.config.model_config import ModelConfig
from keras_s2s.data.letter_sequences import LETTERS, letter_pairs, split_of_sequence
from keras_s2s.files import write_atomically
from keras_s2s.plots.save import save_figure

HERE = Path(__file__).resolve().parent
TASKS = ("copy", "reverse")
ATTENTIONS = get_args(ModelConfig.model_fields["attention"].annotation)
OVERRIDES = ["training.epochs=5"]
TRAINED_LENGTHS = (1, 10)
LENGTHS = range(1, 21)
SEQUENCES = 200
"""Scored at each length, where there are so many in the test set."""


def main():
    """Trains and scores what is missing, and writes the three files."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", nargs="+", metavar="TASK/ATTENTION", help="these models alone",
                        default=["/".join(kind) for kind in product(TASKS, ATTENTIONS)])
    parser.add_argument("--seeds", type=int, default=1, help="how many models of each kind")
    parser.add_argument("--runs", type=Path, default=Path("runs"), help="where the models go")
    parser.add_argument("--results", type=Path, default=HERE / "results", help="where the three files go")
    parser.add_argument("--overwrite", action="store_true", help="begin anew")
    parser.add_argument("--draw", action="store_true", help="only table and picture, from the .json")
    arguments = parser.parse_args()
    wanted = [(*kind.split("/"), seed) for seed in range(1, arguments.seeds + 1) for kind in arguments.only]
    unknown = [kind for kind in wanted if kind[0] not in TASKS or kind[1] not in ATTENTIONS]
    if unknown:
        parser.error(f"no such model: {'/'.join(unknown[0][:2])}. Tasks: {TASKS}. Attentions: {ATTENTIONS}.")
    path = arguments.results / "length_generalization.json"
    results = {"command": "python benchmarks/length_generalization.py", "overrides": OVERRIDES,
               "trained_lengths": list(TRAINED_LENGTHS), "lengths": list(LENGTHS), "runs": []}
    if path.exists():
        results["runs"] = json.loads(path.read_text(encoding="utf-8"))["runs"]
    done = {kind_of(run) for run in results["runs"]}
    for kind in [] if arguments.draw else wanted:
        if kind in done and not arguments.overwrite:
            continue
        run = train_and_measure(*kind, arguments.runs, arguments.overwrite)
        results["runs"] = sorted([other for other in results["runs"] if kind_of(other) != kind] + [run], key=order_of)
        write_atomically(path, json.dumps(results, ensure_ascii=False) + "\n")
    write_atomically(path.with_suffix(".md"), table(results))
    save_figure(draw(results), path.with_suffix(".png"))


def kind_of(run):
    """What tells one run from another: task, attention and seed."""
    return run["task"], run["attention"], run["seed"]


def order_of(run):
    """Runs stand in the order of the tasks and of the configuration's attentions."""
    return TASKS.index(run["task"]), ATTENTIONS.index(run["attention"]), run["seed"]


def train_and_measure(task, attention, seed, runs, overwrite):
    """One run: how long it took to train, and how right it is at each length."""
    import keras

    from keras_s2s.training.recipe import train

    keras.backend.clear_session()
    out = runs / "length_generalization" / f"{task}-{attention}-{seed}"
    overrides = [*OVERRIDES, f"model.attention={attention}", f"training.seed={seed}"]
    translator = train(task, out=out, overrides=overrides, overwrite=overwrite)
    told = json.loads((out / "results.json").read_text(encoding="utf-8"))
    return {"task": task, "attention": attention, "seed": seed,
            **{name: told[name] for name in ("minutes", "epochs", "best_epoch", "parameters", "date", "versions")},
            **measure(translator, task, seed)}


def measure(translator, task, seed):
    """Accuracy at each length, and where the attention looked within the trained lengths.

    Returns:
        dict of lists, an item a length: `sequences`, their number; `exact_match`, the share that is wholly right;
        `letter_accuracy`, the share of the target's letters that stand in their places; `answer_letters`, the mean
        length of the answers. And `near_diagonal`: the share of the steps, one for each letter of a target, at which
        the source letter with the largest weight is the one to be written or stands beside it (None without
        attention).
    """
    found = {name: [] for name in ("sequences", "exact_match", "letter_accuracy", "answer_letters")}
    near = []
    for length in LENGTHS:
        pairs = letter_pairs(task, min(SEQUENCES, held_out(length, seed)), "test", seed, length, length)
        answers = translator([source for source, _ in pairs])
        written = [(str(answer), target) for answer, (_, target) in zip(answers, pairs, strict=True)]
        found["sequences"].append(len(pairs))
        found["exact_match"].append(np.mean([answer == target for answer, target in written]))
        found["letter_accuracy"].append(np.mean([letters_right(answer, target) for answer, target in written]))
        found["answer_letters"].append(np.mean([len(answer) for answer, _ in written]))
        if length <= TRAINED_LENGTHS[1]:
            near += [step for answer in answers for step in near_diagonal(answer.attention, task, length)]
    return {**{name: [round(float(value), 4) for value in values] for name, values in found.items()},
            "near_diagonal": round(float(np.mean(near)), 4) if near else None}


def held_out(length, seed):
    """How many sequences of a length the test set may have; for three letters and more, more than are wanted."""
    if length > 2:
        return SEQUENCES
    return sum(split_of_sequence("".join(letters), seed) == "test" for letters in product(LETTERS, repeat=length))


def letters_right(answer, target):
    """The share of the target's letters that the answer has in their places."""
    return sum(written == wanted for written, wanted in zip(answer, target, strict=False)) / len(target)


def near_diagonal(attention, task, length):
    """For each letter that was to be written, whether the largest weight lies on its source letter or beside it.

    Args:
        attention: `(target tokens, source tokens)`, the end tokens included.
        task: `"copy"` or `"reverse"`.
        length: number of letters of the source.

    Returns:
        list of bools; shorter where the answer ended early, empty for a model without attention (weights of 0).
    """
    steps = attention[:length]
    if not steps.any():
        return []
    wanted = np.arange(length) if task == "copy" else np.arange(length)[::-1]
    return list(abs(steps.argmax(axis=1) - wanted[:len(steps)]) <= 1)


if __name__ == "__main__":
    main()
