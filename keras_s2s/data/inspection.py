"""A look at a file of pairs before training: what is in it, what is odd about it, which preset suits it."""

import os
import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from keras_s2s.data.pairs import Pair, read_pairs
from keras_s2s.data.split import FEWEST_SOURCES, group_references
from keras_s2s.data.text_statistics import TextStatistics

# Up to here a pair is spelled letter by letter: a name, a word, a date.
FEW_WORDS = 3
FEW_CHARACTERS = 48
SMALL_ALPHABET = 1000
# A target in few different words, each used often, is written in symbols: phonemes, tags, notes.
SYMBOLS = 400
USES_OF_A_SYMBOL = 20
PRESET_TOKENS = 100
"""The longest training pair that both presets take, in tokens."""


@dataclass(frozen=True)
class Inspection:
    """What `inspect` found.

    Args:
        path: The file.
        pairs: How many pairs it has.
        distinct_sources: How many different sources.
        duplicates: How many pairs repeat an earlier pair exactly.
        conflicts: How many sources have several different targets.
        conflict_example: The first such source with its targets, or None.
        source: Lengths and inventory of the sources.
        target: The same of the targets.
        notes: What will be left out or go wrong in training, in sentences; often empty.
        preset: The suggested preset: `"characters"` or `"sentences"`.
        reason: Why.
        settings: What to set beyond the preset, each as `section.key=value`; often empty.
        command: The command line that trains.
    """

    path: str
    pairs: int
    distinct_sources: int
    duplicates: int
    conflicts: int
    conflict_example: tuple[str, list[str]] | None
    source: TextStatistics
    target: TextStatistics
    notes: list[str]
    preset: str
    reason: str
    settings: list[str]
    command: str


def inspect(path: str | os.PathLike[str], columns: Sequence[int] | None = None,
            header: bool = False) -> Inspection:
    """Reads a file of pairs and describes it.

    Args:
        path: The file, as for `read_pairs`.
        columns: As for `read_pairs`.
        header: As for `read_pairs`.

    Raises:
        UserError: As `read_pairs`.
    """
    pairs = read_pairs(path, columns, header)
    references = group_references(pairs)
    conflicts = [(source, targets) for source, targets in references if len(targets) > 1]
    source = TextStatistics.of(text for text, _ in pairs)
    target = TextStatistics.of(text for _, text in pairs)
    preset, reason, settings = suggest(source, target, len(pairs))
    return Inspection(
        path=str(path), pairs=len(pairs), distinct_sources=len(references),
        duplicates=len(pairs) - len(set(pairs)), conflicts=len(conflicts),
        conflict_example=conflicts[0] if conflicts else None, source=source, target=target,
        notes=_notes(pairs, len(references), preset, settings),
        preset=preset, reason=reason, settings=settings,
        command=_command(path, columns, header, preset, settings))


def suggest(source: TextStatistics, target: TextStatistics, pairs: int) -> tuple[str, str, list[str]]:
    """The preset for pairs like these, why, and what to set beyond it.

    Short texts in a small alphabet are read and written letter by letter; sentences, and scripts with
    thousands of characters, are cut into pieces. A target in a few hundred words that return all the time
    (phonemes, tags) is written word by word.

    Args:
        source: The sources.
        target: The targets.
        pairs: How many there are.

    Returns:
        Preset name, reason, settings as `section.key=value`.
    """
    symbols = (target.words.median >= 2 and target.distinct_words <= SYMBOLS
               and target.distinct_words * USES_OF_A_SYMBOL <= pairs * target.words.median)
    few_words = min(source.words.median, target.words.median) <= FEW_WORDS
    longest = max(source.characters.percentile_95, target.characters.percentile_95)
    alphabet = max(source.distinct_characters, target.distinct_characters)
    if few_words and longest <= FEW_CHARACTERS and alphabet <= SMALL_ALPHABET:
        settings = ["target.tokenizer=word"] if symbols else []
        reason = (f"95 % of the texts have at most {longest} characters, out of {alphabet} different ones: "
                  "short enough to read and write letter by letter")
        if symbols:
            reason += (f"; the targets use only {target.distinct_words} different words again and again, "
                       "so each is written as one symbol")
        return "characters", reason, settings
    if not few_words:
        reason = f"half of the sources have {source.words.median:g} words or more"
    elif longest > FEW_CHARACTERS:
        reason = f"many texts have more than {FEW_CHARACTERS} characters"
    else:
        reason = f"the texts use {alphabet} different characters"
    return "sentences", f"{reason}: pieces of words (SentencePiece) suit them better than letters", []


def _notes(pairs: list[Pair], distinct: int, preset: str, settings: list[str]) -> list[str]:
    notes = []
    empty = sum(not (source.strip() and target.strip()) for source, target in pairs)
    if empty:
        notes.append(f"Pairs with an empty side: {empty:,}. Training leaves them out.")
    if preset == "characters":
        sides = (0,) if settings else (0, 1)
        too_long = sum(any(len(pair[side]) > PRESET_TOKENS for side in sides) for pair in pairs)
        if too_long:
            notes.append(f"Pairs with more than {PRESET_TOKENS} characters on a side: {too_long:,}. Training "
                         "leaves them out, unless data.max_source_tokens and max_target_tokens are raised.")
    if distinct < FEWEST_SOURCES:
        notes.append(f"Distinct sources: {distinct}. These are too few to set some apart: "
                     "give dev and test sets with --dev FILE --test FILE.")
    return notes


def _command(path: str | os.PathLike[str], columns: Sequence[int] | None, header: bool, preset: str,
             settings: list[str]) -> str:
    words = ["keras-s2s", "train", preset, "--data", str(path)]
    words += ["--columns", f"{columns[0]},{columns[1]}"] if columns else []
    words += ["--header"] if header else []
    for setting in settings:
        words += ["--set", setting]
    return shlex.join([*words, "--out", Path(path).name.split(".")[0] or "model"])
