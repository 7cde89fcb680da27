"""The `inference` section of a configuration."""

from pydantic import Field

from keras_s2s.config.section import Count, Section


class InferenceConfig(Section):
    """The limits of the finished model. Each option is explained by its description."""

    max_source_tokens: Count = Field(
        default=256, description="A longer text is cut to its first so many tokens."
    )
    max_target_tokens: Count = Field(default=256, description="No translation has more tokens than this.")
