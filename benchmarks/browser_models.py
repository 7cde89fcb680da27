"""The models of the browser's benchmark, and their graphs as TF.js' own executor takes them."""

import json
import os
import subprocess
from pathlib import Path

import keras
import numpy as np

from keras_s2s.export.browser_graphs import BrowserGraphs
from keras_s2s.export.tfjs import bundle_config, convert_graph
from keras_s2s.ids import END_ID
from keras_s2s.layers import AttentionDecoder, BahdanauAttention, RNNEncoder
from keras_s2s.model import Seq2Seq
from keras_s2s.text import WordTokenizer
from keras_s2s.translator import Translator

BROWSER = Path(__file__).resolve().parents[1] / "apps" / "browser"
SOURCE_TOKENS = 16  # the end token's place among them
TARGET_TOKENS = 30


def random_translator(units, vocabulary):
    """A bi-GRU with additive attention and random weights, which writes 30 tokens whatever it reads."""
    keras.utils.set_random_seed(0)
    words = [f"w{index}" for index in range(vocabulary - 4)]
    source, target = WordTokenizer(), WordTokenizer()
    for tokenizer in (source, target):
        tokenizer.adapt([" ".join(words)])
    model = Seq2Seq(
        encoder=RNNEncoder(vocabulary, units=units, cell="gru", direction="bidirectional"),
        decoder=AttentionDecoder(vocabulary, units=units, attention=BahdanauAttention(units), attend="after"),
        bridge="dense")
    model({"source": np.ones((1, 2), "int32"), "target_input": np.ones((1, 2), "int32")})
    bias = next(weight for weight in model.decoder.weights if weight.path.endswith("output_projection/bias"))
    values = np.asarray(bias).copy()
    values[END_ID] = -1000.0
    bias.assign(values)
    chance = np.random.default_rng(0)
    text = " ".join(chance.choice(words, SOURCE_TOKENS - 1))
    return Translator(model, source, target, name="random", examples=[text],
                      target_length={"factor": 0.0, "offset": TARGET_TOKENS, "maximum": TARGET_TOKENS})


def write_peer(translator, folder):
    """Writes the three graphs as the converter makes them, `names.json`, `config.json` and the ids to read."""
    folder.mkdir(parents=True)
    module, names = BrowserGraphs(translator), {}
    for name, function in module.functions().items():
        out = folder / name
        # With its repairs, for without them TF.js' wasm backend would damage its memory.
        mended = convert_graph(module, function, out)
        description = json.loads((out / "model.json").read_text("utf-8"))
        weights = mended["weights"]
        description["modelTopology"] = mended["topology"]
        description["signature"] = mended["signature"]
        description["weightsManifest"] = [{"paths": ["weights.bin"], "weights": [
            {**spec, **({"quantization": {"dtype": "float16", "original_dtype": "float32"}}
                        if "quantization" in spec else {})} for spec, _ in weights]}]
        (out / "weights.bin").write_bytes(b"".join(data for _, data in weights))
        (out / "model.json").write_text(json.dumps(description), "utf-8")
        names[name] = {side: {key: tensor["name"] for key, tensor in mended["signature"][side].items()}
                       for side in ("inputs", "outputs")}
    (folder / "names.json").write_text(json.dumps(names), "utf-8")
    (folder / "config.json").write_text(json.dumps(bundle_config(translator, module)), "utf-8")


def build_peer(folder):
    """Builds `peer.js`, which runs these graphs with TF.js' own executor."""
    subprocess.run(["npx", "vite", "build", "--config", "benchmark.config.ts", "--outDir", os.fspath(folder),
                    "--logLevel", "error"], cwd=BROWSER, check=True)
