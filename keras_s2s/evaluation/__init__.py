"""Evaluation of texts against references, without TensorFlow."""

from keras_s2s.evaluation.corpus_score import CorpusScore
from keras_s2s.evaluation.evaluate import METRICS, checked_metrics, evaluate
from keras_s2s.evaluation.item_score import ItemScore
from keras_s2s.evaluation.report import print_evaluation
from keras_s2s.evaluation.result import EvaluationResult
from keras_s2s.evaluation.score_pairs import score_pairs
from keras_s2s.evaluation.text_scores import BLEU_TOKENIZERS

__all__ = [
    "BLEU_TOKENIZERS",
    "METRICS",
    "CorpusScore",
    "EvaluationResult",
    "ItemScore",
    "checked_metrics",
    "evaluate",
    "print_evaluation",
    "score_pairs",
]
