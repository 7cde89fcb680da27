"""All options of a training run."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from keras_s2s.config.data_config import DataConfig
from keras_s2s.config.evaluation_config import EvaluationConfig
from keras_s2s.config.inference_config import InferenceConfig
from keras_s2s.config.model_config import ModelConfig
from keras_s2s.config.section import Section
from keras_s2s.config.text_config import TextConfig
from keras_s2s.config.training_config import TrainingConfig
from keras_s2s.errors import UserError

Name = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")]


class Config(Section):
    """A configuration: what `config.yaml` of a model directory and a preset hold.

    Example:
        >>> from keras_s2s.config import load_config
        >>> load_config("characters", ["model.cell=lstm"]).model.cell
        'lstm'
    """

    format_version: Literal[1] = Field(default=1, description="Version of this file's format.")
    name: Name = Field(
        default="model",
        description=(
            "What the model is called, in exports and in URLs: letters, digits, dots, hyphens and "
            "underscores."
        ),
    )
    description: str = Field(
        default="", description="What the model does, for its card, its page and the demo."
    )
    examples: list[str] = Field(
        default=[], description=("Sources to try, for the page and the demo. []: some of the test set.")
    )
    data: DataConfig = Field(
        default=DataConfig(), description="Where the pairs come from, and which of them are used."
    )
    source: TextConfig = Field(default=TextConfig(), description="How source texts become tokens.")
    target: TextConfig = Field(default=TextConfig(), description="How target texts become tokens.")
    model: ModelConfig = Field(default=ModelConfig(), description="The shape of the model.")
    training: TrainingConfig = Field(default=TrainingConfig(), description="How it is trained.")
    evaluation: EvaluationConfig = Field(
        default=EvaluationConfig(), description="How it is scored at the end."
    )
    inference: InferenceConfig = Field(
        default=InferenceConfig(), description="The limits of the finished model."
    )

    @model_validator(mode="after")
    def _only_pieces_of_words_are_sampled(self) -> Self:
        if self.training.subword_alpha and "sentencepiece" not in (self.source.tokenizer, self.target.tokenizer):
            raise UserError(
                f"training.subword_alpha is {self.training.subword_alpha}, and the tokenizers are "
                f"{self.source.tokenizer} and {self.target.tokenizer}",
                "expected sentencepiece on a side at least: others cut a text in one way only",
                "set training.subword_alpha to null, or source.tokenizer to sentencepiece",
            )
        return self

    @model_validator(mode="after")
    def _one_vocabulary_has_one_tokenizer(self) -> Self:
        own = {"vectors", "freeze_vectors"}
        if self.model.tied_embeddings == "all" and self.source.model_dump(exclude=own) != self.target.model_dump(
            exclude=own
        ):
            raise UserError(
                "model.tied_embeddings is all, and source and target are tokenised differently",
                "expected the same options in both sections, for both sides have one vocabulary",
                "give target what source has, or set model.tied_embeddings to target_output",
            )
        return self
