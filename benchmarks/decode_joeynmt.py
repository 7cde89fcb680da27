"""JoeyNMT as one of the compared systems. Runs in JoeyNMT's own environment, without keras_s2s."""

import logging
from importlib.metadata import version
from pathlib import Path

import joeynmt.prediction
import numpy as np
import torch
from decode_job import END, START, UNKNOWN, DecodeJob, cut, length_batches, padded
from decode_torch_weights import PeerIds, gru_state, tensors
from joeynmt.batch import Batch
from joeynmt.config import load_config, parse_global_args
from joeynmt.data import load_data
from joeynmt.datasets import build_dataset
from joeynmt.model import build_model
from joeynmt.search import search as joeynmt_search

IDS = PeerIds((UNKNOWN, 0, START, END))
BEAM_SIZES = {"greedy": 1, "beam": 5}
LANGUAGES = ("source", "target")  # also the endings of the files that it reads


class JoeyNMTSystem:
    """Decodes with JoeyNMT's `search` and translates with its `predict`, configured by the peers' `joeynmt_rnn.yaml`.

    Its output layer has no bias; it gets one here, so that it computes what the others compute.

    Args:
        folder: A folder that `DecodeJob.save` wrote.
        threads: How many threads PyTorch may use.
    """

    def __init__(self, folder: Path, threads: int):
        torch.set_num_threads(threads)
        self.versions = {"joeynmt": version("joeynmt"), "joeynmt's torch": torch.__version__}
        self._folder = folder
        self._job, weights = DecodeJob.load(folder)
        self._options = configured(folder, self._job, weights)
        logging.disable(logging.WARNING)
        *self._vocabularies, _, _, data = load_data(cfg=self._options.data, datasets=["stream"])
        self._tokenizers, self._encoders = data.tokenizer, data.sequence_encoder
        self._model = build_model(self._options.model, *self._vocabularies)
        load_weights(self._model, weights)
        self._sources = [IDS.to_peer(ids) for ids in self._job.sources]

    def decode(self, search: str, batch: int, sentences: int) -> list[list[int]]:
        """Ids of the first so many sources' translations."""
        sources, outputs, test = self._sources[:sentences], [[]] * sentences, self._options.test
        for group in length_batches(sources, batch):
            rows = [sources[index] for index in group]
            made = Batch(src=torch.from_numpy(padded(rows, self._model.pad_index)).long(),
                         src_length=torch.tensor([len(row) for row in rows]), src_prompt_mask=None, trg=None,
                         trg_prompt_mask=None, indices=torch.tensor(group), device=torch.device("cpu"),
                         pad_index=self._model.pad_index, eos_index=self._model.eos_index, is_train=False)
            places = made.sort_by_src_length()
            found, _, _ = joeynmt_search(self._model, made, test.max_output_length, BEAM_SIZES[search],
                                         test.beam_alpha)
            for index, row in zip(group, found[places].tolist(), strict=True):
                outputs[index] = cut(IDS.from_peer(row))
        return outputs

    def translate(self, search: str, batch: int, file: str) -> list[str]:
        """Lines of a file in the folder -> their translations, in batches of the file's order, as JoeyNMT does."""
        data = build_dataset("plain", str(self._folder / file), *LANGUAGES, split="test", tokenizer=self._tokenizers,
                             sequence_encoder=self._encoders, has_prompt=dict.fromkeys(LANGUAGES, False))
        options = self._options.test._replace(beam_size=BEAM_SIZES[search], batch_size=batch)
        return joeynmt.prediction.predict(
            self._model, data, self._options.device, self._options.n_gpu, normalization="none",
            num_workers=self._options.num_workers, args=options, autocast=self._options.autocast)[2]


def configured(folder, job, weights):
    """JoeyNMT's options: the peers' file with the sizes of these weights and the vocabularies of this job."""
    options = load_config(folder / "joeynmt_rnn.yaml")
    options["model_dir"] = str(folder)
    options["testing"]["max_output_length"] = job.limit
    for side, language, words in zip(("src", "trg"), LANGUAGES, (job.source_words, job.target_words), strict=True):
        path = folder / f"{language}_words.txt"
        path.write_text("".join(f"{word}\n" for word in words[4:]), encoding="utf-8")
        options["data"][side] |= {"lang": language, "voc_file": str(path)}
    units, embedding = weights["query"].shape[0], weights["source_embedding"].shape[1]
    encoder, decoder = options["model"]["encoder"], options["model"]["decoder"]
    encoder |= {"hidden_size": units // 2}
    decoder |= {"hidden_size": units, "init_hidden": "bridge" if "bridge_kernel" in weights else "last"}
    for part in (encoder, decoder):
        part["embeddings"]["embedding_dim"] = embedding
    return parse_global_args(options, rank=0, mode="translate")


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
