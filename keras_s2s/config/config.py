"""All options of a training run."""

from typing import Annotated, Literal

from pydantic import Field

from keras_s2s.config.data_config import DataConfig
from keras_s2s.config.evaluation_config import EvaluationConfig
from keras_s2s.config.inference_config import InferenceConfig
from keras_s2s.config.model_config import ModelConfig
from keras_s2s.config.section import Section
from keras_s2s.config.text_config import TextConfig
from keras_s2s.config.training_config import TrainingConfig

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
