"""The `model` section of a configuration."""

from typing import Literal

from pydantic import Field

from keras_s2s.config.section import Auto, Count, Fraction, Section


class ModelConfig(Section):
    """The shape of the model. Each option is explained by its description."""

    cell: Literal["gru", "lstm"] = Field(
        default="gru", description="Recurrent cell of encoder and decoder: gru or lstm."
    )
    direction: Literal["bidirectional", "forward"] = Field(
        default="bidirectional",
        description=("How the encoder reads: bidirectional (two cells, one from either end) or forward."),
    )
    units: Count | Auto = Field(
        default="auto",
        description=("Size of the decoder's state and of the attention. auto: by the number of pairs."),
    )
    encoder_units: Count | Auto | None = Field(
        default="auto",
        description=(
            "Size of the encoder's state in each direction. auto: half of units if bidirectional, "
            "else units. "
            "null: units."
        ),
    )
    embedding_units: Count | Auto = Field(
        default="auto",
        description=("Size of a token's embedding, on both sides. auto: by the number of pairs."),
    )
    attention: Literal["bahdanau", "luong"] = Field(
        default="bahdanau",
        description=(
            "How a source position is scored: bahdanau (additive, 2015) or luong (multiplicative, 2015)."
        ),
    )
    attend: Literal["after", "before"] = Field(
        default="after",
        description=(
            "When the decoder attends: after its cell (the new state asks; training is faster) or "
            "before (the previous "
            "state asks, and the cell reads the answer)."
        ),
    )
    bridge: Literal["dense"] = Field(
        default="dense",
        description=(
            "How the encoder's last state becomes the decoder's first: dense (a learnt projection and tanh)."
        ),
    )
    dropout: Fraction | Auto = Field(
        default="auto",
        description=(
            "Fraction of the embeddings and outputs that is dropped in training. auto: by the number "
            "of pairs."
        ),
    )
