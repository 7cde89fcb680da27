"""What the ways to decode bring: BLEU, chrF and speed of one model on a test set.

    python benchmarks/search_quality.py runs/ours-de-en-1    # a few minutes on two cores

MODEL is a model directory that `keras-s2s train` (or `benchmarks/quality.py`) left; it is scored on its data/test.tsv.
Nothing is chosen on it: the settings below are the usual ones. Writes `benchmarks/results/search_quality.json` and
`search_quality.md`; `--results DIRECTORY` writes them elsewhere.
"""

import argparse
import json
import os
import platform
import statistics
import time
from importlib.metadata import version
from pathlib import Path

HERE = Path(__file__).resolve().parent
# Sampling at temperature 1 is unbiased, as minimum Bayes risk wants it; 0.7 is what is often used.
SETTINGS = {
    "greedy": {},
    "beam 5": {"beam_size": 5},
    "beam 5, GNMT length 0.6 and coverage 0.2": {
        "beam_size": 5, "length_normalization": "gnmt", "alpha": 0.6, "coverage_penalty": 0.2},
    "beam 5, no repeated trigram, repetition penalty 1.1": {
        "beam_size": 5, "no_repeat_ngram": 3, "repetition_penalty": 1.1},
    "beam 5, unknown forbidden": {"beam_size": 5, "unknown": "forbid"},
    "beam 5, unknown replaced": {"beam_size": 5, "unknown": "replace"},
    "minimum Bayes risk, beam 16": {"beam_size": 16, "minimum_bayes_risk": True},
    "minimum Bayes risk, 16 samples": {"samples": 16, "minimum_bayes_risk": True, "seed": 1},
    "minimum Bayes risk, 16 samples at 0.7": {
        "samples": 16, "temperature": 0.7, "minimum_bayes_risk": True, "seed": 1},
    "1 sample": {"samples": 1, "seed": 1},
}


def main():
    """Runs all settings."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("model")
    parser.add_argument("--rounds", type=int, default=3, help="how often each is timed")
    parser.add_argument("--sentences", type=int, help="of the test set; default: all")
    parser.add_argument("--results", type=Path, default=HERE / "results")
    arguments = parser.parse_args()
    # As the command line does for files: every batch with one thread, several batches at a time.
    os.environ.setdefault("TF_NUM_INTRAOP_THREADS", "1")
    from keras_s2s.noise import start_tensorflow

    start_tensorflow()
    from keras_s2s.data.pairs import read_pairs
    from keras_s2s.data.split import group_references
    from keras_s2s.translator import Translator

    translator = Translator.load(arguments.model)
    grouped = group_references(read_pairs(Path(arguments.model) / "data" / "test.tsv"))[:arguments.sentences]
    sources, references = [source for source, _ in grouped], [targets for _, targets in grouped]
    tokenize = translator.config.get("evaluation", {}).get("bleu_tokenize", "13a")
    rows = [measured(name, options, translator, sources, references, tokenize, arguments.rounds)
            for name, options in SETTINGS.items()]
    result = {"command": "python benchmarks/search_quality.py MODEL", "model": translator.name,
              "sentences": len(sources), "rounds": arguments.rounds, "date": time.strftime("%Y-%m-%d"),
              "machine": f"{os.cpu_count()} cores, {platform.machine()}",
              "versions": {name: version(name) for name in ("tensorflow", "keras", "sacrebleu")}, "settings": rows}
    arguments.results.mkdir(parents=True, exist_ok=True)
    (arguments.results / "search_quality.json").write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    (arguments.results / "search_quality.md").write_text(table(result), encoding="utf-8")


def measured(name, options, translator, sources, references, tokenize, rounds):
    """One row: scores, and the median of the sentences a second."""
    from keras_s2s.evaluation import evaluate

    translator(sources[:128], **options)  # builds the graph
    seconds = []
    for _ in range(rounds):
        begin = time.perf_counter()
        answers = translator(sources, **options)
        seconds.append(time.perf_counter() - begin)
    scores = evaluate(sources, [str(answer) for answer in answers], references, metrics=("bleu", "chrf"),
                      tokenize=tokenize).to_dict(worst=0)
    row = {"name": name, "options": options, "sentences_per_second": len(sources) / statistics.median(seconds),
           "tokens_per_sentence": statistics.mean(len(answer.tokens) for answer in answers), **scores}
    print(json.dumps(row), flush=True)
    return row


def table(result):
    """The rows in Markdown."""
    lines = [f"{result['model']}: {result['sentences']:,} sentences, {result['date']}, {result['machine']}, median of "
             f"{result['rounds']} runs", "",
             "| search | BLEU | chrF | tokens a sentence | sentences/s |", "|---|---|---|---|---|"]
    lines += [f"| {row['name']} | {row['bleu']['score']:.1f} | {row['chrf']['score']:.1f} | "
              f"{row['tokens_per_sentence']:.1f} | {row['sentences_per_second']:.0f} |" for row in result["settings"]]
    first = result["settings"][0]
    return "\n".join([*lines, "", f"BLEU: {first['bleu']['signature']}; chrF: {first['chrf']['signature']}", ""])


if __name__ == "__main__":
    main()
