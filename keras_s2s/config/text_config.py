"""The `source` and `target` sections of a configuration."""

from typing import Literal, Self

from pydantic import Field, model_validator

from keras_s2s.config.section import Auto, Count, Section
from keras_s2s.errors import UserError


class TextConfig(Section):
    """How the texts of one side become tokens. Each option is explained by its description."""

    tokenizer: Literal["character", "word", "sentencepiece"] = Field(
        default="character",
        description=(
            "What a token is: character, word (between spaces) or sentencepiece (pieces of words, "
            "learnt from the "
            "training texts)."
        ),
    )
    vocabulary_size: Count | Auto | None = Field(
        default="auto",
        description=(
            "The most tokens that are known, the four special ones included. null: all. auto: for "
            "sentencepiece by the "
            "number of pairs, else all. sentencepiece needs a number or auto."
        ),
    )
    min_count: Count = Field(default=1, description=("Rarer tokens are unknown (character and word only)."))
    lowercase: bool = Field(default=False, description="true: the text is read and written in lower case.")
    split_punctuation: bool = Field(
        default=False, description=("true: every punctuation mark is a token of its own (word only).")
    )
    vocabulary: str | None = Field(
        default=None,
        description=(
            "Directory of a tokenizer of this kind, `source` or `target` of another model, that is used as it is. "
            "null: it is learnt from the training texts."
        ),
    )

    vectors: str | None = Field(
        default=None,
        description=(
            "File of pretrained embeddings: text of word2vec or GloVe, plain or .gz, or an array .npy with a row for "
            "each token. Tokens without a vector begin at random, as all do with null."
        ),
    )
    freeze_vectors: bool = Field(
        default=False,
        description=(
            "true: training leaves all embeddings of this side as they are, those without a vector, too (with vectors "
            "only)."
        ),
    )

    @model_validator(mode="after")
    def _options_fit_the_tokenizer(self) -> Self:
        if self.tokenizer == "sentencepiece" and self.vocabulary_size is None:
            raise UserError(
                "the tokenizer is sentencepiece and vocabulary_size is null",
                "expected the number of pieces to learn, or auto",
                "for example vocabulary_size: auto",
            )
        if self.tokenizer == "sentencepiece" and self.min_count > 1:
            raise UserError(
                f"the tokenizer is sentencepiece and min_count is {self.min_count}",
                "expected min_count only for character and word",
                "leave min_count out",
            )
        if self.tokenizer != "word" and self.split_punctuation:
            raise UserError(
                f"the tokenizer is {self.tokenizer} and split_punctuation is true",
                "expected split_punctuation only for word",
                "leave split_punctuation out",
            )
        if self.freeze_vectors and self.vectors is None:
            raise UserError(
                "freeze_vectors is true and vectors is null",
                "expected freeze_vectors only with a file of vectors: random ones would never be trained",
                "leave freeze_vectors out, or set vectors",
            )
        if isinstance(self.vocabulary_size, int) and self.vocabulary_size < 5:
            raise UserError(
                f"vocabulary_size is {self.vocabulary_size}",
                "expected at least 5: four special tokens and one to see",
                "choose a larger one",
            )
        return self
