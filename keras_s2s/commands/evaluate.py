"""`keras-s2s evaluate` and `keras-s2s score`."""

import json as json_format
import math
import sys

from rich.console import Console

from keras_s2s.data.pairs import parse_columns, read_pairs, read_parallel
from keras_s2s.errors import UserError
from keras_s2s.evaluation import METRICS, checked_metrics, print_evaluation, score_pairs
from keras_s2s.model_path import find_model
from keras_s2s.noise import start_tensorflow


def run_evaluate(model, data, source, target, columns, header, metrics, tokenize, worst, as_json, beam=1):
    """Translates the sources, scores against all references of each, prints a table or JSON."""
    names = checked_metrics(metrics.split(",")) if metrics else None
    pairs = _pairs(data, source, target, columns, header)
    find_model(model)
    start_tensorflow(many_batches=True)
    from keras_s2s.translator import Translator

    translator = Translator.load(model)
    settings = (translator.config or {}).get("evaluation", {})
    result = score_pairs(translator, pairs, metrics=names or settings.get("metrics", METRICS),
                         tokenize=tokenize or settings.get("bleu_tokenize", "13a"), beam_size=beam)
    if as_json:
        print(json_format.dumps(result.to_dict(worst=worst), ensure_ascii=False))
    else:
        print_evaluation(result, Console(), title=str(data or source), worst=worst)


def run_score(model, data, source, target, columns, header, as_json):
    """Prints each pair's log-probability (natural logarithm, end token included), in order; at the end, on standard
    error, the perplexity of all."""
    pairs = _pairs(data, source, target, columns, header)
    find_model(model)
    start_tensorflow()
    from keras_s2s.translator import Translator

    answers = Translator.load(model).score([pair[0] for pair in pairs], [pair[1] for pair in pairs])
    for (source_text, target_text), answer in zip(pairs, answers, strict=True):
        if as_json:
            answer = {**answer, "attention": [[float(value) for value in row] for row in answer["attention"]]}
            print(json_format.dumps({"source": source_text, "target": target_text, **answer}, ensure_ascii=False))
        else:
            print(f"{answer['log_prob']:.6f}")
    tokens = sum(len(answer["token_log_probs"]) for answer in answers)
    perplexity = math.exp(-sum(answer["log_prob"] for answer in answers) / max(tokens, 1))
    print(f"perplexity {perplexity:.4f} over {tokens:,} tokens of {len(pairs):,} pairs, end tokens included",
          file=sys.stderr)


def _pairs(data, source, target, columns, header):
    if bool(data) == bool(source) or bool(source) != bool(target):
        raise UserError("the pairs are not clear" if data or source or target else "no pairs were given",
                        "expected --data FILE, or --source FILE and --target FILE", "give one of the two")
    if data:
        return read_pairs(data, parse_columns(columns) if columns else None, header)
    return read_parallel(source, target)
