"""Scores of real translations within Keras' own `fit`."""

import keras
import pytest

import keras_s2s as s2s


@pytest.mark.training
def test_keras_callbacks_choose_by_them():
    pairs = [(first + second, second + first) for first in "abcdef" for second in "abcdef"]
    source, target = s2s.text.CharacterTokenizer(), s2s.text.CharacterTokenizer()
    source.adapt([pair[0] for pair in pairs])
    target.adapt([pair[1] for pair in pairs])
    keras.utils.set_random_seed(1)
    model = s2s.Seq2Seq(s2s.layers.RNNEncoder(source.vocabulary_size(), 16), s2s.layers.AttentionDecoder(
        target.vocabulary_size(), 16, s2s.layers.BahdanauAttention(16)))
    model.build()
    model.compile(optimizer=keras.optimizers.Adam(0.02))
    translator = s2s.Translator(model, source, target)
    scores = s2s.training.TranslationScores(translator, pairs, ("exact_match", "chrf"), every=2)
    stop = keras.callbacks.EarlyStopping("val_exact_match", mode="max", patience=0, baseline=0.99,
                                         restore_best_weights=True)
    told = []
    tell = keras.callbacks.LambdaCallback(on_epoch_end=lambda epoch, logs: told.append(dict(logs)))
    model.fit(s2s.data.batches(pairs, source, target, batch_size=12), epochs=4, verbose=0, callbacks=[scores, tell])
    assert ["val_exact_match" in logs for logs in told] == [False, True, False, True]
    right = sum(str(answer) == pair[1] for answer, pair in zip(
        translator([pair[0] for pair in pairs]), pairs, strict=True)) / len(pairs)
    assert told[-1]["val_exact_match"] == pytest.approx(right)
    assert told[-1]["val_chrf"] > told[1]["val_chrf"]
    scores.every = 1
    history = model.fit(s2s.data.batches(pairs, source, target, batch_size=12), epochs=60, verbose=0,
                        callbacks=[scores, stop]).history
    assert len(history["loss"]) < 60
