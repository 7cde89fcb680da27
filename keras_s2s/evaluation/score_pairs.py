"""A translator's translations of pairs, scored."""

from keras_s2s.data.split import group_references
from keras_s2s.evaluation.evaluate import evaluate


def score_pairs(translator, pairs, metrics, tokenize, groups=None, **options):
    """Translates the sources of pairs and scores the answers.

    Args:
        translator: called with a list of sources.
        pairs: list of `(source, target)`; all targets of one source are its references.
        metrics, tokenize: as for `evaluate`.
        groups: as for `evaluate`, one name a pair; each pair is then an item of its own.
        **options: how to decode, for the translator: `beam_size=5` ...

    Returns:
        an `EvaluationResult`.
    """
    grouped = [(source, [target]) for source, target in pairs] if groups else group_references(pairs)
    sources, references = [source for source, _ in grouped], [targets for _, targets in grouped]
    answers = [str(answer) for answer in translator(sources, **options)]
    return evaluate(sources, answers, references, metrics=metrics, tokenize=tokenize, groups=groups)
