"""What a finished run leaves behind: scores, results.json, card.md, the next commands."""

import datetime
import json
import platform
import shlex

from keras_s2s.evaluation import print_evaluation, score_pairs
from keras_s2s.files import write_atomically

FORMAT_VERSION = 1


def report(translator, config, data_sets, state, left_out, out, console, command):
    """Scores dev and test, prints the test scores with the worst items, writes `card.md` and `results.json`.

    `left_out`: by part, why pairs were left out to how many.
    """
    results = {
        "format_version": FORMAT_VERSION, "name": config.name, "command": command or "keras_s2s.train(...)",
        "seed": config.training.seed, "minutes": round(state.minutes, 2), "epochs": state.epoch,
        "best_epoch": state.best_epoch, "parameters": translator.parameters,
        "pairs": {part: len(getattr(data_sets.split, part)) for part in ("train", "dev", "test")},
        "left_out": {part: sum(counts.values()) for part, counts in left_out.items()},
        "date": datetime.date.today().isoformat(), "versions": versions()}
    for part in ("dev", "test"):
        scored = score(translator, getattr(data_sets.split, part), config, data_sets.groups.get(part))
        if scored is None:
            continue
        results[part] = scored.to_dict(worst=config.evaluation.worst if part == "test" else 0)
        if part == "test":
            print_evaluation(scored, console, title="test", worst=config.evaluation.worst)
    results["history"] = state.history
    # results.json last: it says that the run is finished.
    write_atomically(out / "card.md", card(config, results))
    write_atomically(out / "results.json", json.dumps(results, indent=1, ensure_ascii=False) + "\n")
    size = (out / "weights.npz").stat().st_size / 1e6
    console.print(f"\nModel: {out}, {translator.parameters:,} parameters, {size:.1f} MB, "
                  f"{state.epoch} epochs in {state.minutes:.1f} minutes (best: {state.best_epoch}).", highlight=False,
                  soft_wrap=True)
    example = (translator.examples or ["..."])[0]
    console.print("Next:\n"
                  f"  keras-s2s translate {out} {shlex.quote(example)} --alignments\n"
                  f"  keras-s2s export {out} --saved-model serving --tfjs page",
                  highlight=False, markup=False, soft_wrap=True)


def score(translator, pairs, config, groups=None):
    """The configuration's metrics for pairs; all targets of one source are its references. `None` without pairs."""
    if not pairs:
        return None
    return score_pairs(translator, pairs, config.evaluation.metrics, config.evaluation.bleu_tokenize, groups)


def card(config, results):
    """The model card, Markdown."""
    lines = [f"# {config.name}", "", config.description, "",
             f"- Trained with `{results['command']}`, seed {results['seed']}, {results['epochs']} epochs in "
             f"{results['minutes']} minutes on {results['date']}.",
             f"- {results['parameters']:,} parameters; {results['pairs']['train']:,} training pairs.", "",
             "| set | items | metric | score |", "|---|---|---|---|"]
    for part in ("dev", "test"):
        scores = results.get(part, {})
        for name in ("exact_match", "character_error_rate", "bleu", "chrf"):
            if name in scores:
                value = scores[name]
                shown = (f"{value['score']:.2f} (`{value['signature']}`)" if isinstance(value, dict)
                         else f"{100 * value:.2f} %")
                lines.append(f"| {part} | {scores['count']} | {name.replace('_', ' ')} | {shown} |")
    return "\n".join(lines) + "\n"


def versions():
    """Versions of what the numbers depend on."""
    import keras
    import numpy as np
    import sentencepiece
    import tensorflow as tf

    import keras_s2s

    packages = {"keras_s2s": keras_s2s, "keras": keras, "tensorflow": tf, "numpy": np, "sentencepiece": sentencepiece}
    return {"python": platform.python_version(), **{name: own.__version__ for name, own in packages.items()}}
