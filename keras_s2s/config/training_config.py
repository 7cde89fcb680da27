"""The `training` section of a configuration."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from keras_s2s.config.section import Auto, Count, Fraction, NotNegative, Positive, Section
from keras_s2s.errors import UserError


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
    batch_tokens: Count | None = Field(
        default=None,
        description=(
            "Tokens in a batch on its wider side, source or target, end and padding included, in place of batch_size: "
            "this bounds the memory. null: batches of batch_size pairs."
        ),
    )
    length_pool: Count = Field(
        default=100,
        description="So many batches at a time are drawn by chance, sorted by length, cut and shuffled.",
    )
    accumulate: Count = Field(
        default=1,
        description=(
            "Batches whose gradients are added up for each step of the optimizer. Steps, in this section, are batches "
            "all the same."
        ),
    )
    epochs: Count | Auto = Field(
        default="auto", description="The most passes over the training pairs. auto: by the number of pairs."
    )
    max_minutes: Positive | None = Field(
        default=None,
        description=(
            "Training ends in so many minutes, the last validation included, even within an epoch. null: no limit."
        ),
    )
    learning_rate: Positive = Field(default=0.001, description="Adam's step size, the largest of the schedule.")
    schedule: Literal["plateau", "constant", "cosine", "exponential", "inverse_square_root"] = Field(
        default="plateau",
        description=(
            "How the learning rate falls: plateau (when the dev set stops improving), constant, cosine (to 0 at the "
            "last epoch), exponential (after decay_start, once an epoch; Luong 2015) or inverse_square_root (from the "
            "end of the warm-up). It counts batches, whatever accumulate is."
        ),
    )
    warmup_steps: NotNegative = Field(
        default=0,
        description="Batches, whatever accumulate is, in which the learning rate rises from 0, with any schedule.",
    )
    learning_rate_decay: Annotated[float, Field(gt=0, le=1)] = Field(
        default=0.5,
        description="What plateau and exponential multiply the learning rate by.",
    )
    decay_patience: Count = Field(
        default=2, description="plateau: validations in a row without improvement before the learning rate falls."
    )
    decay_start: Fraction = Field(
        default=0.5, description="exponential: share of the epochs that keep the first learning rate."
    )
    patience: Count | None = Field(
        default=6,
        description=(
            "Training ends after so many validations in a row without improvement. null: never so, as suits schedules "
            "that fall to 0."
        ),
    )
    label_smoothing: Fraction = Field(
        default=0.0,
        description=(
            "Share of the probability that the loss spreads over all tokens instead of the right one."
        ),
    )
    word_dropout: Fraction = Field(
        default=0.0,
        description="Share of the tokens that become unknown in training, in the source and in what the decoder reads.",
    )
    subword_alpha: Positive | None = Field(
        default=None,
        description=(
            "SentencePiece texts are cut anew in every epoch, by chance: a cut's probability to this power (Kudo "
            "2018); 0.1 to 0.5 are usual. null: always the most probable cut."
        ),
    )
    scheduled_sampling: Literal["none", "linear", "exponential", "inverse_sigmoid"] = Field(
        default="none",
        description=(
            "How the share of the tokens that the decoder reads from itself rises to sampling_rate in training (Bengio "
            "2015): linear, exponential (quickly at first), inverse_sigmoid (slowly, quickly, slowly) or none. "
            "Training is slower."
        ),
    )
    sampling_rate: Fraction = Field(default=0.25, description="That share at the end of training.")
    clip_norm: Positive | None = Field(
        default=1.0,
        description=("Gradients whose norm, over all weights, is larger are scaled down to it. null: never."),
    )
    weight_decay: Annotated[float, Field(ge=0, lt=1)] = Field(
        default=0.0,
        description=(
            "Every step takes this share, times the learning rate, off the weights (Loshchilov and Hutter 2019)."
        ),
    )
    ema_decay: Fraction = Field(
        default=0.0,
        description=(
            "The model is the moving average of its weights; an average keeps this share of itself at every batch, "
            "whatever accumulate is, 0.999 for example. 0: the weights of the last step."
        ),
    )
    average_best: Count = Field(
        default=1,
        description=(
            "The final weights are the mean of those of so many best validations, where that is better on the dev set."
        ),
    )
    precision: Literal["float32", "bfloat16", "float16"] = Field(
        default="float32",
        description=(
            "Type of the numbers inside the layers; the weights stay float32. bfloat16 is quicker on GPUs and on "
            "processors with AMX, float16 on GPUs."
        ),
    )
    jit_compile: bool = Field(
        default=False,
        description=(
            "true: XLA compiles the training step, for every shape of a batch anew. Without effect for gru and lstm on "
            "a GPU: Keras does not compile what may run on cuDNN."
        ),
    )
    validation_metric: Literal["loss", "bleu", "chrf", "exact_match"] = Field(
        default="loss",
        description=("What chooses the best weights on the dev set: loss, bleu, chrf or exact_match."),
    )
    validate_every_epochs: Count = Field(default=1, description="Epochs from one validation to the next.")
    validate_every_steps: Count | None = Field(
        default=None, description="Batches from one validation to the next, in place of epochs. null: epochs."
    )
    checkpoint_minutes: Positive = Field(
        default=5.0, description="A stopped run goes on from its last checkpoint: minutes from one to the next."
    )
    checkpoint_steps: Count | None = Field(
        default=None, description="Batches from one checkpoint to the next, in place of minutes. null: minutes."
    )
    keep_checkpoints: Count = Field(
        default=2, description="The newest so many are kept: one that is damaged is left for the one before."
    )

    tensorboard: bool = Field(
        default=False,
        description="true: scores, sample translations and attention pictures for TensorBoard, in OUT/tensorboard.",
    )

    @model_validator(mode="after")
    def _options_fit_together(self) -> Self:
        if self.warmup_steps == 0 and self.schedule == "inverse_square_root":
            raise UserError("training.schedule is inverse_square_root and training.warmup_steps is 0",
                            "expected a warm-up, from whose end the learning rate falls",
                            "for example training.warmup_steps=1000")
        return self
