"""What a translator answers."""

from dataclasses import dataclass, field

import numpy as np


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
        attention: float32 array `(target tokens, source tokens)`; each row sums to 1.
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

    def to_dict(self):
        """The fields as JSON types."""
        return {"source": self.source, "text": self.text, "score": self.score, "log_prob": self.log_prob,
                "tokens": self.tokens, "source_tokens": self.source_tokens, "token_log_probs": self.token_log_probs,
                "attention": [[float(value) for value in row] for row in self.attention]}

    def plot(self):
        """The attention as a picture: a matplotlib figure."""
        from keras_s2s.plots import plot_attention

        return plot_attention(self.source_tokens, self.tokens, self.attention)
