"""A translation as the demo's page and its endpoint give it."""

import math
from html import escape
from typing import TYPE_CHECKING, Any

from keras_s2s.demo.heat_map import heat_map
from keras_s2s.demo.page_html import cut_note, hint, isolated, percent, table

if TYPE_CHECKING:
    from keras_s2s.translation import Translation


def details(result: "Translation") -> str:
    """HTML with the score, the log-probability, the number of tokens, the n-best list and the attention; and that the
    model read only the beginning, where it did."""
    cut = cut_note(result.source_tokens) if result.truncated else ""
    return cut + _of_tokens(result)


def _of_tokens(result: "Translation") -> str:
    tokens = len(result.tokens)
    if not tokens:
        return hint("The translation is empty: there is nothing to look at.")
    beside = f"<section>{attention_html(result)}</section>{_n_best(result)}"
    return f'{_facts(result)}<div class="s2s-beside">{beside}</div>'


def attention_html(result: "Translation") -> str:
    """HTML with the attention as a heat map, or that there is none."""
    if not result.has_attention:
        return hint("This model has no attention to look at.")
    return (
        '<h3>Where it looked</h3><p class="s2s-caption">Each row is a token of the translation, each column one of '
        "the text: the stronger the colour, the more weight.</p>"
        f"{heat_map(result.source_tokens, result.tokens, result.attention)}"
    )


def as_json(result: "Translation") -> dict[str, Any]:
    """What the endpoint returns: plain numbers and lists, tokens as strings, the attention row by row.

    `truncated`: whether the model read only the beginning of the text; None for a SavedModel, which does not tell.
    """
    answer = {
        "translation": result.text,
        "score": float(result.score),
        "log_prob": float(result.log_prob),
        "source_tokens": list(result.source_tokens),
        "truncated": result.truncated,
        "target_tokens": list(result.tokens),
        "token_log_probs": [float(value) for value in result.token_log_probs],
        "attention": [[float(weight) for weight in row] for row in result.attention],
    }
    if result.n_best:
        answer["n_best"] = [
            {"translation": one.text, "score": float(one.score), "log_prob": float(one.log_prob)}
            for one in result.n_best
        ]
    return answer


def _facts(result: "Translation") -> str:
    tokens = len(result.tokens)
    return (
        '<p class="s2s-facts"><span title="What the search ranked by: 0 is the highest.">score '
        f'<b>{result.score:.4f}</b></span><span title="The sum over the tokens, natural logarithm.">log-probability '
        f"<b>{result.log_prob:.3f}</b></span><span><b>{tokens}</b> {'token' if tokens == 1 else 'tokens'}</span></p>"
    )


def _n_best(result: "Translation") -> str:
    if len(result.n_best) < 2:
        return ""
    rows = [
        (str(rank), isolated(one.text), f"{one.score:.4f}", escape(percent(math.exp(one.log_prob))))
        for rank, one in enumerate(result.n_best, start=1)
    ]
    return (
        "<section><h3>What the beam found</h3>"
        '<p class="s2s-caption">Ranked by the score, the mean log-probability of a token: a sum would favour short '
        "translations.</p>"
        + table(["", "translation", "score", "probability"], rows, "n-best list", (0, 2, 3))
        + "</section>"
    )

