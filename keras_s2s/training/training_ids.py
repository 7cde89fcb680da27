"""The training pairs as ids, epoch by epoch."""

from keras_s2s.data.batching import usable_pairs


class TrainingIds:
    """Ids of the training pairs that can be used; where subwords are sampled, others in every epoch.

    Args:
        translator: a `Translator`, for its tokenizers.
        pairs: list of `(source, target)`.
        max_source_tokens, max_target_tokens: longer pairs are left out, by their most probable tokens: `left_out` says
            how many.
        subword_alpha: float or `None`, see `SentencePieceTokenizer.sample`. Other tokenizers do not sample.
        seed: int. The same seed and epoch give the same ids.

    Raises:
        UserError: where no pair is left.
    """

    def __init__(self, translator, pairs, max_source_tokens, max_target_tokens, subword_alpha=None, seed=1):
        self.tokenizers = (translator.source, translator.target)
        *self.ids, self.rows, self.left_out = usable_pairs(
            pairs, *self.tokenizers, max_source_tokens, max_target_tokens)
        self.all_pairs, self.subword_alpha, self.seed = pairs, subword_alpha, seed

    def of_epoch(self, epoch):
        """`(source ids, target ids)`, ragged `(pairs, tokens)`, of an epoch, counted from 0."""
        if self.subword_alpha is None:
            return tuple(self.ids)
        return tuple(
            tokenizer.sample([self.all_pairs[row][side] for row in self.rows], self.subword_alpha,
                             seed=(self.seed * 1_000 + epoch) * 2 + side) if hasattr(tokenizer, "sample") else ids
            for side, (tokenizer, ids) in enumerate(zip(self.tokenizers, self.ids, strict=True)))

    def pairs(self, places):
        """The texts of pairs, by their places among the ids."""
        return [self.all_pairs[row] for row in self.rows[places]]
