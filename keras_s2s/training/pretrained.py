"""Pretrained vectors in a model: how wide its embeddings must be, and their rows put in place."""

import numpy as np

from keras_s2s.config import replace_values
from keras_s2s.errors import UserError
from keras_s2s.text.vectors import vectors_width


def vectors_fitted(config):
    """The configuration with `model.embedding_units` as wide as the vectors that it names, if any.

    Args:
        config: a `Config`. Both sides have embeddings of one width, so where only one has vectors, the other's random
            embeddings get their width.

    Raises:
        UserError: where the vectors of the two sides differ in width, `model.embedding_units` is another number, or
            `target.vectors` is set for a model whose two sides share the source's embeddings.
    """
    widths = {side: vectors_width(path) for side in ("source", "target") if (path := getattr(config, side).vectors)}
    if not widths:
        return config
    if "target" in widths and config.model.tied_embeddings == "all":
        raise UserError("target.vectors is set and model.tied_embeddings is all",
                        "expected source.vectors alone: both sides have the same embeddings",
                        "set source.vectors, and source.freeze_vectors, in its place")
    width = max(widths.values())
    if width != min(widths.values()):
        raise UserError(f"source.vectors are {widths['source']} numbers wide and target.vectors {widths['target']}",
                        "expected the same width on both sides", "use vectors of one width, or leave one side's out")
    if config.model.embedding_units not in ("auto", width):
        raise UserError(f"model.embedding_units is {config.model.embedding_units}",
                        f"expected {width}, the width of the vectors in "
                        f"{' and '.join(getattr(config, side).vectors for side in widths)}",
                        f"set model.embedding_units to {width} or to auto")
    return replace_values(config, {"model.embedding_units": width})


def put_vectors(embedding, vectors):
    """Writes vectors over the rows of an embedding layer.

    Args:
        embedding: a built `keras.layers.Embedding`. Rows of tokens without a vector keep the numbers they began with;
            a layer that is frozen keeps them throughout, those of the start and end tokens, too.
        vectors: `Vectors` of the same vocabulary and width.
    """
    rows, = embedding.get_weights()
    embedding.set_weights([np.where(vectors.found[:, None], vectors.matrix, rows)])
