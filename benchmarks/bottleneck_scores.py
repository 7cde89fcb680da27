"""BLEU of the joined captions, of the whole test set and by the length of the source."""

from collections.abc import Sequence

from joined_captions import MOST_WORDS, Pair, count_words
from sacrebleu.metrics import BLEU

BIN_WIDTH = 10
RESAMPLES = 1000
"""Of the items of a test set, for sacreBLEU's bootstrap (Koehn 2004)."""


def length_bins(pairs: Sequence[Pair]) -> list[dict]:
    """How many pairs have a source of 1-10, 11-20, ... 51-60 words: `{"words": [1, 10], "items": 397}` each."""
    counts = [count_words(source) for source, _ in pairs]
    return [{"words": [first, first + BIN_WIDTH - 1], "items": sum(bin_of(count) == number for count in counts)}
            for number, first in enumerate(range(1, MOST_WORDS + 1, BIN_WIDTH))]


def bin_of(words: int) -> int:
    """The index of the bin that a source of so many words falls into."""
    return (words - 1) // BIN_WIDTH


def scores(pairs: Sequence[Pair], translations: Sequence[str]) -> dict:
    """Scores translations of test pairs.

    Args:
        pairs: Tokenised texts, one reference a source.
        translations: One a pair.

    Returns:
        `"signature"` of sacreBLEU, `"bleu"` of all pairs, and `"bleu_by_length"`, one for each of `length_bins`,
        None for an empty one; each BLEU as `{"score", "low", "high"}`, the last two the bootstrap's 95 % interval.
    """
    items = list(zip(pairs, translations, strict=True))
    by_length = []
    for number in range(len(length_bins(pairs))):
        chosen = [item for item in items if bin_of(count_words(item[0][0])) == number]
        by_length.append(_bleu(chosen)[0] if chosen else None)
    bleu, signature = _bleu(items)
    return {"signature": signature, "bleu": bleu, "bleu_by_length": by_length}


def _bleu(items: Sequence[tuple[Pair, str]]) -> tuple[dict[str, float], str]:
    metric = BLEU(tokenize="none", force=True)  # `force`: that the text is tokenised already is meant so
    score = metric.corpus_score([translation for _, translation in items],
                                [[target for (_, target), _ in items]], n_bootstrap=RESAMPLES)
    mean, half_width = score._mean, score._ci  # sacreBLEU has no public names for them
    rounded = {"score": score.score, "low": max(0.0, mean - half_width), "high": mean + half_width}
    return {name: round(value, 2) for name, value in rounded.items()}, str(metric.get_signature())


def over_seeds(runs: Sequence[dict | None]) -> dict[str, float] | None:
    """One point for a table or a picture from the BLEU of one seed or several.

    Args:
        runs: The BLEU of each seed, as `scores` gives it.

    Returns:
        `{"score", "low", "high"}`: for one seed as given; for several the mean, the least and the greatest score.
        None where there is no score.
    """
    found = [run for run in runs if run is not None]
    if len(found) < 2:
        return found[0] if found else None
    values = [run["score"] for run in found]
    return {"score": round(sum(values) / len(values), 2), "low": min(values), "high": max(values)}
