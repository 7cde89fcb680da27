"""A comparison as HTML: scores, BLEU by length, the translations side by side."""

import difflib
from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from keras_s2s.demo.page_html import isolated, lead, table

if TYPE_CHECKING:
    from keras_s2s.demo.comparison import Comparison

_MOST_ROWS = 20


def scores_html(found: "Comparison") -> str:
    """The scores of both models, with what it takes to compute them again."""
    if found.results is None:
        return lead("Without references there is nothing to score. Write “text TAB reference” in each line for BLEU.")
    rows = []
    for name, result in zip(found.names, found.results, strict=True):
        assert result.bleu is not None and result.chrf is not None and result.exact_match is not None
        exact = f"{100 * result.exact_match:.1f} %"
        rows.append((escape(name), f"{result.bleu.score:.1f}", f"{result.chrf.score:.1f}", exact))
        signature = escape(result.bleu.signature)
    scores = table(["model", "BLEU", "chrF", "exact match"], rows, "Scores", (1, 2, 3))
    told = f"{len(found.sources):,} sources. BLEU’s signature: <code>{signature}</code>"
    return f'{scores}<p class="s2s-caption">{told}</p>'


def lengths_html(found: "Comparison") -> str:
    """The numbers behind the picture of BLEU by length."""
    first, second = found.names
    rows = [
        (one.label, str(one.count), f"{one.bleu[0]:.1f}", f"{one.bleu[1]:.1f}", f"{100 * one.exact_match[0]:.1f} %",
         f"{100 * one.exact_match[1]:.1f} %")
        for one in found.classes
    ]
    headers = [found.unit, "sources", f"BLEU, {first}", f"BLEU, {second}", f"exact, {first}", f"exact, {second}"]
    return table(headers, rows, "Scores by length of the source", range(6)) if rows else ""


def answers_html(found: "Comparison") -> str:
    """The translations side by side, those first that differ, with the differences marked."""
    places = sorted(range(len(found.sources)), key=lambda place: found.answers[0][place] == found.answers[1][place])
    differing = sum(one != other for one, other in zip(*found.answers, strict=True))
    rows = []
    for place in places[:_MOST_ROWS]:
        first, second = (texts[place] for texts in found.answers)
        row = [isolated(found.sources[place]), marked(first, second), marked(second, first)]
        rows.append(row if found.references is None else [*row, isolated(found.references[place][0])])
    headers = ["text", *found.names] + (["reference"] if found.references is not None else [])
    shown = f" The first {_MOST_ROWS} are shown." if len(places) > _MOST_ROWS else ""
    told = f"{differing} of {len(places)} translations differ.{shown}"
    return f"<h3>What they wrote</h3>{lead(told)}{table(headers, rows, 'Translations', style='s2s-wide')}"


def marked(text: str, other: str) -> str:
    """HTML of a text, in which the words are marked that another one has not; of single words the characters."""
    if not text:
        return isolated("")
    parts, others = _parts(text), _parts(other)
    if " " not in text and " " not in other:
        parts, others = list(text), list(other)
    found = difflib.SequenceMatcher(None, parts, others, autojunk=False).get_opcodes()
    shown = (
        escape("".join(parts[start:end])) if tag == "equal" else f"<mark>{escape(''.join(parts[start:end]))}</mark>"
        for tag, start, end, _, _ in found if start < end
    )
    return f"<bdi>{''.join(shown)}</bdi>"


def _parts(text: str) -> Sequence[str]:
    """Words, each with the space behind it."""
    return [f"{word} " for word in text.split(" ")[:-1]] + text.split(" ")[-1:]
