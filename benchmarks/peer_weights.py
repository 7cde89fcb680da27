"""The weights of the one kind of model that all compared systems have, by name, in the form in which Keras has them."""

from collections.abc import Iterator

import numpy as np
from peer_ids import END, PADDING, START

from keras_s2s.errors import UserError

NEVER = -1e4
"""An output bias with which no system ever writes a token."""
RECURRENT = ("kernel", "recurrent_kernel", "bias")


def random_weights(source_vocabulary: int, target_vocabulary: int, embedding: int, units: int,
                   seed: int) -> dict[str, np.ndarray]:
    """Weights of a model without a bridge's, drawn at random. It never writes padding, start or end.

    Args:
        source_vocabulary, target_vocabulary: Sizes, the four special tokens counted.
        embedding: Width of both embeddings.
        units: Width of the decoder's state and of the attention; the encoder has half of it in each direction.
        seed: Fixes them.
    """
    half = units // 2
    shapes = {"source_embedding": (source_vocabulary, embedding), "target_embedding": (target_vocabulary, embedding),
              "query": (units, units), "key": (units, units), "score": (units, 1), "combine": (2 * units, units),
              "output_kernel": (units, target_vocabulary), "output_bias": (target_vocabulary,)}
    for name, width in (("forward", half), ("backward", half), ("decoder", units)):
        shapes |= {f"{name}_kernel": (embedding, 3 * width), f"{name}_recurrent_kernel": (width, 3 * width),
                   f"{name}_bias": (2, 3 * width)}
    chance = np.random.default_rng(seed)
    weights = {}
    for name, shape in shapes.items():
        # PyTorch's own start: with it the states neither vanish nor saturate, and outputs differ from row to row.
        drawn = chance.normal(size=shape) if "embedding" in name else chance.uniform(-1, 1, shape) * units ** -0.5
        weights[name] = drawn.astype("float32")
    weights["output_bias"][[PADDING, START, END]] = NEVER
    return weights


def sizes(weights: dict[str, np.ndarray]) -> dict[str, int]:
    """The arguments of `random_weights` that give weights of the same shapes."""
    (source, embedding), target = weights["source_embedding"].shape, len(weights["target_embedding"])
    return {"source_vocabulary": source, "target_vocabulary": target, "embedding": embedding,
            "units": weights["query"].shape[0]}


def build_model(weights: dict[str, np.ndarray], dropout: float = 0.0):
    """A `Seq2Seq` with named weights; without a bridge's its first decoder state is the encoder's last."""
    model = initial_model(**sizes(weights), dropout=dropout, bridge="dense" if "bridge_kernel" in weights else "copy")
    for name, variable in variables(model):
        variable.assign(weights[name])
    return model


def initial_model(source_vocabulary: int, target_vocabulary: int, embedding: int, units: int, dropout: float = 0.0,
                  bridge: str = "dense"):
    """A built `Seq2Seq` with the weights with which training begins; sizes as in `random_weights`."""
    from keras_s2s.layers import AttentionDecoder, BahdanauAttention, RNNEncoder
    from keras_s2s.model import Seq2Seq

    encoder = RNNEncoder(source_vocabulary, units=units // 2, embedding_units=embedding, dropout=dropout,
                         name="encoder")
    decoder = AttentionDecoder(target_vocabulary, units, BahdanauAttention(units, name="attention"),
                               embedding_units=embedding, dropout=dropout, name="decoder")
    model = Seq2Seq(encoder, decoder, bridge=bridge)
    model.build()
    return model


def weights_of(model) -> dict[str, np.ndarray]:
    """The weights of a built `Seq2Seq`. Raises `UserError` where the other systems lack its kind."""
    check_kind(model)
    return {name: np.asarray(variable) for name, variable in variables(model)}


def check_kind(model):
    """Refuses a `Seq2Seq` that the other systems do not have."""
    encoder, decoder = model.encoder.get_config(), model.decoder.get_config()
    attention, bridge = getattr(model.decoder, "attention", None), type(model.bridge).__name__
    found = {**{f"encoder.{name}": encoder[name] for name in ("cell", "layers", "direction", "merge")},
             **{f"decoder.{name}": decoder[name] for name in ("cell", "layers", "readout", "first_input")},
             "attention": type(attention).__name__, "decoder.attend": decoder.get("attend"), "bridge": bridge,
             "attention.units": getattr(attention, "units", None), "encoder.units": 2 * encoder["units"],
             "encoder.embedding_units": encoder["embedding_units"],
             "extras": [name for part in (encoder, decoder) for name in ("layer_normalization", "residual",
                        "input_feeding", "tie_output") if part.get(name)] + ["normalized"] * bool(
                            getattr(attention, "normalized", False))}
    wanted = {"encoder.cell": "gru", "encoder.layers": 1, "encoder.direction": "bidirectional",
              "encoder.merge": "concatenate", "decoder.cell": "gru", "decoder.layers": 1,
              "decoder.readout": "attention_vector", "decoder.first_input": "start", "attention": "BahdanauAttention",
              "decoder.attend": "after", "bridge": "CopyBridge" if bridge == "CopyBridge" else "DenseBridge",
              "attention.units": decoder["units"], "encoder.units": decoder["units"],
              "encoder.embedding_units": decoder["embedding_units"], "extras": []}
    different = [f"{name} {found[name]!r} (expected {value!r})" for name, value in wanted.items()
                 if found[name] != value]
    if different:
        raise UserError(f"the model has {', '.join(different)}", "expected a model that all compared systems have: one "
                        "bidirectional GRU layer, additive attention after a GRU cell, one width",
                        "give a model that the preset multi30k trained")


def variables(model) -> Iterator[tuple[str, object]]:
    """Name and variable of all weights of a built model."""
    decoder, attention = model.decoder, model.decoder.attention
    forward, backward = model.encoder.stack[0].recurrences
    for name, recurrence in (("forward", forward), ("backward", backward), ("decoder", decoder.stack.recurrences[0])):
        for part in RECURRENT:
            yield f"{name}_{part}", getattr(recurrence.rnn.cell, part)
    yield "source_embedding", model.encoder.embedding.embeddings
    yield "target_embedding", decoder.embedding.embeddings
    for name in ("query", "key", "score"):
        yield name, getattr(attention, f"{name}_projection").kernel
    yield "combine", decoder.readout.combine.kernel
    yield "output_kernel", decoder.output_projection.kernel
    yield "output_bias", decoder.output_projection.bias
    for projection in getattr(model.bridge, "projections", {}).values():
        yield "bridge_kernel", projection.kernel
        yield "bridge_bias", projection.bias
