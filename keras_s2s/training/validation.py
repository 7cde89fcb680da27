"""How good a model is on the dev pairs while it is trained."""

import math

from keras_s2s.data.batch_plan import plan_batches
from keras_s2s.data.batching import batch_dataset, usable_pairs
from keras_s2s.evaluation import score_pairs


class Validation:
    """Scores a translator on dev pairs: its perplexity, and where a metric asks for it its translations.

    Args:
        translator: a `Translator` whose model is compiled with `Perplexity`.
        pairs: list of `(source, target)`; all targets of one source are its references.
        metric: `"loss"`, `"bleu"`, `"chrf"` or `"exact_match"`.
        bleu_tokenize: how sacreBLEU cuts texts into words.
        max_source_tokens, max_target_tokens: longer pairs do not count for the perplexity: `left_out` says how many.

    Raises:
        UserError: where no pair can be used.
    """

    def __init__(self, translator, pairs, metric="loss", bleu_tokenize="13a", max_source_tokens=None,
                 max_target_tokens=None):
        self.translator, self.pairs, self.metric, self.bleu_tokenize = translator, pairs, metric, bleu_tokenize
        source_ids, target_ids, _, self.left_out = usable_pairs(
            pairs, translator.source, translator.target, max_source_tokens, max_target_tokens)
        # One pool of all: only the padding depends on the order.
        plan = plan_batches(source_ids.row_lengths(), target_ids.row_lengths(), seed=0, pool=len(pairs))
        self.dataset = batch_dataset(source_ids, target_ids, plan)

    def __call__(self):
        """`{"dev_perplexity": ..., "dev_bleu": ...}`, the second where the metric is not the loss."""
        logs = self.translator.model.evaluate(self.dataset, verbose=0, return_dict=True)
        found = {"dev_perplexity": round(logs["perplexity"], 6)}
        if self.metric != "loss":
            result = score_pairs(self.translator, self.pairs, metrics=[self.metric], tokenize=self.bleu_tokenize)
            value = getattr(result, self.metric)
            found[f"dev_{self.metric}"] = round(getattr(value, "score", value), 6)
        return found

    def value(self, found):
        """What is compared, higher is better, from what a call returned."""
        return -math.log(found["dev_perplexity"]) if self.metric == "loss" else found[f"dev_{self.metric}"]
