"""Minimum Bayes risk: the text that agrees best with all others, rather than the likeliest one."""

import math
from collections.abc import Sequence

from keras_s2s.errors import UserError


def minimum_bayes_risk(texts: Sequence[str], weights: Sequence[float] | None = None) -> tuple[list[int], list[float]]:
    """Ranks translations of one source by how much they agree with one another.

    Each text is a hypothesis, and all texts, itself included, are its references: its expected utility is the mean of
    its utilities, weighted by how probable the references are (Kumar and Byrne 2004; from samples as in Eikema and Aziz
    2020). The utility is chrF2 of the sentence (Popović 2015) as sacreBLEU computes it, from 0 to 100. A text without
    characters has 0 with every text, also with itself.

    Args:
        texts: One or more texts, e.g. samples. A text that occurs three times counts three times and is scored once.
        weights: One for each text, none negative; only their proportions matter. Give probabilities with the distinct
            texts of an n-best list. Defaults to the same for each, which is right for samples: what is probable is
            drawn often.

    Returns:
        `(order, expected)`: the texts' places, best first, of equals the earlier; and the expected utility of each
        text, in the order of `texts`.

    Raises:
        UserError: There are no texts; or the weights are not as many, negative, not finite, or all 0.

    >>> order, expected = minimum_bayes_risk(["the cat", "a cat", "the cat", "xyz"])
    >>> order, [round(value) for value in expected]
    ([0, 2, 1, 3], [61, 41, 61, 25])
    """
    from sacrebleu.metrics import CHRF

    weights = _checked(texts, weights)
    share: dict[str, float] = dict.fromkeys(texts, 0.0)
    for text, weight in zip(texts, weights, strict=True):
        share[text] += weight
    # One metric a reference: it counts the reference's n-grams once for all hypotheses.
    metrics = {text: CHRF(references=[[text]]) for text in share}
    total = math.fsum(share.values())
    # `fsum` does not depend on the order, so that texts of the same utilities are equals to the last digit.
    expected = {text: math.fsum(weight * metrics[reference].corpus_score([text], None).score
                                for reference, weight in share.items() if weight) / total for text in share}
    order = sorted(range(len(texts)), key=lambda place: -expected[texts[place]])
    return order, [expected[text] for text in texts]


def _checked(texts: Sequence[str], weights: Sequence[float] | None) -> list[float]:
    if isinstance(texts, str) or not texts:
        raise UserError("there are no texts to choose from" if not texts else "one string was given",
                        "expected a list of one or more texts", "give the translations of one source")
    if weights is None:
        return [1.0] * len(texts)
    if len(weights) != len(texts):
        raise UserError(f"there are {len(weights)} weights for {len(texts)} texts", "expected one for each",
                        "give as many, or none")
    weights = [float(weight) for weight in weights]
    if not any(weights) or not all(math.isfinite(weight) and weight >= 0 for weight in weights):
        raise UserError(f"the weights are {', '.join(map(str, weights))}",
                        "expected finite numbers from 0, one of them above 0",
                        "give probabilities: exp(log_prob), not log_prob")
    return weights
