"""What a translator answers."""

from dataclasses import dataclass, field

import numpy as np

from keras_s2s.alignment import pharaoh, word_alignment
from keras_s2s.errors import UserError


@dataclass(frozen=True)
class Translation:
    """One translation; `str()` of it is its text.

    Attributes:
        source: the text that was given.
        text: the translation.
        score: what it was ranked by: the mean log-probability of a token (greedy search, samples), a beam's score, or
            the expected chrF (minimum Bayes risk).
        log_prob: the sum of the tokens' log-probabilities (natural logarithm).
        tokens: target tokens, `"</s>"` at the end unless the length limit was reached.
        source_tokens: source tokens as they were read, `"</s>"` at the end.
        token_log_probs: one for each target token.
        attention: float32 array `(target tokens, source tokens)`; each row sums to 1 (to less with local attention).
            All 0 for a model without attention.
        n_best: the translations asked for, all texts distinct, best first, this one among them; empty where one
            was asked for.
        source_words, words: which source tokens and which target tokens make up each word, `(start, end)` spans;
            `None` from a SavedModel, which has no tokenizers.
        truncated: whether the model read only the beginning of the text, which has more tokens than
            `max_source_tokens`; `None` from a SavedModel, which does not tell.
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
    source_words: list | None = field(default=None, repr=False)
    words: list | None = field(default=None, repr=False)
    truncated: bool | None = None

    def __str__(self):
        return self.text

    @property
    def has_attention(self):
        """Whether there is an attention to look at: the model has one, and the translation is not empty."""
        return bool(self.attention.any())

    @property
    def word_alignment(self):
        """`[(source word, target word), ...]` from 0: where each target word looks at most; see `keras_s2s.alignment`.

        Raises:
            UserError: for a translation by a SavedModel.
        """
        if self.source_words is None or self.words is None:
            raise UserError("a SavedModel's tokens are not grouped into words", "expected a model directory",
                            "load the directory that `keras-s2s train` wrote")
        return word_alignment(self.attention, self.source_words, self.words)

    def to_dict(self):
        """The fields as JSON types; the word alignment in Pharaoh's format, where there are words."""
        fields = {"source": self.source, "text": self.text, "score": self.score, "log_prob": self.log_prob,
                  "tokens": self.tokens, "source_tokens": self.source_tokens, "token_log_probs": self.token_log_probs,
                  "attention": [[float(value) for value in row] for row in self.attention]}
        if self.words is not None and self.has_attention:
            fields["alignment"] = pharaoh(self.word_alignment)
        if self.n_best:
            fields["n_best"] = [one.to_dict() for one in self.n_best]
        return fields

    def plot(self, path=None, title=None):
        """The attention as a picture.

        Args:
            path: ends in `.png`, `.svg` or `.pdf`: where to write it, too. Defaults to nowhere.
            title: printed above. Defaults to none.

        Returns:
            a matplotlib figure.

        Raises:
            UserError: where there is no attention, and for another ending.
        """
        if not self.has_attention:
            raise UserError("there is no attention to draw", "expected a translation by a model with attention",
                            "use another model")
        from keras_s2s.plots import plot_attention

        return plot_attention(self.source_tokens, self.tokens, self.attention, title, path)
