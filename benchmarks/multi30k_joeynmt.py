"""JoeyNMT's RNN on Multi30k, trained for some minutes."""

import re
import subprocess
import time
from datetime import datetime

import yaml

PARTS = {"train": "train", "dev": "dev", "test": "test"}
EVERY = 900
"""Batches of 32 from one validation to the next: an epoch (a multiple of the 100 from one log line to the next)."""


def train_joeynmt(split, source, target, arguments, folder):
    """Trains in a process of its own, ends it after the minutes, and translates the test set with the best checkpoint.

    Returns:
        what is known of the run, and the translations by search.
    """
    (folder / "data").mkdir(parents=True, exist_ok=True)
    for part in PARTS:
        for side, language in enumerate((source, target)):
            lines = "".join(f"{pair[side]}\n" for pair in getattr(split, part))
            (folder / "data" / f"{part}.{language}").write_text(lines, encoding="utf-8")
    options = configured(arguments.peers, source, target, arguments.seed)
    (folder / "config.yaml").write_text(yaml.safe_dump(options), encoding="utf-8")
    command = [arguments.joeynmt, "-m", "joeynmt"]
    start = time.monotonic()
    run = subprocess.Popen([*command, "train", "config.yaml", "--skip-test"], cwd=folder,
                           stdout=(folder / "train.txt").open("w"), stderr=subprocess.STDOUT)
    try:
        run.wait(timeout=60 * arguments.minutes)
    except subprocess.TimeoutExpired:
        run.terminate()
        run.wait()
    minutes = (time.monotonic() - start) / 60
    log = (folder / "run" / "train.log").read_text(encoding="utf-8")
    answers = {}
    for search, size in (("greedy", 1), ("beam 5", 5)):
        options["testing"] |= {"beam_size": size, "beam_alpha": 1.0 if size > 1 else -1}
        (folder / "test.yaml").write_text(yaml.safe_dump(options), encoding="utf-8")
        subprocess.run([*command, "test", "test.yaml", "-o", f"out{size}"], cwd=folder,
                       check=True, stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT)
        answers[search] = (folder / f"out{size}.test").read_text(encoding="utf-8").splitlines()
    parameters = re.search(r"Total params: (\d+)", log)
    return {"minutes": round(minutes, 2), "parameters": int(parameters.group(1)) if parameters else None,
            "road": road(log)}, answers


def configured(peers, source, target, seed):
    """The peers' options for a direction, trained until it is stopped."""
    options = yaml.safe_load((peers / "joeynmt_rnn.yaml").read_text(encoding="utf-8"))
    options["random_seed"] = seed
    options["data"]["src"]["lang"], options["data"]["trg"]["lang"] = source, target
    options["training"] |= {"epochs": 1000, "updates": 10**9, "batch_size": 32, "validation_freq": EVERY,
                            "logging_freq": 100, "early_stopping_metric": "bleu"}
    return options


def road(log):
    """`[minutes, BLEU]` of the greedy validations, from a training log."""
    stamp = r"^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)"
    first = datetime.fromisoformat(re.search(stamp, log, re.MULTILINE).group(1))
    found = []
    for moment, bleu in re.findall(stamp + r".*Evaluation result \(greedy\).*?bleu:\s*([\d.]+)", log, re.MULTILINE):
        found.append([round((datetime.fromisoformat(moment) - first).total_seconds() / 60, 2), float(bleu)])
    return found
