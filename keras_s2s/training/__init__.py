"""Losses, metrics and the training recipe."""

__all__ = ["TranslationScores"]


def __getattr__(name):
    # Loaded when it is used: model and layers train without TensorFlow, scoring does not.
    if name == "TranslationScores":
        from keras_s2s.training.translation_scores import TranslationScores

        return TranslationScores
    raise AttributeError(f"module 'keras_s2s.training' has no attribute {name!r}")
