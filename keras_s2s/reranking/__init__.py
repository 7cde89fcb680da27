"""Choosing among several translations of a text: minimum Bayes risk, n-best lists, a second model's scores."""

from keras_s2s.reranking.minimum_bayes_risk import minimum_bayes_risk
from keras_s2s.reranking.n_best_list import (
    NBestEntry,
    format_n_best,
    read_n_best,
    rerank,
    write_n_best,
)

__all__ = ["NBestEntry", "format_n_best", "minimum_bayes_risk", "read_n_best", "rerank", "write_n_best"]
