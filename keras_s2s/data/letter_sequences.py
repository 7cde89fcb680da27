"""Random sequences of letters, to be copied or reversed: the smallest tasks that show what attention does.

    >>> letter_pairs("reverse", 3, "test", seed=1, max_length=4)[2]
    ('ojh', 'hjo')

Nothing can be learnt by heart here: a model has to find, at every step, the one place of the source that it needs.
"""

import hashlib
import random
import string

from keras_s2s.errors import UserError

LETTERS = string.ascii_lowercase
SPLITS = ("train", "dev", "test")
HELD_OUT_PERCENT = 10
"""Percent of all sequences that may stand in the dev set, and again in the test set."""

# How often a new sequence of one length is looked for. With so many of them it is all but certain that all 676 of
# two letters have been seen when no other is found.
MAXIMUM_ATTEMPTS = 10_000


def split_of_sequence(sequence: str, seed: int) -> str:
    """The one set, `"train"`, `"dev"` or `"test"`, that may contain `sequence`."""
    digest = hashlib.blake2b(f"{seed}:{sequence}".encode(), digest_size=8).digest()
    percent = int.from_bytes(digest, "big") % 100
    return "test" if percent < HELD_OUT_PERCENT else "dev" if percent < 2 * HELD_OUT_PERCENT else "train"


def letter_sequences(
    count: int, split: str = "train", seed: int = 0, min_length: int = 1, max_length: int = 10
) -> list[str]:
    """Distinct random sequences of the letters a to z, evenly spread over the lengths.

    Args:
        count: How many, at least 1. A smaller count gives the beginning of the same list.
        split: `"train"`, `"dev"` or `"test"`. No sequence of one set occurs in another (80, 10 and 10 percent):
            `split_of_sequence`.
        seed: Fixes both the split and the sequences.
        min_length: Number of letters of the shortest. Default: 1.
        max_length: Number of letters of the longest. Default: 10.

    Returns:
        `count` sequences. There are only 26 of one letter and 676 of two: once these are used up, the longer ones
        share what is left.

    Raises:
        UserError: For another split, a count below 1, lengths that are none, or more sequences than there are.
    """
    if split not in SPLITS:
        raise UserError(
            f"split {split!r} is not known", f"expected one of {', '.join(SPLITS)}", "choose one of these"
        )
    if count < 1:
        raise UserError(f"count is {count}", "expected 1 sequence or more", "ask for at least one")
    if not 1 <= min_length <= max_length:
        raise UserError(
            f"sequences of {min_length} to {max_length} letters were asked for",
            "expected a shortest length of at least 1, and none above the longest",
            "for example 1 to 10",
        )
    generator = random.Random(f"keras_s2s letters {seed} {split}")
    lengths = list(range(min_length, max_length + 1))
    found: dict[str, None] = {}
    while lengths and len(found) < count:
        for length in tuple(lengths):
            for _attempt in range(MAXIMUM_ATTEMPTS):
                sequence = "".join(generator.choices(LETTERS, k=length))
                if sequence not in found and split_of_sequence(sequence, seed) == split:
                    found[sequence] = None
                    break
            else:
                lengths.remove(length)
    if len(found) < count:
        raise UserError(
            f"{count:,} sequences of {min_length} to {max_length} letters were asked for the {split} set, and there "
            f"are {len(found):,}",
            "expected no more than there are",
            "ask for fewer, or for longer ones",
        )
    return list(found)[:count]


def letter_pairs(
    task: str, count: int, split: str = "train", seed: int = 0, min_length: int = 1, max_length: int = 10
) -> list[tuple[str, str]]:
    """`letter_sequences` with what a task makes of each: `(source, target)`.

    Args:
        task: `"copy"` (`"kdaf"` to `"kdaf"`) or `"reverse"` (`"kdaf"` to `"fadk"`).
        count: As for `letter_sequences`, and so all others.

    Raises:
        UserError: For another task, and as `letter_sequences`.
    """
    if task not in ("copy", "reverse"):
        raise UserError(f"task {task!r} is not known", "expected copy or reverse", "choose one of these")
    sources = letter_sequences(count, split, seed, min_length, max_length)
    return [(source, source if task == "copy" else source[::-1]) for source in sources]
