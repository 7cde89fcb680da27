"""Pairs that a model did not learn from, for Compare."""

from typing import TYPE_CHECKING

from keras_s2s.data.dates import generate_dates
from keras_s2s.data.letter_sequences import letter_pairs
from keras_s2s.data.lines import read_lines
from keras_s2s.errors import UserError

if TYPE_CHECKING:
    from keras_s2s.demo.demo_model import DemoModel


def held_out_lines(model: "DemoModel", most: int) -> list[str]:
    """The beginning of a model's test set, lines "text TAB reference".

    Args:
        model: Its directory holds `data/test.tsv` where it was trained on pairs; made data are made again.
        most: How many at most.

    Raises:
        UserError: There is no test set.
    """
    path = model.directory / "data" / "test.tsv" if model.directory else None
    lines = read_lines(path)[:most] if path and path.is_file() else _made(model.translator.config or {}, most)
    if not lines:
        raise UserError("the first model came without a test set", "expected data/test.tsv in its directory",
                        "write or upload pairs of your own")
    return lines


def _made(config: dict, most: int) -> list[str]:
    """Of the kinds of data that are made by seed, as `keras-s2s train` makes them."""
    data, seed = config.get("data") or {}, (config.get("training") or {}).get("seed", 1)
    count = min(most, data.get("test_size") or most)
    if data.get("kind") == "dates":
        return [f"{one.source}\t{one.target}" for one in generate_dates(count, "test", seed)]
    if data.get("kind") in ("copy", "reverse"):
        pairs = letter_pairs(data["kind"], count, "test", seed, data.get("min_length", 1), data.get("max_length", 10))
        return ["\t".join(pair) for pair in pairs]
    return []
