"""What the demo is willing to take."""

from dataclasses import dataclass

from keras_s2s.serving.limits import Limits


@dataclass(frozen=True)
class DemoLimits:
    """Bounds on what one visitor may ask for. Rows and bytes are those of the local server, `serving.Limits`.

    Attributes:
        characters: Longest text, 2,000 characters by default: what a page can still show.
        rows: Most lines of a file, and most texts that are compared, 512 by default.
        file_bytes: Largest file, unpacked too, 4 MiB by default.
        beam_size: Largest beam, 10 by default.
        changes: Most words that are swapped, tokens that are forced and attention rows that are given in one run, 32 of
            each by default: with a beam each costs a search.
        concurrent: Questions that are answered at the same time, 2 by default.
        waiting: Questions that may wait for their turn, 32 by default; above it the page says so.
    """

    characters: int = 2000
    rows: int = Limits.rows
    file_bytes: int = Limits.body_bytes
    beam_size: int = 10
    changes: int = 32
    concurrent: int = 2
    waiting: int = 32
