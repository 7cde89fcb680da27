"""A translation as the demo's page and its endpoint give it."""

from html import escape
from typing import TYPE_CHECKING, Any

from keras_s2s.demo.heat_map import heat_map

if TYPE_CHECKING:
    from keras_s2s.translation import Translation
    from keras_s2s.translator import Translator


def about(translator: "Translator") -> str:
    """HTML that says what a model does, in its own words."""
    return f'<p class="s2s-about">{escape(translator.description or "")}</p>'


def hint() -> str:
    """HTML that stands where the attention will be."""
    return (
        '<p class="s2s-hint">The attention appears here: which part of the text each token of the '
        "translation looked at.</p>"
    )


def problem(message: str) -> str:
    """HTML that says, in place of a result, why there is none. Line breaks in the message are kept."""
    return f'<p class="s2s-hint s2s-problem" role="alert">{escape(message)}</p>'


def details(result: "Translation") -> str:
    """HTML with the score, the log-probability, the number of tokens and the attention."""
    tokens = len(result.tokens)
    if not tokens:
        return '<p class="s2s-hint">The translation is empty: there is nothing to look at.</p>'
    attention = '<p class="s2s-hint">This model has no attention to look at.</p>'
    if result.has_attention:
        table = heat_map(result.source_tokens, result.tokens, result.attention)
        attention = (
            '<p class="s2s-caption">Each row is a token of the translation, each column one of the text: the '
            f"stronger the colour, the more weight.</p>{table}"
        )
    return (
        '<p class="s2s-facts"><span title="the mean log-probability of a token; 0 is the highest">score '
        f"<b>{result.score:.4f}</b></span><span>log-probability <b>{result.log_prob:.3f}</b></span>"
        f"<span><b>{tokens}</b> {'token' if tokens == 1 else 'tokens'}</span></p>{attention}"
    )


def as_json(result: "Translation") -> dict[str, Any]:
    """What the endpoint returns: plain numbers and lists, tokens as strings, the attention row by row."""
    return {
        "translation": result.text,
        "score": float(result.score),
        "log_prob": float(result.log_prob),
        "source_tokens": list(result.source_tokens),
        "target_tokens": list(result.tokens),
        "token_log_probs": [float(value) for value in result.token_log_probs],
        "attention": [[float(weight) for weight in row] for row in result.attention],
    }
