"""The `model` section of a configuration."""

from typing import Literal, Self

from pydantic import Field, model_validator

from keras_s2s.config.section import Auto, Count, Fraction, Positive, Section
from keras_s2s.errors import UserError


class ModelConfig(Section):
    """The shape of the model. Each option is explained by its description."""

    cell: Literal["gru", "lstm", "simple_rnn"] = Field(
        default="gru", description="Recurrent cell of encoder and decoder: gru, lstm or simple_rnn."
    )
    encoder_layers: Count = Field(
        default=1, description="Recurrent layers of the encoder, one on top of the other."
    )
    decoder_layers: Count = Field(
        default=1, description="Recurrent layers of the decoder, one on top of the other."
    )
    direction: Literal["bidirectional", "forward", "backward"] = Field(
        default="bidirectional",
        description=(
            "How the encoder reads: bidirectional (two cells, one from either end), forward or backward "
            "(the reversed source of Sutskever 2014)."
        ),
    )
    merge: Literal["concatenate", "sum"] = Field(
        default="concatenate",
        description="How a bidirectional encoder joins its two cells: concatenate or sum.",
    )
    units: Count | Auto = Field(
        default="auto",
        description=("Size of the decoder's state and of the attention. auto: by the number of pairs."),
    )
    encoder_units: Count | Auto | None = Field(
        default="auto",
        description=(
            "Size of the encoder's state in each direction. auto: half of units if bidirectional and "
            "concatenated, else units. null: units."
        ),
    )
    embedding_units: Count | Auto = Field(
        default="auto",
        description=("Size of a token's embedding, on both sides. auto: by the number of pairs."),
    )
    embedding_deviation: Positive = Field(
        default=0.1,
        description=(
            "Standard deviation of the normal numbers that embeddings begin with: 0.1 where many tokens are "
            "rare, as words are; 1 where none is, as with letters."
        ),
    )
    residual: bool = Field(
        default=False,
        description="true: every recurrent layer above the first adds its input to its output.",
    )
    layer_normalization: bool = Field(
        default=False,
        description="true: normalises inside the cells (Ba 2016). Training is slower: no fused layers.",
    )
    attention: Literal[
        "none", "bahdanau", "normalized_bahdanau", "dot", "scaled_dot", "general", "concat", "local",
        "location", "coverage",
    ] = Field(
        default="bahdanau",
        description=(
            "How a source position is scored: bahdanau (additive, 2015), normalized_bahdanau; dot, scaled_dot, "
            "general, concat, local (Luong 2015); location (Chorowski 2015), coverage (Tu 2016); none: the decoder "
            "sees one context vector only."
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
    input_feeding: bool = Field(
        default=False,
        description="true: the cell also reads the last attention vector (Luong 2015). Training is slower.",
    )
    readout: Literal["auto", "attention_vector", "deep", "state"] = Field(
        default="auto",
        description=(
            "What predicts the token: attention_vector (state and context), deep (and the previous token) or "
            "state. auto: the custom of the attend order; without attention, state."
        ),
    )
    context: Literal["initial", "every_step", "both"] = Field(
        default="initial",
        description=(
            "Without attention, where the decoder gets the source from: initial (its first state, Sutskever 2014), "
            "every_step (an input of every step) or both (Cho 2014)."
        ),
    )
    summary: Literal["last", "dense", "mean"] = Field(
        default="last",
        description=(
            "Without attention, the context of every step: last (the encoder's last state), dense (a learnt "
            "transformation of it) or mean (of the mean of all states)."
        ),
    )
    bridge: Literal["auto", "dense", "copy", "mean", "zero"] = Field(
        default="auto",
        description=(
            "How the encoder's last state becomes the decoder's first: dense (a learnt projection and tanh), copy, "
            "mean (dense, from the mean of all states) or zero (not at all). auto: dense, or zero where context is "
            "every_step."
        ),
    )
    first_input: Literal["start", "end"] = Field(
        default="start",
        description="What the decoder reads before its first token: the start token's embedding or the end token's.",
    )
    tied_embeddings: Literal["none", "target_output", "all"] = Field(
        default="none",
        description=(
            "Which weights are one: none, target_output (the target's embeddings also predict) or all (the source's "
            "too; both sides then have one vocabulary)."
        ),
    )
    dropout: Fraction | Auto = Field(
        default="auto",
        description=(
            "Fraction of the embeddings, of what a layer gives to the next, and of the outputs that is dropped in "
            "training. auto: by the number of pairs."
        ),
    )
    recurrent_dropout: Fraction = Field(
        default=0.0,
        description=(
            "Fraction of the state that is dropped in training, the same units at every step (Gal 2016). Training is "
            "slower: no fused layers."
        ),
    )

    @model_validator(mode="after")
    def _parts_fit(self) -> Self:
        if self.attention == "none":
            if self.input_feeding:
                raise UserError("model.input_feeding is true and model.attention is none",
                                "expected an attention, whose vector is fed", "choose an attention or leave it out")
            if self.readout == "attention_vector":
                raise UserError("model.readout is attention_vector and model.attention is none",
                                "expected auto, state or deep", "choose one of these, or an attention")
        elif self.context != "initial" or self.summary != "last":
            raise UserError("model.context or model.summary is set for a model with attention",
                            "expected them for model.attention=none only", "leave them out, or set attention: none")
        return self
