"""What rounding the weights does to a browser bundle: bytes to download, and quality.

    python benchmarks/browser_sizes.py                                # the shipped model of dates
    python benchmarks/browser_sizes.py --model runs/ours-de-en-1      # and a model that multi30k.py trained

Some minutes for each model on two cores. Each bundle is exported, scored on the model's whole test set by Python with
exactly the bundle's numbers (greedy), and its runtime answers `--sentences` of them in Node (cpu backend, the loop over
`step`), where every answer must be Python's. Writes `benchmarks/results/browser_sizes.json` and `browser_sizes.md`;
`--results DIRECTORY` writes them elsewhere.
"""

import argparse
import gzip
import json
import os
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

HERE = Path(__file__).resolve().parent
LABELS = {"float32": "float32 (`none`)", "float16": "float16", "uint8": "uint8"}


def main():
    """Measures all models."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", action="append", default=[], help="a model directory, beside the shipped one")
    parser.add_argument("--sentences", type=int, default=200, help="how many are compared in Node")
    parser.add_argument("--results", type=Path, default=HERE / "results")
    arguments = parser.parse_args()
    os.environ.setdefault("TF_NUM_INTRAOP_THREADS", "1")
    # The converter imports pandas, which would take bottleneck.py beside this file for a library of that name.
    sys.path[:] = [path for path in sys.path if Path(path).resolve() != HERE]
    from keras_s2s.noise import start_tensorflow

    start_tensorflow()
    rows = [row for model in ["dates", *arguments.model] for row in measured(model, arguments.sentences)]
    result = {"command": "python benchmarks/browser_sizes.py --model MODEL", "sentences_in_node": arguments.sentences,
              "date": time.strftime("%Y-%m-%d"),
              "versions": {name: version(name) for name in ("tensorflow", "keras", "tensorflowjs", "sacrebleu")},
              "bundles": rows}
    arguments.results.mkdir(parents=True, exist_ok=True)
    (arguments.results / "browser_sizes.json").write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    (arguments.results / "browser_sizes.md").write_text(table(result), encoding="utf-8")


def measured(model, sentences):
    """The rows of one model. A shipped one is in float16 already: `none` would be the same bundle."""
    from keras_s2s.translator import Translator

    translator = Translator.load(model)
    pairs, config = test_pairs(model)
    kinds = ("float16", "uint8") if translator.weights_dtype == "float16" else ("none", "float16", "uint8")
    for kind in kinds:
        row = {"model": translator.name, "weights": "float32" if kind == "none" else kind,
               "parameters": translator.parameters, **measured_bundle(translator, kind, pairs, config, sentences)}
        print(json.dumps(row), flush=True)
        yield row


def test_pairs(model):
    """A model's test set and the settings of its evaluation."""
    from keras_s2s.config import load_config
    from keras_s2s.data.pairs import read_pairs
    from keras_s2s.model_path import find_model
    from keras_s2s.training.data_sets import load_data_sets

    if model == "dates":  # whose data is made anew from its preset
        config = load_config(model)
        return load_data_sets(config, None).split.test, config.evaluation
    directory, _ = find_model(model)
    return read_pairs(directory / "data" / "test.tsv"), load_config(directory / "config.yaml").evaluation


def measured_bundle(translator, kind, pairs, config, sentences):
    """Bytes, scores and the comparison in Node of one bundle."""
    from keras_s2s.evaluation import score_pairs
    from keras_s2s.export.browser_check import answers_in_node, difference_of

    rounded = translator.quantized(kind)
    with tempfile.TemporaryDirectory() as folder:
        page = translator.export_tfjs(Path(folder) / "page", quantize=kind)
        found = {"site_size": bytes_of(page), "model_size": bytes_of(page / "model")}
        texts = [source for source, _ in pairs[:sentences]]
        others = answers_in_node(page / "model", texts, loops=("step",), seconds=3600)["step"]
    answers = rounded(texts)
    differences = [difference for answer, other in zip(answers, others, strict=True)
                   if (difference := difference_of(rounded, answer, other))]
    same = sum(answer.tokens == other["tokens"] for answer, other in zip(answers, others, strict=True))
    scores = score_pairs(rounded, pairs, config.metrics, config.bleu_tokenize).to_dict(worst=0)
    return {**found, "test_sentences": len(pairs), "compared": len(texts), "same_tokens": same,
            "differences": differences, **scores}


def bytes_of(folder):
    """`{"bytes", "gzipped"}` of all files of a folder."""
    contents = [path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()]
    return {"bytes": sum(map(len, contents)), "gzipped": sum(len(gzip.compress(one, mtime=0)) for one in contents)}


def table(result):
    """The rows in Markdown."""
    lines = ["| model | weights | model/, MB | gzipped | with page and backends, MB | gzipped | quality "
             "| same answers in Node |",
             "|---|---|---|---|---|---|---|---|"]
    for row in result["bundles"]:
        sizes = " | ".join(f"{row[part][kind] / 1e6:.2f}" for part in ("model_size", "site_size")
                           for kind in ("bytes", "gzipped"))
        lines.append(f"| {row['model']} | {LABELS[row['weights']]} | {sizes} | {quality(row)} | "
                     f"{row['same_tokens']} of {row['compared']} |")
    notes = [f"{result['date']}. Quality: Python with the bundle's numbers, greedy, the whole test set "
             f"({', '.join(f'{name} {count:,}' for name, count in counts(result).items())})."]
    notes += sorted({f"BLEU: {row['bleu']['signature']}" for row in result["bundles"] if "bleu" in row})
    return "\n".join([*lines, "", *notes, ""])


def counts(result):
    """Sentences of each model's test set."""
    return {row["model"]: row["test_sentences"] for row in result["bundles"]}


def quality(row):
    """BLEU where it was measured, else exact match."""
    if "bleu" in row:
        return f"{row['bleu']['score']:.2f} BLEU"
    return f"{100 * row['exact_match']:.1f} % exact match"


if __name__ == "__main__":
    main()
