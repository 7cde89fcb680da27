"""The `data` section of a configuration."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from keras_s2s.config.section import Count, Fraction, Section
from keras_s2s.data.corpora import MULTI30K_LANGUAGES
from keras_s2s.errors import UserError


class DataConfig(Section):
    """Where the pairs come from, and which of them are used. Each option is explained by its description."""

    kind: Literal["pairs", "dates", "copy", "reverse", "multi30k", "tatoeba"] = Field(
        default="pairs",
        description=(
            "What to train on: pairs (the file given with --data, or two with --source and --target), dates, copy or "
            "reverse (random letters to be copied or reversed; these three are made by seed), multi30k or tatoeba "
            "(public sets, below --data DIRECTORY or KERAS_S2S_DATA)."
        ),
    )
    source_language: str | None = Field(
        default=None,
        description=("Language translated from. multi30k: cs, de, en or fr; tatoeba: en; else null."),
    )
    target_language: str | None = Field(
        default=None,
        description=(
            "Language translated into. multi30k: cs, de, en or fr; tatoeba: as its files are named, "
            "spa for spa.txt; "
            "else null."
        ),
    )
    subset: Literal["small"] | None = Field(
        default=None,
        description=(
            "small: the ready-made division small-eng-spa of short sentences (tatoeba only). null: "
            "the whole set."
        ),
    )
    columns: Annotated[list[Count], Field(min_length=2, max_length=2)] | None = Field(
        default=None,
        description=(
            "Columns of source and target, counted from 1, e.g. [1, 2]. null: the file must have exactly two "
            "(pairs only)."
        ),
    )
    header: bool = Field(
        default=False, description="true: the first line of the file is left out (pairs only)."
    )
    dev_fraction: Fraction = Field(
        default=0.05,
        description=(
            "Fraction of the distinct sources that is set apart to choose the best epoch, where the "
            "data come without "
            "a dev set."
        ),
    )
    test_fraction: Fraction = Field(
        default=0.05,
        description=(
            "Fraction of the distinct sources that is set apart for the final scores, where the data "
            "come without a "
            "test set."
        ),
    )
    max_source_tokens: Count = Field(
        default=100, description=("Training pairs whose source has more tokens are left out.")
    )
    max_target_tokens: Count = Field(
        default=100, description=("Training pairs whose target has more tokens are left out.")
    )
    max_pairs: Count | None = Field(
        default=None,
        description=(
            "Only the first so many pairs of each of train, dev and test are used, to try things "
            "out. null: all."
        ),
    )
    train_size: Count = Field(
        default=100_000, description="Number of training pairs (dates, copy and reverse only)."
    )
    dev_size: Count = Field(default=1000, description="Number of dev pairs (dates, copy and reverse only).")
    test_size: Count = Field(default=1000, description="Number of test pairs (dates, copy and reverse only).")
    min_length: Count = Field(default=1, description="Letters of the shortest source (copy and reverse only).")
    max_length: Count = Field(default=10, description="Letters of the longest source (copy and reverse only).")

    @model_validator(mode="after")
    def _options_fit_the_kind(self) -> Self:
        languages = (self.source_language, self.target_language)
        if self.kind == "multi30k" and (
            languages[0] == languages[1] or any(language not in MULTI30K_LANGUAGES for language in languages)
        ):
            raise UserError(
                f"data.source_language is {languages[0]} and data.target_language is {languages[1]}",
                f"expected two of {', '.join(MULTI30K_LANGUAGES)} for data.kind multi30k",
                "for example data.source_language=de data.target_language=en",
            )
        if self.kind == "tatoeba" and (languages[0] != "en" or languages[1] in (None, "en")):
            raise UserError(
                f"data.source_language is {languages[0]} and data.target_language is {languages[1]}",
                "expected en and the name of another language's file for data.kind tatoeba",
                "for example data.source_language=en data.target_language=spa",
            )
        if self.subset and (self.kind, self.target_language) != ("tatoeba", "spa"):
            raise UserError(
                f"data.subset is {self.subset}",
                "expected null, unless data.kind is tatoeba and data.target_language is spa",
                "leave data.subset out, or set it to null",
            )
        only_for = {
            "columns": "pairs",
            "header": "pairs",
            "source_language": "multi30k and tatoeba",
            "target_language": "multi30k and tatoeba",
        }
        for option, kinds in only_for.items():
            if getattr(self, option) and self.kind not in kinds.split(" and "):
                raise UserError(
                    f"data.{option} is set, and data.kind is {self.kind}",
                    f"expected data.{option} only where data.kind is {kinds.replace(' and ', ' or ')}",
                    f"leave data.{option} out, or set it to {'false' if option == 'header' else 'null'}",
                )
        if self.min_length > self.max_length:
            raise UserError(
                f"data.min_length is {self.min_length} and data.max_length {self.max_length}",
                "expected a shortest length that is not above the longest",
                "for example 1 and 10",
            )
        if self.dev_fraction + self.test_fraction >= 1:
            raise UserError(
                f"data.dev_fraction is {self.dev_fraction} and data.test_fraction {self.test_fraction}",
                "expected less than 1 together",
                "for example 0.05 each",
            )
        return self
