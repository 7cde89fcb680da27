"""JoeyNMT's RNN with the weights of `peer_weights`. Runs in JoeyNMT's own environment, without keras_s2s."""

import logging
from pathlib import Path

import numpy as np
import torch
from joeynmt.config import BaseConfig, load_config, parse_global_args
from joeynmt.data import load_data
from joeynmt.datasets import StreamDataset
from joeynmt.model import Model, build_model
from peer_ids import END, PADDING, START, UNKNOWN, PeerIds
from peer_torch_weights import gru_state, tensors

IDS = PeerIds((UNKNOWN, PADDING, START, END))
LANGUAGES = ("source", "target")  # also the endings of the files that it reads


def configured(folder: Path, words: tuple[list[str], list[str]], weights: dict[str, np.ndarray],
               dropout: float = 0.0, **sections: dict) -> BaseConfig:
    """JoeyNMT's options: the peers' file with the sizes of these weights.

    Args:
        folder: Has `joeynmt_rnn.yaml`; JoeyNMT writes into it.
        words: The vocabularies of source and target, four special tokens first.
        weights: See `peer_weights`.
        dropout: Of embeddings and output. Default: 0.
        **sections: What to change in sections of the file, e.g. `testing={"max_output_length": 20}`.
    """
    options = load_config(folder / "joeynmt_rnn.yaml")
    options["model_dir"] = str(folder)
    for name, changes in sections.items():
        options[name] |= changes
    for side, language, known in zip(("src", "trg"), LANGUAGES, words, strict=True):
        path = folder / f"{language}_words.txt"
        path.write_text("".join(f"{word}\n" for word in known[4:]), encoding="utf-8")
        options["data"][side] |= {"lang": language, "voc_file": str(path)}
    units, embedding = weights["query"].shape[0], weights["source_embedding"].shape[1]
    encoder, decoder = options["model"]["encoder"], options["model"]["decoder"]
    encoder |= {"hidden_size": units // 2, "dropout": dropout}
    decoder |= {"hidden_size": units, "init_hidden": "bridge" if "bridge_kernel" in weights else "last",
                "dropout": dropout, "hidden_dropout": dropout}
    for part in (encoder, decoder):
        part["embeddings"]["embedding_dim"] = embedding
    return parse_global_args(options, rank=0, mode="translate")


def build_joeynmt(options: BaseConfig, weights: dict[str, np.ndarray]) -> tuple[Model, StreamDataset]:
    """JoeyNMT's model with named weights, and what has its tokenizers. It says no more than warnings from here on."""
    logging.disable(logging.WARNING)
    *vocabularies, _, _, data = load_data(cfg=options.data, datasets=["stream"])
    model = build_model(options.model, *vocabularies)
    load_weights(model, weights)
    return model, data


def load_weights(model, weights):
    """Gives a JoeyNMT model named weights, its output layer a bias."""
    units, target = weights["output_kernel"].shape
    model.decoder.output_layer = torch.nn.Linear(units, target)
    state = {"src_embed.lut.weight": IDS.rows(weights["source_embedding"]),
             "trg_embed.lut.weight": IDS.rows(weights["target_embedding"]),
             "decoder.att_vector_layer.weight": weights["combine"].T, "decoder.att_vector_layer.bias": np.zeros(units),
             "decoder.output_layer.weight": IDS.rows(weights["output_kernel"].T),
             "decoder.output_layer.bias": IDS.rows(weights["output_bias"])}
    for name, layer in (("query", "query"), ("key", "key"), ("score", "energy")):
        state[f"decoder.attention.{layer}_layer.weight"] = weights[name].T
    if "bridge_kernel" in weights:
        state |= {"decoder.bridge_layer.weight": weights["bridge_kernel"].T,
                  "decoder.bridge_layer.bias": weights["bridge_bias"]}
    model.load_state_dict(tensors(state) | gru_state(weights, "forward", "encoder.rnn")
                          | gru_state(weights, "backward", "encoder.rnn", "_reverse")
                          | gru_state(weights, "decoder", "decoder.rnn"))
    model.eval()
