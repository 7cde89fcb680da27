"""The `evaluation` section of a configuration."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from keras_s2s.config.section import Section
from keras_s2s.errors import UserError

Metric = Literal["exact_match", "character_error_rate", "bleu", "chrf"]


class EvaluationConfig(Section):
    """How the trained model is scored. Each option is explained by its description."""

    metrics: Annotated[list[Metric], Field(min_length=1)] = Field(
        default=["exact_match", "character_error_rate", "bleu", "chrf"],
        description="What to measure: any of exact_match, character_error_rate, bleu, chrf.",
    )
    bleu_tokenize: Literal["13a", "none", "char", "intl", "zh"] = Field(
        default="13a",
        description=(
            "How sacreBLEU cuts texts into words: 13a (raw text), none (text that is tokenised "
            "already), char, intl "
            "or zh."
        ),
    )
    worst: Annotated[int, Field(ge=0)] = Field(
        default=10, description="Number of the worst test items that are shown."
    )

    @model_validator(mode="after")
    def _metrics_are_distinct(self) -> Self:
        twice = [metric for metric in self.metrics if self.metrics.count(metric) > 1]
        if twice:
            raise UserError(
                f"evaluation.metrics has {twice[0]} twice", "expected each metric once", "remove one of them"
            )
        return self
