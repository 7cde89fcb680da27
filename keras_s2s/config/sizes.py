"""What `auto` means: sizes by the number of training pairs. A small file cannot feed a large model."""

from dataclasses import dataclass
from typing import Any

from keras_s2s.config.config import Config
from keras_s2s.config.loading import replace_values


@dataclass(frozen=True)
class Sizes:
    """The values that stand in for `auto`.

    Args:
        units: `model.units`.
        embedding_units: `model.embedding_units`.
        dropout: `model.dropout`.
        batch_size: `training.batch_size`.
        epochs: `training.epochs`, an upper limit: training ends earlier when the dev set stops improving.
        pieces: `vocabulary_size` of a SentencePiece tokenizer.
    """

    units: int
    embedding_units: int
    dropout: float
    batch_size: int
    epochs: int
    pieces: int


# Training pairs below the number on the left, and the sizes for them. Texts read letter by letter need small
# embeddings; sentences need large ones and more dropout, as each word is seen a few times only.
LETTERS = (
    (2_000, Sizes(128, 64, 0.3, 16, 100, 500)),
    (20_000, Sizes(192, 64, 0.2, 64, 40, 2000)),
    (100_000, Sizes(256, 64, 0.2, 64, 25, 4000)),
    (float("inf"), Sizes(256, 64, 0.1, 128, 12, 6000)),
)
SENTENCES = (
    (2_000, Sizes(128, 96, 0.4, 16, 60, 500)),
    (20_000, Sizes(192, 128, 0.4, 32, 40, 2000)),
    (100_000, Sizes(256, 192, 0.3, 64, 30, 4000)),
    (float("inf"), Sizes(384, 256, 0.2, 64, 15, 6000)),
)


def size_for(number_of_pairs: int, config: Config) -> Sizes:
    """The sizes for so many training pairs.

    | training pairs | units | embedding | dropout | batch | epochs | pieces |
    |---|---|---|---|---|---|---|
    | source by characters, below 2,000 | 128 | 64 | 0.3 | 16 | 100 | 500 |
    | below 20,000 | 192 | 64 | 0.2 | 64 | 40 | 2000 |
    | below 100,000 | 256 | 64 | 0.2 | 64 | 25 | 4000 |
    | more | 256 | 64 | 0.1 | 128 | 12 | 6000 |
    | source by words or pieces, below 2,000 | 128 | 96 | 0.4 | 16 | 60 | 500 |
    | below 20,000 | 192 | 128 | 0.4 | 32 | 40 | 2000 |
    | below 100,000 | 256 | 192 | 0.3 | 64 | 30 | 4000 |
    | more | 384 | 256 | 0.2 | 64 | 15 | 6000 |

    Args:
        number_of_pairs: Training pairs, without dev and test.
        config: Says how the source is tokenised.
    """
    table = LETTERS if config.source.tokenizer == "character" else SENTENCES
    return next(sizes for limit, sizes in table if number_of_pairs < limit)


def resolve_sizes(config: Config, number_of_pairs: int) -> Config:
    """The configuration with every `auto` replaced by what `size_for` says.

    `model.encoder_units` becomes half of `model.units` where the encoder concatenates two directions, else all of it;
    the vocabulary of a character or word tokenizer becomes null, all.

    Args:
        config: Any configuration. Options that are not `auto` stay as they are.
        number_of_pairs: Training pairs, without dev and test.
    """
    sizes = size_for(number_of_pairs, config)
    units = sizes.units if config.model.units == "auto" else config.model.units
    halved = (config.model.direction, config.model.merge) == ("bidirectional", "concatenate")
    found: dict[str, Any] = {
        "model.units": units,
        "model.encoder_units": max(1, units // 2) if halved else units,
        "model.embedding_units": sizes.embedding_units,
        "model.dropout": sizes.dropout,
        "training.batch_size": sizes.batch_size,
        "training.epochs": sizes.epochs,
        "source.vocabulary_size": sizes.pieces if config.source.tokenizer == "sentencepiece" else None,
        "target.vocabulary_size": sizes.pieces if config.target.tokenizer == "sentencepiece" else None,
    }
    return replace_values(config, {name: value for name, value in found.items() if is_auto(config, name)})


def is_auto(config: Config, dotted: str) -> bool:
    """Whether an option, e.g. `"model.units"`, is still `auto`."""
    section, _, option = dotted.partition(".")
    return getattr(getattr(config, section), option) == "auto"


def smoke(config: Config) -> Config:
    """The configuration made so small that a training run takes seconds: to try out files and settings.

    At most 300 pairs of each part, one epoch, 16 units; what is trained is of no use. Embeddings are as wide as
    pretrained vectors are, where there are some.
    """
    pretrained = config.source.vectors or config.target.vectors
    small: dict[str, Any] = {
        "data.max_pairs": 300,
        "data.train_size": 300,
        "data.dev_size": 50,
        "data.test_size": 50,
        "model.units": 16,
        "model.encoder_units": 8,
        "model.embedding_units": config.model.embedding_units if pretrained else 8,
        "model.dropout": 0.0,
        "training.batch_size": 32,
        "training.epochs": 1,
        "training.max_minutes": None,
    }
    for side in ("source", "target"):
        if getattr(config, side).tokenizer == "sentencepiece":
            small[f"{side}.vocabulary_size"] = 300
    return replace_values(config, small)
