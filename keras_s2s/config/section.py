"""What all parts of a configuration have in common."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Auto = Literal["auto"]
Count = Annotated[int, Field(ge=1)]
NotNegative = Annotated[int, Field(ge=0)]
Positive = Annotated[float, Field(gt=0)]
Fraction = Annotated[float, Field(ge=0, lt=1)]
"""At least 0, below 1."""


class Section(BaseModel):
    """A group of options that are checked strictly and never change.

    Unknown options are refused, and a value is taken only as the type it has: the text `"3"` is no number,
    `1` is not true. Every field has a description, which is the comment that `to_yaml` writes, and a
    default.
    """

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False)
