"""A run before and after an intervention, side by side."""

from collections.abc import Collection, Sequence
from html import escape
from typing import TYPE_CHECKING

from keras_s2s.demo.heat_map import heat_map
from keras_s2s.demo.page_html import cut_note, hint, isolated
from keras_s2s.plots.tokens import visible

if TYPE_CHECKING:
    from keras_s2s.intervention import Intervention
    from keras_s2s.trace import Trace

_WIDTH = 430  # of one side in CSS pixels


def compared(intervention: "Intervention", done: Sequence[str]) -> str:
    """HTML with both runs, changed tokens marked.

    Args:
        intervention: The two runs.
        done: What was changed, in words.
    """
    before, after = intervention.before, intervention.after
    changed, removed = intervention.changed, intervention.removed
    number, total = (max(len(one), len(other)) for one, other in (
        (changed, removed), (before.target_tokens, after.target_tokens)))
    verdict = (
        f"<b>{number} of {total} tokens</b> came out other than before." if number
        else "<b>Nothing changed</b> in what it wrote."
    )
    listed = "".join(f"<li>{escape(sentence)}</li>" for sentence in done)
    return (
        f'<div class="s2s-verdict"><ul>{listed}</ul><p>{verdict}</p></div><div class="s2s-sides">'
        f'{_side("Before", before, removed, "s2s-removed")}{_side("After", after, changed, "s2s-changed")}</div>'
    )


def alone(trace: "Trace") -> str:
    """HTML with the run that nobody has changed yet."""
    return (
        f'<div class="s2s-sides">{_side("As the model wrote it", trace, (), "")}'
        f'{hint("The changed run appears here, with every token marked that came out other than before.")}</div>'
    )


def _side(title: str, trace: "Trace", marked: Collection[int], style: str) -> str:
    tokens = "".join(_token(place, trace, place in marked, style) for place in range(len(trace.target_tokens)))
    if trace.weights is None:
        picture = hint("This model has no attention to look at.")
    elif trace.target_tokens:
        picture = heat_map(trace.source["tokens"], trace.target_tokens, trace.weights, _WIDTH)
    else:
        picture = ""
    reads = f'<p class="s2s-caption">reads {isolated(trace.source["text"])}</p>'
    if trace.source["truncated"]:
        reads += cut_note(trace.source["tokens"])
    return f'<section><h3>{escape(title)}</h3>{reads}<ol class="s2s-tokens" dir="auto">{tokens}</ol>{picture}</section>'


def _token(place: int, trace: "Trace", is_marked: bool, style: str) -> str:
    step = trace.steps[place]
    chance = next((one["probability"] for one in step.top_k if one["token"] == step.token), None)
    note = f"step {place + 1}" + ("" if chance is None else f", probability {chance:.3f}")
    forced = bool(step.overridden) and "token" in step.overridden
    classes = [style] if is_marked else []
    if forced:
        classes.append("s2s-forced")
        note += ", forced"
    # Not by colour alone: for screen readers, and for who sees colours otherwise.
    spoken = '<span class="s2s-spoken"> changed</span>' if is_marked else ""
    return f'<li class="{" ".join(classes)}" title="{note}"><bdi>{escape(visible(step.token))}</bdi>{spoken}</li>'
