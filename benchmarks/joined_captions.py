"""Image captions joined to longer texts: German -> English pairs of 1 to 60 source words from Multi30k."""

import random
from collections.abc import Sequence
from pathlib import Path

from keras_s2s.data.corpora import multi30k
from keras_s2s.files import write_atomically

Pair = tuple[str, str]

MOST_JOINED = 4
MOST_WORDS = 60
PARTS = ("train", "dev", "test")


def join_captions(directory: str | Path, seed: int = 1, most_pairs: int | None = None) -> dict[str, list[Pair]]:
    """The pairs to train on, to choose the epoch by, and to test with.

    Captions are about 12 words long, too short to be hard for a fixed-size context. So the training and dev pairs
    are cut, in their order, into groups of 1 to 4 consecutive pairs and joined; the test pairs are joined in each
    of the four ways, so that every length has many items. What has more than 60 source words is left out.

    Args:
        directory: The data directory, see `keras_s2s.data.corpora.multi30k`.
        seed: Draws the sizes of the training and dev groups. Default: 1.
        most_pairs: Only so many captions of each part, to try things out. Default: None, all.

    Returns:
        For `"train"`, `"dev"` and `"test"` the joined pairs.
    """
    split, chance = multi30k(directory), random.Random(seed)
    train, dev, test = (getattr(split, part)[:most_pairs] for part in PARTS)
    joined = {"train": join_by_chance(train, chance), "dev": join_by_chance(dev, chance), "test": join_every_way(test)}
    return {part: [pair for pair in pairs if count_words(pair[0]) <= MOST_WORDS] for part, pairs in joined.items()}


def join_by_chance(pairs: Sequence[Pair], chance: random.Random) -> list[Pair]:
    """All pairs in order, in groups of 1 to 4 consecutive ones; the last group may be cut short."""
    groups, start = [], 0
    while start < len(pairs):
        size = chance.randint(1, MOST_JOINED)
        groups.append(join(pairs[start:start + size]))
        start += size
    return groups


def join_every_way(pairs: Sequence[Pair]) -> list[Pair]:
    """All pairs one by one, then in twos, threes and fours; a rest that does not fill a group is left out.

    The groups of one size share no caption: overlapping ones would make bootstrap intervals too narrow.
    """
    return [join(pairs[start:start + size]) for size in range(1, MOST_JOINED + 1)
            for start in range(0, len(pairs) - size + 1, size)]


def join(pairs: Sequence[Pair]) -> Pair:
    """One pair from several, joined by a space on both sides."""
    return " ".join(source for source, _ in pairs), " ".join(target for _, target in pairs)


def count_words(text: str) -> int:
    """The number of tokens; the captions are tokenised, so spaces divide them."""
    return len(text.split())


def write_pairs(path: Path, pairs: Sequence[Pair]) -> None:
    """Source TAB target, a pair a line. A file that holds these pairs already is left as it is."""
    text = "".join(f"{source}\t{target}\n" for source, target in pairs)
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        write_atomically(path, text)
