"""Scores of real translations within `fit`."""

import keras

from keras_s2s.evaluation import score_pairs


class TranslationScores(keras.callbacks.Callback):
    """After an epoch, translates pairs and adds the scores to its logs as `val_bleu`, `val_chrf`, `val_exact_match` ...

    Keras' own callbacks then choose by them; put this one before them. (The recipe of `keras-s2s train` has its own.)

    Args:
        translator: a `Translator` of the model that is trained.
        pairs: list of `(source, target)`; all targets of one source are its references.
        metrics: any of `"bleu"`, `"chrf"`, `"exact_match"`, `"character_error_rate"`. Defaults to BLEU.
        tokenize: how sacreBLEU cuts texts into words. Defaults to `"13a"`.
        every: int. Epochs from one scoring to the next. Defaults to 1.
        **options: how to decode: `beam_size=5` ...; see `keras_s2s.decoding.Decoding`.

    Example:

        scores = TranslationScores(translator, dev_pairs)
        best = keras.callbacks.ModelCheckpoint("best.weights.h5", monitor="val_bleu", mode="max", save_best_only=True,
                                               save_weights_only=True)
        stop = keras.callbacks.EarlyStopping("val_bleu", mode="max", patience=3, restore_best_weights=True)
        translator.model.fit(batches, epochs=30, callbacks=[scores, best, stop])
    """

    def __init__(self, translator, pairs, metrics=("bleu",), tokenize="13a", every=1, **options):
        super().__init__()
        self.translator, self.pairs, self.metrics, self.tokenize = translator, list(pairs), tuple(metrics), tokenize
        self.every, self.options = every, options

    def on_epoch_end(self, epoch, logs=None):
        if logs is None or (epoch + 1) % self.every:
            return
        result = score_pairs(self.translator, self.pairs, self.metrics, self.tokenize, **self.options)
        for metric in self.metrics:
            value = getattr(result, metric)
            logs[f"val_{metric}"] = float(getattr(value, "score", value))
