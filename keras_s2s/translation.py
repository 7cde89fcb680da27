"""What a translator answers."""

from dataclasses import dataclass, field

import numpy as np

from keras_s2s.errors import UserError


@dataclass(frozen=True)
class Translation:
    """One translation; `str()` of it is its text.

    Attributes:
        source: the text that was given.
        text: the translation.
        score: what the search ranked by: the mean log-probability of a token (greedy search).
        log_prob: the sum of the tokens' log-probabilities (natural logarithm).
        tokens: target tokens, `"</s>"` at the end unless the length limit was reached.
        source_tokens: source tokens as they were read, `"</s>"` at the end.
        token_log_probs: one for each target token.
        attention: float32 array `(target tokens, source tokens)`; each row sums to 1 (to less with local attention).
            All 0 for a model without attention.
        n_best: other translations, best first; empty for greedy search.
    """

    source: str
    text: str
    score: float
    log_prob: float
    tokens: list[str]
    source_tokens: list[str]
    token_log_probs: list[float]
    attention: np.ndarray = field(repr=False)
    n_best: tuple = ()

    def __str__(self):
        return self.text

    @property
    def has_attention(self):
        """Whether there is an attention to look at: the model has one, and the translation is not empty."""
        return bool(self.attention.any())

    def to_dict(self):
        """The fields as JSON types."""
        return {"source": self.source, "text": self.text, "score": self.score, "log_prob": self.log_prob,
                "tokens": self.tokens, "source_tokens": self.source_tokens, "token_log_probs": self.token_log_probs,
                "attention": [[float(value) for value in row] for row in self.attention]}

    def plot(self):
        """The attention as a picture: a matplotlib figure. `UserError` where the model has none."""
        if not self.has_attention:
            raise UserError("there is no attention to draw", "expected a translation by a model with attention",
                            "use another model")
        from keras_s2s.plots import plot_attention

        return plot_attention(self.source_tokens, self.tokens, self.attention)
