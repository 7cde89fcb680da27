"""Writes the folders that the compared systems read: a model with random weights, a trained one with its data."""

import shutil
from pathlib import Path

import numpy as np
from decode_job import END, DecodeJob
from peer_weights import random_weights, sizes, weights_of

from keras_s2s.errors import UserError

FIXED_STEPS = 20
FIXED_TOKENS = 14
FIXED_SENTENCES = 640
FIXED_SIZES = {"source_vocabulary": 7859, "target_vocabulary": 5921, "embedding": 256, "units": 256}
"""The reference's default sizes, and Multi30k's vocabularies (de, en) of words seen twice."""
SMOKE_SIZES = {"source_vocabulary": 60, "target_vocabulary": 50, "embedding": 12, "units": 16}
TRAINED_LIMIT = 60
WARM_UP_LINES = 256


def prepare_fixed(folder: Path, peers: Path, chosen: dict[str, int], seed: int = 1):
    """Random weights that never end a sentence, and random sources of one length."""
    chance = np.random.default_rng(seed)
    sources = chance.integers(4, chosen["source_vocabulary"], (FIXED_SENTENCES, FIXED_TOKENS))
    sources[:, -1] = END
    words = [["", "<unk>", "<s>", "</s>", *(f"w{number}" for number in range(4, chosen[f"{side}_vocabulary"]))]
             for side in ("source", "target")]
    DecodeJob(*words, sources=sources.tolist(), limit=FIXED_STEPS).save(folder, random_weights(**chosen, seed=seed))
    shutil.copy(peers / "joeynmt_rnn.yaml", folder)


def prepare_trained(folder: Path, peers: Path, model: Path, sentences: int,
                    test_sentences: int | None = None) -> dict:
    """A trained model's weights, its test set as ids and as text, and the first sources of its training set as text.

    Args:
        folder: Where they go.
        peers: The folder of the peers.
        model: A model directory with its data.
        sentences: How many of the training set.
        test_sentences: How many of the test set. Default: all.

    Returns:
        The model's name, sizes and number of weights.

    Raises:
        UserError: The model lacks its data, or is of another kind than the compared systems.
    """
    from keras_s2s.data.pairs import read_pairs
    from keras_s2s.translator import Translator

    translator = Translator.load(model)
    for side in (translator.source, translator.target):
        if side.type_name != "word" or side.lowercase or side.split_punctuation:
            raise UserError(f"{model} has a {side.type_name} tokenizer with the options {side.get_config()}",
                            "expected words between spaces as they are, which all compared systems can read",
                            "give a model that the preset multi30k trained")
    weights = weights_of(translator.model)
    pairs = {part: read_pairs(model / "data" / f"{part}.tsv") for part in ("test", "train")}
    sources, references = (list(side) for side in zip(*pairs["test"][:test_sentences], strict=True))
    lines = [source for source, _ in pairs["train"][:sentences]]
    if len(lines) < sentences:
        raise UserError(f"{model}/data/train.tsv has {len(lines)} sentences", f"expected {sentences} to decode",
                        f"ask for fewer: --sentences {len(lines)}")
    ids, _ = translator.source.tokenize(sources, translator.max_source_tokens)
    exported = translator.export_saved_model(folder / "exported")
    job = DecodeJob(translator.source.get_vocabulary(), translator.target.get_vocabulary(),
                    [[*row, END] for row in ids.to_list()], TRAINED_LIMIT, references, str(model.resolve()),
                    str(exported))
    job.save(folder, weights)
    for name, texts in (("test", sources), ("file", lines), ("warm_up", lines[:WARM_UP_LINES])):
        (folder / f"{name}.source").write_text("".join(f"{text}\n" for text in texts), encoding="utf-8")
    shutil.copy(peers / "joeynmt_rnn.yaml", folder)
    return {"name": translator.name, "parameters": translator.parameters, **sizes(weights)}
