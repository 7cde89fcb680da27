"""Evaluates translations against references: scores of the whole, of each group and of each item.

    >>> result = evaluate(["3/4/1999"], ["1999-04-03"], [["1999-04-03"]], metrics=["exact_match"])
    >>> result.exact_match
    1.0

TensorFlow is not needed: hypotheses may come from anywhere.
"""

import difflib
from collections.abc import Iterable, Mapping, Sequence

from keras_s2s.errors import UserError
from keras_s2s.evaluation.item_score import ItemScore
from keras_s2s.evaluation.result import EvaluationResult
from keras_s2s.evaluation.text_scores import (
    bleu,
    character_edits,
    chrf,
    error_rate,
    exact_matches,
    item_chrf,
)

METRICS = ("exact_match", "character_error_rate", "bleu", "chrf")
"""The scores that `evaluate` knows, by name."""


def evaluate(
    sources: Sequence[str],
    hypotheses: Sequence[str],
    references: Sequence[Sequence[str] | str],
    *,
    metrics: Iterable[str] = METRICS,
    tokenize: str = "13a",
    groups: Mapping[str, Sequence[str]] | None = None,
) -> EvaluationResult:
    """Scores hypotheses against references.

    Args:
        sources: The inputs, for the list of the worst items.
        hypotheses: One output a source.
        references: One or more right outputs a source; a plain string is one reference.
        metrics: Which scores to compute, from `METRICS`. Each item has its exact match and character error
            rate in any case.
        tokenize: BLEU's tokenizer: `"13a"` for raw text, `"none"` for text that is tokenised already.
        groups: Ways of grouping, each with one group's name an item, e.g. `{"language": ["de", "en", ...]}`;
            the result then has the accuracy in each group. `keras_s2s.data.dates.date_groups` makes them.

    Returns:
        The scores; `.to_dict()` for JSON.

    Raises:
        UserError: Where there are no items, the numbers of items differ, an item has no reference, or a
            metric or tokenizer is unknown.
    """
    metrics = checked_metrics(metrics)
    groups = dict(groups or {})
    own_references = [(own,) if isinstance(own, str) else tuple(own) for own in references]
    _check_items(sources, hypotheses, own_references, groups)

    exact = exact_matches(hypotheses, own_references)
    edits = character_edits(hypotheses, own_references)
    chrf_of_items = item_chrf(hypotheses, own_references) if "chrf" in metrics else [None] * len(sources)
    items = tuple(
        ItemScore(source, hypothesis, own, is_exact, error_rate(*edited), item_score)
        for source, hypothesis, own, is_exact, edited, item_score in zip(
            sources, hypotheses, own_references, exact, edits, chrf_of_items, strict=True
        )
    )
    total_edits, total_length = (sum(counts) for counts in zip(*edits, strict=True))
    return EvaluationResult(
        items=items,
        exact_match=sum(exact) / len(exact) if "exact_match" in metrics else None,
        character_error_rate=error_rate(total_edits, total_length)
        if "character_error_rate" in metrics
        else None,
        bleu=bleu(hypotheses, own_references, tokenize) if "bleu" in metrics else None,
        chrf=chrf(hypotheses, own_references) if "chrf" in metrics else None,
        groups={grouping: count_right(names, exact) for grouping, names in groups.items()},
    )


def checked_metrics(metrics: Iterable[str]) -> tuple[str, ...]:
    """The names of known metrics, without repetition.

    Raises:
        UserError: For an unknown name, with the nearest known one.
    """
    metrics = tuple(dict.fromkeys(metrics))
    for name in metrics:
        if name not in METRICS:
            nearest = difflib.get_close_matches(name, METRICS, n=1, cutoff=0.4)
            raise UserError(
                f"the metric {name!r} is not known",
                f"expected some of {', '.join(METRICS)}",
                f"did you mean {nearest[0]}?" if nearest else "choose from these",
            )
    return metrics


def count_right(names: Sequence[str], exact: Sequence[bool]) -> dict[str, tuple[int, int]]:
    """For each group `(right, all)`, the groups sorted by name.

    >>> count_right(["en", "de", "de"], [True, True, False])
    {'de': (1, 2), 'en': (1, 1)}
    """
    counts: dict[str, tuple[int, int]] = {}
    for name, is_right in zip(names, exact, strict=True):
        right, count = counts.get(name, (0, 0))
        counts[name] = (right + is_right, count + 1)
    return dict(sorted(counts.items()))


def _check_items(
    sources: Sequence[str],
    hypotheses: Sequence[str],
    references: Sequence[Sequence[str]],
    groups: Mapping[str, Sequence[str]],
) -> None:
    counts = {"sources": len(sources), "hypotheses": len(hypotheses), "references": len(references)}
    counts |= {f"names of {grouping}": len(names) for grouping, names in groups.items()}
    if len(set(counts.values())) > 1:
        told = ", ".join(f"{count} {name}" for name, count in counts.items())
        raise UserError(
            f"the set to evaluate has {told}",
            "expected the same number of each",
            "give one hypothesis and one list of references for each source",
        )
    if not sources:
        raise UserError(
            "the set to evaluate is empty",
            "expected one item or more",
            "check the file or the split it came from",
        )
    for number, own in enumerate(references, start=1):
        if not own:
            raise UserError(
                f"item {number} ({sources[number - 1]!r}) has no reference",
                "expected one or more references an item",
                "add one, or leave the item out",
            )
