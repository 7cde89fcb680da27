"""How well keras_s2s translates Multi30k's captions after 45 minutes on two cores, beside JoeyNMT's RNN.

    python benchmarks/multi30k.py ours de-en --seed 1                # the preset multi30k; a stopped run goes on
    python benchmarks/multi30k.py joeynmt en-de --minutes 45 --joeynmt JOEYNMT/bin/python --peers PEERS
    python benchmarks/multi30k.py report                             # table and picture of all results so far

Directions: de-en, en-de, en-fr, any two of cs, de, en, fr. The dev set (val) chooses the epoch; test_2016_flickr is
translated once, with beam 5 and greedily. BLEU is sacreBLEU's on the set's own tokens (tokenize none), with the
interval of its bootstrap (1,000 samples). JoeyNMT trains with `joeynmt_rnn.yaml` of PEERS for the same minutes, batches
of 32, its validations included as ours are. Results go to `benchmarks/results/multi30k/`, one file a run.
"""

import argparse
import datetime
import json
import os
import subprocess
import sys
from pathlib import Path

from multi30k_joeynmt import train_joeynmt
from multi30k_report import write_report

from keras_s2s.data.corpora import data_directory, multi30k
from keras_s2s.files import write_atomically

HERE = Path(__file__).resolve().parent
RESULTS = HERE / "results" / "multi30k"
BEAM = 5


def main():
    """Runs what the first word says."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=["ours", "joeynmt", "report"])
    parser.add_argument("direction", nargs="?", default="de-en")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=45.0, help="of training")
    parser.add_argument("--runs", type=Path, default=Path("runs"), help="where the models go")
    parser.add_argument("--peers", type=Path, default=os.environ.get("KERAS_S2S_PEERS"))
    parser.add_argument("--joeynmt", help="the Python of JoeyNMT's environment")
    arguments = parser.parse_args()
    if arguments.what == "report":
        write_report(RESULTS)
        return
    source, target = arguments.direction.split("-")
    name = f"{arguments.what}-{arguments.direction}-{arguments.seed}"
    split = multi30k(data_directory(None), source, target)
    if arguments.what == "ours":
        found, answers = ours(source, target, arguments, arguments.runs / name)
    else:
        if not (arguments.joeynmt and arguments.peers):
            sys.exit("multi30k.py: give --joeynmt PYTHON and --peers FOLDER")
        found, answers = train_joeynmt(split, source, target, arguments, arguments.runs / name)
    references = [reference for _, reference in split.test]
    words = f"{arguments.what} {arguments.direction} --seed {arguments.seed} --minutes {arguments.minutes:g}"
    result = {"system": arguments.what, "direction": arguments.direction, "seed": arguments.seed,
              "command": f"python benchmarks/multi30k.py {words}", "test_set": "test_2016_flickr",
              "date": datetime.date.today().isoformat(), **found,
              "test": {search: scored(lines, references) for search, lines in answers.items()}}
    write_atomically(RESULTS / f"{name}.json", json.dumps(result, indent=1, ensure_ascii=False) + "\n")
    print(json.dumps(result["test"], indent=1))


def ours(source, target, arguments, out):
    """Trains the preset; returns what is known of the run, and its translations of the test set by search."""
    subprocess.run([sys.executable, "-m", "keras_s2s", "train", "multi30k", "--out", str(out),
                    "--set", f"data.source_language={source}", "--set", f"data.target_language={target}",
                    "--set", f"training.seed={arguments.seed}", "--set", f"training.max_minutes={arguments.minutes}"],
                   check=True)
    from keras_s2s.data.split import read_split
    from keras_s2s.translator import Translator

    translator = Translator.load(out)
    texts = [text for text, _ in read_split(out / "data").test]
    results = json.loads((out / "results.json").read_text(encoding="utf-8"))
    found = {name: results[name] for name in ("minutes", "epochs", "best_epoch", "parameters", "versions")}
    metric = "dev_bleu"
    found["road"] = [[row["minutes"], row[metric]] for row in results["history"] if metric in row and "minutes" in row]
    return found, {"greedy": [str(answer) for answer in translator(texts)],
                   f"beam {BEAM}": [str(answer) for answer in translator(texts, beam_size=BEAM)]}


def scored(lines, references):
    """BLEU and chrF of translations, with sacreBLEU's signatures and BLEU's bootstrap interval."""
    from sacrebleu.metrics import BLEU, CHRF

    bleu, chrf = BLEU(tokenize="none", force=True), CHRF()
    score = bleu.corpus_score(lines, [references], n_bootstrap=1000)
    return {"bleu": round(score.score, 2), "interval": round(score._ci, 2), "bleu_signature": str(bleu.get_signature()),
            "chrf": round(chrf.corpus_score(lines, [references]).score, 2),
            "chrf_signature": str(chrf.get_signature())}


if __name__ == "__main__":
    main()
