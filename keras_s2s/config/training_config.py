"""The `training` section of a configuration."""

from typing import Annotated, Literal

from pydantic import Field

from keras_s2s.config.section import Auto, Count, Fraction, Positive, Section


class TrainingConfig(Section):
    """How the model is trained. Each option is explained by its description."""

    seed: Annotated[int, Field(ge=0, lt=2**31)] = Field(
        default=1,
        description=(
            "Fixes the division of the data, the first weights, the order of the batches and dropout."
        ),
    )
    batch_size: Count | Auto = Field(
        default="auto", description="Pairs in a batch. auto: by the number of pairs."
    )
    epochs: Count | Auto = Field(
        default="auto", description=("The most passes over the training pairs. auto: by the number of pairs.")
    )
    max_minutes: Positive | None = Field(
        default=None,
        description="Training ends when so many minutes have passed, even within an epoch. null: no limit.",
    )
    learning_rate: Positive = Field(default=0.001, description="Adam's step size at the beginning.")
    learning_rate_decay: Annotated[float, Field(gt=0, le=1)] = Field(
        default=0.5,
        description=(
            "The learning rate is multiplied by this after each validation without improvement. 1: "
            "it stays as it is."
        ),
    )
    patience: Count = Field(
        default=5, description=("Training ends after so many validations in a row without improvement.")
    )
    label_smoothing: Fraction = Field(
        default=0.0,
        description=(
            "Share of the probability that the loss spreads over all tokens instead of the right one."
        ),
    )
    clip_norm: Positive | None = Field(
        default=1.0,
        description=("Gradients whose norm, over all weights, is larger are scaled down to it. null: never."),
    )
    bucket_width: Count = Field(
        default=4,
        description="Only pairs whose longer sides differ by fewer tokens than this share a batch.",
    )
    validation_metric: Literal["loss", "bleu", "chrf", "exact_match"] = Field(
        default="loss",
        description=("What chooses the best epoch on the dev set: loss, bleu, chrf or exact_match."),
    )
    validate_every_epochs: Count = Field(default=1, description="Epochs from one validation to the next.")
