"""Fits small models under the backend that KERAS_BACKEND names, and writes what came out of it.

    KERAS_BACKEND=jax python tests/backends/fit_losses.py DIRECTORY

The first run writes its first weights to DIRECTORY, later ones begin with the same.
"""

import json
import sys
from pathlib import Path

import keras
import numpy as np

from keras_s2s.layers import (
    AttentionDecoder,
    BahdanauAttention,
    CoverageAttention,
    LuongAttention,
    RNNDecoder,
    RNNEncoder,
)
from keras_s2s.model import Seq2Seq
from keras_s2s.weights import load_weights, save_weights

VOCABULARY, BATCH, STEPS = 40, 16, 5
EVERYWHERE = {"embeddings": 0.2, "inputs": 0.2, "outputs": 0.2, "recurrent": 0.2}


def encoder(**options):
    return RNNEncoder(VOCABULARY, units=8, embedding_units=12, **options)


def everything(dropout):
    """An LSTM of two layers whose decoder carries all that can be carried."""
    options = {"cell": "lstm", "layers": 2, "residual": True, "layer_normalization": True, "dropout": dropout}
    return Seq2Seq(encoder(**options), AttentionDecoder(VOCABULARY, 16, CoverageAttention(16), input_feeding=True,
                                                        embedding_units=12, tie_output=True, **options))


MODELS = {
    "after": lambda: Seq2Seq(encoder(), AttentionDecoder(VOCABULARY, 16, BahdanauAttention(16))),
    "before, LSTM": lambda: Seq2Seq(encoder(cell="lstm"), AttentionDecoder(
        VOCABULARY, 16, LuongAttention(16), attend="before", cell="lstm")),
    "no attention": lambda: Seq2Seq(encoder(), RNNDecoder(VOCABULARY, 16, "both", summary="mean"), bridge="mean"),
    "input feeding, coverage": lambda: everything(0.0),
}
# Random numbers differ from backend to backend: with dropout there is nothing to compare.
WITH_DROPOUT = {
    "input feeding, coverage": lambda: everything(EVERYWHERE),
    "no attention": lambda: Seq2Seq(encoder(dropout=EVERYWHERE), RNNDecoder(
        VOCABULARY, 16, "both", layers=2, dropout=EVERYWHERE)),
}


def data(seed=3):
    """Pairs of 2 to 12 source and 1 to 10 target tokens, padded, with their end tokens."""
    chance = np.random.default_rng(seed)
    source, labels = np.zeros((STEPS * BATCH, 13), "int32"), np.zeros((STEPS * BATCH, 11), "int32")
    for ids, shortest in ((source, 2), (labels, 1)):
        for row in ids:
            length = chance.integers(shortest, len(row))
            row[:length + 1] = [*chance.integers(4, VOCABULARY, length), 3]
    target_input = np.where(labels > 0, np.concatenate([np.full((len(labels), 1), 2), labels[:, :-1]], axis=1), 0)
    return {"source": source, "target_input": target_input.astype("int32")}, labels


def fit(model):
    """The mean loss so far after each of five steps."""
    losses = []
    model.compile()
    inputs, labels = data()
    record = keras.callbacks.LambdaCallback(on_train_batch_end=lambda _, logs: losses.append(float(logs["loss"])))
    model.fit(inputs, labels, batch_size=BATCH, shuffle=False, verbose=0, callbacks=[record])
    return losses


def main(directory):
    results = {"backend": keras.backend.backend(), "losses": {}, "ids": {}, "dropout": {}}
    source = data()[0]["source"][:BATCH]
    for index, (name, make) in enumerate(MODELS.items()):
        model, weights = make(), directory / f"{index}.npz"
        model.build()
        if weights.exists():
            load_weights(model, weights)
        else:
            chance = np.random.default_rng(index)
            for variable in model.weights:
                variable.assign(chance.normal(0, 0.5, variable.shape))
            save_weights(model, weights)
        results["ids"][name] = model.generate(source)["ids"].tolist()
        results["losses"][name] = fit(model)
    for name, make in WITH_DROPOUT.items():
        results["dropout"][name] = fit(make())
    (directory / f"{results['backend']}.json").write_text(json.dumps(results))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
