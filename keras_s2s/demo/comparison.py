"""Two models on the same texts: what they wrote, and how near it came to the references, by the source's length."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from keras_s2s.data.split import group_references
from keras_s2s.errors import UserError
from keras_s2s.evaluation import EvaluationResult, evaluate
from keras_s2s.evaluation.text_scores import bleu

if TYPE_CHECKING:
    from keras_s2s.demo.model_desk import ModelDesk

_CLASSES = 5
_METRICS = ("bleu", "chrf", "exact_match")


@dataclass(frozen=True)
class LengthClass:
    """Sources of similar length, and how both models do on them.

    Attributes:
        label: From which length to which, for example `"4-7"`.
        count: How many sources.
        bleu: BLEU of each model, 0 to 100.
        exact_match: The fraction of right answers of each model.
    """

    label: str
    count: int
    bleu: tuple[float, float]
    exact_match: tuple[float, float]


@dataclass(frozen=True)
class Comparison:
    """What two models made of the same texts.

    Attributes:
        names: The models, with their beam size where the names alone would not tell them apart.
        sources: The texts.
        answers: The translations of each model, in order.
        references: For each text its references; None where there are none.
        results: The scores of each model; None without references.
        unit: What lengths count: `"words"`, or `"characters"` where texts have next to no spaces.
        classes: The lengths, from the shortest; empty without references.
    """

    names: tuple[str, str]
    sources: list[str]
    answers: tuple[list[str], list[str]]
    references: list[list[str]] | None
    results: tuple[EvaluationResult, EvaluationResult] | None
    unit: str
    classes: list[LengthClass]

    def to_dict(self) -> dict[str, Any]:
        """JSON types, as the endpoint gives them."""
        scored = self.results or ()
        return {
            "names": list(self.names), "sources": self.sources, "translations": [list(one) for one in self.answers],
            "scores": [result.to_dict(worst=0) for result in scored], "unit": self.unit,
            "by_length": [{"length": one.label, "count": one.count, "bleu": list(one.bleu),
                           "exact_match": list(one.exact_match)} for one in self.classes],
        }


def parse_lines(lines: Sequence[str]) -> tuple[list[str], list[list[str]] | None]:
    """Texts, or pairs with a tab between source and reference; blank lines are left out.

    Returns:
        `(sources, references)`: all references of one source together; None where the lines are texts alone.

    Raises:
        UserError: There is none, or only some lines have a tab, or more than one.
    """
    kept = [(number, line) for number, line in enumerate(lines, start=1) if line.strip()]
    if not kept:
        raise UserError("there is nothing to compare yet", "expected texts, or pairs with a tab between them",
                        "write a line or more")
    counts = {line.count("\t") for _, line in kept}
    if counts == {0}:
        return [line for _, line in kept], None
    if counts != {1}:
        number, line = next((number, line) for number, line in kept if line.count("\t") != 1)
        tabs = line.count("\t")
        raise UserError(f"line {number} has {tabs or 'no'} tab{'s' if tabs else ''}",
                        "expected one in every line, text TAB reference, or none at all", "mend the line")
    grouped = group_references([(source, target) for source, target in (line.split("\t") for _, line in kept)])
    return [source for source, _ in grouped], [targets for _, targets in grouped]


def compare(desk: "ModelDesk", lines: Sequence[str], models: tuple[str, str], beam_sizes: tuple[int, int],
            on_progress: Any = None) -> Comparison:
    """Translates the lines with both models and scores the answers where there are references.

    Args:
        desk: Who translates.
        lines: See `parse_lines`.
        models, beam_sizes: The two that are compared.
        on_progress: Called with the number of translations done, of twice the number of lines.

    Raises:
        UserError: As `parse_lines` and `ModelDesk.translate_all`.
    """
    desk.check_rows(sum(bool(line.strip()) for line in lines), "lines")
    sources, references = parse_lines(lines)
    for own in references or []:
        for reference in own:
            desk.checked_text(reference)  # to compare texts takes time, too
    found = []
    for place, (model, beam_size) in enumerate(zip(models, beam_sizes, strict=True)):
        def tell(done: int, before: int = place * len(sources)) -> None:
            if on_progress is not None:
                on_progress(before + done)

        found.append([str(one) for one in desk.translate_all(sources, model, beam_size, tell)])
    answers = (found[0], found[1])
    unit, lengths = source_lengths(sources)
    results, classes = None, []
    if references is not None:
        tokenize = _bleu_tokenizer(desk, models[0])
        results = (
            _scored(sources, answers[0], references, tokenize),
            _scored(sources, answers[1], references, tokenize),
        )
        classes = _by_length(lengths, answers, references, results, tokenize)
    return Comparison(_names(models, beam_sizes), sources, answers, references, results, unit, classes)


def source_lengths(sources: Sequence[str]) -> tuple[str, list[int]]:
    """`(unit, lengths)`: words, or characters where most texts are of one or two words."""
    words = [len(source.split()) for source in sources]
    if np.median(words) > 2:
        return "words", words
    return "characters", [len(source) for source in sources]


def length_classes(lengths: Sequence[int], number: int = _CLASSES) -> list[tuple[int, int]]:
    """The shortest and the longest length of each class, the classes about equally full.

    >>> length_classes([1, 1, 2, 3, 8, 9], 3)
    [(1, 1), (2, 3), (8, 9)]
    """
    ordered = sorted(lengths)
    ends = [ordered[max(round(len(ordered) * part / number) - 1, 0)] for part in range(1, number + 1)]
    found: list[tuple[int, int]] = []
    for end in sorted(set(ends)):
        inside = [length for length in ordered if (not found or length > found[-1][1]) and length <= end]
        found.append((inside[0], end))
    return found


def _by_length(lengths, answers, references, results, tokenize) -> list[LengthClass]:
    classes = []
    for first, last in length_classes(lengths):
        places = [place for place, length in enumerate(lengths) if first <= length <= last]
        own = [references[place] for place in places]
        scores = [bleu([texts[place] for place in places], own, tokenize).score for texts in answers]
        exact = [sum(result.items[place].exact for place in places) / len(places) for result in results]
        label = str(first) if first == last else f"{first}\N{EN DASH}{last}"
        classes.append(LengthClass(label, len(places), (scores[0], scores[1]), (exact[0], exact[1])))
    return classes


def _scored(sources, answers, references, tokenize) -> EvaluationResult:
    return evaluate(sources, answers, references, metrics=_METRICS, tokenize=tokenize)


def _bleu_tokenizer(desk: "ModelDesk", model: str) -> str:
    """The first model's own, so that both are measured alike."""
    settings = (desk.model(model).translator.config or {}).get("evaluation") or {}
    return settings.get("bleu_tokenize", "13a")


def _names(models: tuple[str, str], beam_sizes: tuple[int, int]) -> tuple[str, str]:
    if models[0] != models[1]:
        return models
    if beam_sizes[0] == beam_sizes[1]:
        return f"{models[0]} (first)", f"{models[1]} (second)"
    first, second = (f"{model}, " + ("greedy" if size == 1 else f"beam {size}")
                     for model, size in zip(models, beam_sizes, strict=True))
    return first, second
