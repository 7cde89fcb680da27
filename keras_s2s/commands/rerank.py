"""`keras-s2s rerank`."""

from keras_s2s.data.lines import read_lines
from keras_s2s.errors import UserError
from keras_s2s.model_path import find_model
from keras_s2s.noise import start_tensorflow
from keras_s2s.reranking import format_n_best, read_n_best, rerank


def run_rerank(model, n_best, source, weight):
    """Prints an n-best list with its scores combined with the model's mean log-probability of a token.

    Args:
        model: a path or name.
        n_best: the file with lines `line ||| text ||| score`.
        source: the file of sources.
        weight: the model's, from 0 to 1.

    Raises:
        UserError: for a list whose lines are not in the file of sources, and whatever `read_n_best` and `rerank` raise.
    """
    entries, sources = read_n_best(n_best), read_lines(source)
    for entry in entries:
        if entry.line >= len(sources):
            raise UserError(f"{n_best} has translations of line {entry.line}, {source} has {len(sources)} lines",
                            "expected a source for each, counted from 0", "give the file that was translated")
    find_model(model)
    start_tensorflow()
    from keras_s2s.translator import Translator

    scored = Translator.load(model).score([sources[entry.line] for entry in entries], [entry.text for entry in entries])
    log_probs, lengths = [one["log_prob"] for one in scored], [len(one["token_log_probs"]) for one in scored]
    for entry in rerank(entries, log_probs, lengths, weight):
        print(format_n_best(entry))
