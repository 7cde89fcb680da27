"""N-best lists in files, one translation a line, and their reranking with a second model."""

import math
import os
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from keras_s2s.data.lines import read_lines, write_lines
from keras_s2s.errors import UserError

SEPARATOR = "|||"


class NBestEntry(NamedTuple):
    """One translation of one source.

    Attributes:
        line: The source's number, from 0 as in Moses: 0 is the first line of the file of sources.
        text: The translation.
        score: Higher is better.
    """

    line: int
    text: str
    score: float


def format_n_best(entry: NBestEntry) -> str:
    """The entry as a line of an n-best list, without the line's end.

    Nothing is escaped, since nothing that reads such files would undo it.

    Raises:
        UserError: The text contains `|||` or a line break, the number is negative, or the score is not finite.

    >>> format_n_best(NBestEntry(0, "the cat", -0.25))
    '0 ||| the cat ||| -0.25'
    """
    line, text, score = entry
    if SEPARATOR in text or "\n" in text:
        sign = SEPARATOR if SEPARATOR in text else "a line break"
        raise UserError(f"a translation of line {line} contains {sign}: {text!r}",
                        f"expected text without it: {SEPARATOR} separates the parts of a line, and a line is an entry",
                        "replace it in the text")
    if line < 0 or not math.isfinite(score):
        raise UserError(f"a translation of line {line} has the score {score}",
                        "expected a number of a line from 0 and a finite score", "leave this translation out")
    # The shortest digits that read_n_best makes the same number of.
    return f"{int(line)} {SEPARATOR} {text} {SEPARATOR} {float(score)!r}"


def write_n_best(path: str | os.PathLike[str], entries: Iterable[NBestEntry]) -> None:
    """Writes an n-best list; see `format_n_best`. Raises `UserError` as that does, or where nothing can be written."""
    write_lines(path, [format_n_best(entry) for entry in entries])


def read_n_best(path: str | os.PathLike[str]) -> list[NBestEntry]:
    """Reads an n-best list: lines `line ||| text ||| score`.

    Args:
        path: A UTF-8 file, plain or gzip. Lines of one source may stand anywhere.

    Returns:
        The entries in the order of the file; none for an empty file.

    Raises:
        UserError: Whatever `read_lines` raises, and a line of another form: its number is told.
    """
    return [_parsed(line, f"{path}, line {number},") for number, line in enumerate(read_lines(path), start=1)]


def rerank(entries: Sequence[NBestEntry], log_probs: Sequence[float], lengths: Sequence[int],
           weight: float) -> list[NBestEntry]:
    """Ranks n-best lists anew with the log-probabilities of a second model.

    The new score is `(1 - weight) * score + weight * log_prob / length`, a log-linear combination (Och and Ney 2002).
    The second model may read from right to left (Liu et al. 2016) or from target to source (Li and Jurafsky 2016).

    Args:
        entries: Translations; their scores should be per token, too.
        log_probs: The second model's log-probability of each.
        lengths: Number of tokens that each log-probability is of, end token included.
        weight: Of the second model, from 0 (the old order) to 1 (its order alone).

    Returns:
        Entries with new scores. Sources stand in the order in which they first came, the translations of each best
        first, of equals the earlier first.

    Raises:
        UserError: The lists are of different length, a length is below 1, the weight is outside 0 to 1, or a number
            is not finite.
    """
    if not len(entries) == len(log_probs) == len(lengths):
        raise UserError(f"there are {len(entries)} translations, {len(log_probs)} log-probabilities and "
                        f"{len(lengths)} lengths", "expected as many of each", "score every translation once")
    if not 0 <= weight <= 1:
        raise UserError(f"the second model's weight is {weight}", "expected a number from 0 to 1", "for example 0.5")
    groups: dict[int, list[NBestEntry]] = {}
    for place, (entry, log_prob, length) in enumerate(zip(entries, log_probs, lengths, strict=True)):
        if length < 1 or not math.isfinite(log_prob) or not math.isfinite(entry.score):
            raise UserError(f"translation {place + 1} has the score {entry.score}, the log-probability {log_prob} and "
                            f"the length {length}", "expected finite numbers, and a length of at least 1",
                            "count the end token, too; leave out what is impossible for a model")
        score = (1 - weight) * entry.score + weight * log_prob / length
        groups.setdefault(entry.line, []).append(entry._replace(score=float(score)))
    return [entry for group in groups.values() for entry in sorted(group, key=lambda entry: -entry.score)]


def _parsed(line: str, place: str) -> NBestEntry:
    parts = line.split(SEPARATOR)
    if len(parts) != 3:
        fix = ("keep the number, the text and the total: awk -F ' [|][|][|] ' -v OFS=' ||| ' '{print $1, $2, $4}'"
               if len(parts) > 3 else "mend the line")
        raise UserError(f"{place} has {len(parts)} part{'s' * (len(parts) != 1)}",
                        "expected 3: line ||| text ||| score", fix)
    number, text, score = parts[0].strip(), parts[1].removeprefix(" ").removesuffix(" "), parts[2].strip()
    if not (number.isascii() and number.isdigit()):
        raise UserError(f"{place} begins with {number!r}", "expected the number of a source, from 0", "mend the line")
    try:
        value = float(score)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise UserError(f"{place} has the score {score!r}", "expected a finite number", "mend the line")
    return NBestEntry(int(number), text, value)
