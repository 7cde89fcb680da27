"""Small pieces of HTML that several tabs use. Whatever comes from users or models is escaped here."""

import logging
from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

from keras_s2s.errors import UserError

_LOG = logging.getLogger("keras_s2s.demo")


def place(gr: Any, html: str, **options: Any) -> Any:
    """Puts our own HTML into the page, without Gradio's style for texts: `style.css` has ours."""
    return gr.HTML(html, apply_default_css=False, **options)


def hint(text: str) -> str:
    """Stands where a result will be, and says which."""
    return f'<p class="s2s-hint">{escape(text)}</p>'


def lead(text: str) -> str:
    """The sentence at the top of a tab that says what one sees there."""
    return f'<p class="s2s-lead">{escape(text)}</p>'


def problem(error: BaseException) -> str:
    """Says in place of a result why there is none: a `UserError` in its three parts.

    Anything else is our mistake: the log has it, the page says only that.
    """
    if isinstance(error, UserError):
        first, *others = str(error).split("\n")
    else:
        _LOG.error("the demo failed", exc_info=error)
        first, *others = "Something went wrong here, not with your text.", "The log of the demo has the details."
    told = "".join(f"<p>{escape(line)}</p>" for line in others)
    return f'<div class="s2s-problem" role="alert"><p><b>{escape(first)}</b></p>{told}</div>'


def cut_note(tokens: Sequence[str]) -> str:
    """Says that the model read only the beginning of a text.

    Args:
        tokens: What it read, with the end token.
    """
    return (
        f'<p class="s2s-cut" role="note"><b>The model read only the beginning of this text,</b> its first '
        f"{len(tokens) - 1:,} tokens: it never reads more. What stands behind them has no say here.</p>"
    )


def percent(share: float) -> str:
    """A share of 1 as plain text, `"99.1 %"`."""
    return f"{100 * share:.1f} %" if share >= 0.001 else "< 0.1 %"


def isolated(text: str) -> str:
    """A text on its own: one that runs from right to left leaves what stands around it in its order."""
    return f"<bdi>{escape(text)}</bdi>"


def table(
    headers: Sequence[str], rows: Iterable[Sequence[str]], label: str, numbers: Iterable[int] = (), style: str = ""
) -> str:
    """A table.

    Args:
        headers: The columns' names, plain text; empty for none.
        rows: The cells of each row, HTML.
        label: What the table holds, for screen readers.
        numbers: The columns that hold numbers, from 0.
        style: A further class.
    """
    right = set(numbers)

    def cell(place: int, content: str, tag: str) -> str:
        style = ' class="s2s-number"' if place in right else ""
        scope = ' scope="col"' if tag == "th" else ""
        return f"<{tag}{scope}{style}>{content}</{tag}>"

    head = "".join(cell(place, escape(name), "th") for place, name in enumerate(headers))
    body = "".join(
        f"<tr>{''.join(cell(place, content, 'td') for place, content in enumerate(row))}</tr>" for row in rows
    )
    named = f"<thead><tr>{head}</tr></thead>" if headers else ""
    return (
        f'<div class="s2s-scroll"><table class="s2s-table {style}" aria-label="{escape(label)}">'
        f"{named}<tbody>{body}</tbody></table></div>"
    )
