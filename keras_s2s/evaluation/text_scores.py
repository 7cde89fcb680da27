"""How near texts come to their references: exact match, character error rate, BLEU, chrF.

Every item may have another number of references. Exact match and character error rate compare texts in
Unicode NFC with single spaces, as the tokenizers read and write them; BLEU and chrF get them as they are.
"""

import unicodedata
from collections.abc import Sequence
from typing import cast

from keras_s2s.errors import UserError
from keras_s2s.evaluation.corpus_score import CorpusScore

BLEU_TOKENIZERS = ("13a", "none", "intl", "char", "zh", "ja-mecab", "ko-mecab")
"""sacreBLEU's tokenizers that need no download; the last two need `pip install "sacrebleu[ja]"` or `[ko]`."""

References = Sequence[Sequence[str]]


def comparable(text: str) -> str:
    """`text` in NFC, runs of white space as one space, none at the ends."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def exact_matches(hypotheses: Sequence[str], references: References) -> list[bool]:
    """For each item, whether the hypothesis is one of its references."""
    return [
        comparable(hypothesis) in {comparable(reference) for reference in own}
        for hypothesis, own in zip(hypotheses, references, strict=True)
    ]


def character_edits(hypotheses: Sequence[str], references: References) -> list[tuple[int, int]]:
    """For each item `(edits, length)` against its nearest reference.

    Args:
        hypotheses: One text an item.
        references: One or more texts an item.

    Returns:
        The least number of inserted, deleted and replaced code points (Levenshtein), and the length of the
        reference in code points. The nearest reference is the one with the fewest edits per code point.
    """
    import jiwer

    pairs = [
        (item, comparable(reference), comparable(hypothesis))
        for item, (hypothesis, own) in enumerate(zip(hypotheses, references, strict=True))
        for reference in own
    ]
    # An empty reference is no sentence to jiwer: everything said is then an insertion.
    full = [pair for pair in pairs if pair[1]]
    candidates = [(item, len(hypothesis), 0) for item, reference, hypothesis in pairs if not reference]
    if full:
        aligned = jiwer.process_characters([pair[1] for pair in full], [pair[2] for pair in full]).alignments
        for (item, reference, _), chunks in zip(full, aligned, strict=True):
            edits = sum(
                max(chunk.ref_end_idx - chunk.ref_start_idx, chunk.hyp_end_idx - chunk.hyp_start_idx)
                for chunk in chunks
                if chunk.type != "equal"
            )
            candidates.append((item, edits, len(reference)))
    nearest: dict[int, tuple[int, int]] = {}
    for item, edits, length in candidates:
        if item not in nearest or error_rate(edits, length) < error_rate(*nearest[item]):
            nearest[item] = (edits, length)
    return [nearest[item] for item in range(len(hypotheses))]


def error_rate(edits: int, length: int) -> float:
    """Edits per character; an empty reference counts as one character, so that the rate stays finite."""
    return edits / max(1, length)


def character_error_rate(hypotheses: Sequence[str], references: References) -> float:
    """All edits over all characters of the nearest references; 0 is best, 0.05 is one wrong in twenty."""
    counted = character_edits(hypotheses, references)
    return error_rate(sum(edits for edits, _ in counted), sum(length for _, length in counted))


def bleu(hypotheses: Sequence[str], references: References, tokenize: str = "13a") -> CorpusScore:
    """BLEU of the corpus (Papineni et al. 2002) by sacreBLEU (Post 2018).

    Args:
        hypotheses: One text an item.
        references: One or more texts an item.
        tokenize: `"13a"` for raw text, `"none"` for text that is tokenised already, or another of
            `BLEU_TOKENIZERS`.

    Raises:
        UserError: For an unknown tokenizer, or one whose package is not installed.
    """
    from sacrebleu.metrics import BLEU

    if tokenize not in BLEU_TOKENIZERS:
        raise UserError(
            f"the BLEU tokenizer is {tokenize!r}",
            f"expected one of {', '.join(BLEU_TOKENIZERS)}",
            "take 13a for raw text, or none for text that is tokenised already",
        )
    try:
        # `force` only silences the warning about tokenised text, which "none" asks for on purpose.
        metric = BLEU(tokenize=tokenize, force=True)
    except (ImportError, RuntimeError) as error:
        raise UserError(
            f"the BLEU tokenizer {tokenize} is not installed",
            "expected sacreBLEU's extra for this language",
            f'run: pip install "sacrebleu[{tokenize[:2]}]"',
        ) from error
    score = metric.corpus_score(list(hypotheses), reference_streams(references))
    return CorpusScore(score.score, str(metric.get_signature()))


def chrf(hypotheses: Sequence[str], references: References) -> CorpusScore:
    """chrF2 of the corpus, character 6-grams (Popović 2015), by sacreBLEU."""
    from sacrebleu.metrics import CHRF

    metric = CHRF()
    score = metric.corpus_score(list(hypotheses), reference_streams(references))
    return CorpusScore(score.score, str(metric.get_signature()))


def item_chrf(hypotheses: Sequence[str], references: References) -> list[float]:
    """chrF2 of each item by itself, against the reference that scores best."""
    from sacrebleu.metrics import CHRF

    metric = CHRF()
    return [
        metric.sentence_score(hypothesis, list(own)).score
        for hypothesis, own in zip(hypotheses, references, strict=True)
    ]


def reference_streams(references: References) -> Sequence[Sequence[str]]:
    """Item by item turned into stream by stream, as sacreBLEU wants them; None where an item has no more.

    >>> reference_streams([["a", "b"], ["c"]])
    [['a', 'c'], ['b', None]]
    """
    width = max(len(own) for own in references)
    streams = [[own[number] if number < len(own) else None for own in references] for number in range(width)]
    # sacreBLEU takes None for "no further reference", though its annotations do not say so.
    return cast("Sequence[Sequence[str]]", streams)
