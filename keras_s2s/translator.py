"""A model with its tokenizers: text in, translations out."""

import functools
import itertools
import json
from pathlib import Path

import keras
import numpy as np
import tensorflow as tf
import yaml

from keras_s2s.answers import Answers
from keras_s2s.batches import in_parallel, length_batches
from keras_s2s.decoding import Decoding
from keras_s2s.ensemble import Ensemble
from keras_s2s.errors import UserError
from keras_s2s.files import write_atomically
from keras_s2s.graph import TranslationGraph
from keras_s2s.graph_functions import GraphFunctions
from keras_s2s.model import Seq2Seq
from keras_s2s.model_path import find_model
from keras_s2s.saved_signatures import SavedSignatures
from keras_s2s.text import Tokenizer
from keras_s2s.text.encoding import checked_texts, utf8
from keras_s2s.translation import Translation
from keras_s2s.weights import load_weights, save_weights, saved_variables

FORMAT_VERSION = 1
DEFAULT_TARGET_LENGTH = {"factor": 2.0, "offset": 10, "maximum": 256}


class Translator:
    """A model with its tokenizers.

    Args:
        model: a built `Seq2Seq`.
        source, target: adapted tokenizers.
        name, description: for model cards and pages.
        examples: list of texts to try.
        max_source_tokens: int. What is longer is cut; `truncated` says so in a `Translation` and a trace's source.
            Defaults to 256.
        target_length: dict, see `TranslationGraph`. Defaults to at most 10 + 2n tokens for n source tokens.

    Example:

        translator = Translator.load("dates")
        result = translator("March 3rd, 1999")
        print(result, result.log_prob)
    """

    def __init__(self, model, source, target, name="model", description="", examples=(), max_source_tokens=256,
                 target_length=None):
        self.model, self.source, self.target = model, source, target
        self.name, self.description, self.examples = name, description, list(examples)
        self.max_source_tokens = max_source_tokens
        self.target_length = dict(target_length or DEFAULT_TARGET_LENGTH)
        self.weights_dtype = "float32"
        self.config = {}
        self._functions: GraphFunctions | SavedSignatures
        if model is not None:
            self.graph = TranslationGraph(model, source, target, max_source_tokens, self.target_length)
            self._functions = GraphFunctions(self.graph, target)

    def __call__(self, texts, prefix=None, batch_size=64, workers=None, on_progress=None, **options):
        """Translates.

        Args:
            texts: a string or a list of strings.
            prefix: a string with which the translation begins, or one for each text. Defaults to none.
            batch_size: int. Texts of similar length go together. Defaults to 64; fewer where they are very long or have
                many hypotheses.
            workers: int. Batches that are translated at the same time. Defaults to the number of processors.
            on_progress: called with the number of texts done after each batch.
            **options: how to decode: `beam_size=5`, `n_best=3`, `samples=8` ...; see `Decoding`.

        Returns:
            a `Translation` for a string, a list of them, in order, for a list.

        Raises:
            UserError: for what is no text, and for options out of range; see `Decoding`.
        """
        if isinstance(texts, str):
            return self([texts], None if prefix is None else [prefix], on_progress=on_progress, **options)[0]
        texts, decoding = checked_texts(texts), Decoding(**options)
        prefixes = self.checked_prefixes(prefix, len(texts), decoding)
        run = self._functions.function(decoding, prefixes is not None)
        answers = Answers(decoding, self.source, self.target, self.max_source_tokens)

        def translate(chosen):
            given = {"text": tf.constant([utf8(texts[index]) for index in chosen], tf.string)}
            if prefixes is not None:
                given["prefix"] = tf.constant([utf8(prefixes[index]) for index in chosen], tf.string)
            if decoding.samples:
                time = decoding.max_length or self.target_length["maximum"]
                given["draws"] = tf.constant(decoding.search(self.target).draws(
                    [utf8(texts[index]) for index in chosen], time))
            found = tf.nest.map_structure(lambda tensor: tensor.numpy(), run(given))
            return [answers.of(texts[index], tf.nest.map_structure(lambda values, row=row: values[row], found))
                    for row, index in enumerate(chosen)]

        found: dict[int, Translation] = {}
        done = 0
        batches = length_batches([len(text) for text in texts], batch_size, decoding.hypotheses)
        for chosen, translations in in_parallel(translate, batches, workers):
            found |= dict(zip(chosen, translations, strict=True))
            done += len(chosen)
            if on_progress:
                on_progress(done)
        return [found[index] for index in range(len(texts))]

    def checked_prefixes(self, prefix, number, decoding):
        """A prefix for each of so many texts, `None` for none; see a call. Refuses what leaves no room."""
        if prefix is None:
            return None
        prefixes = [prefix] * number if isinstance(prefix, str) else checked_texts(prefix)
        if len(prefixes) != number:
            raise UserError(f"{len(prefixes)} prefixes for {number} texts", "expected one for each, or one string",
                            "give an empty string where there is none")
        if self.target is not None:
            most = decoding.max_length or self.target_length["maximum"]
            lengths = self.target.tokenize([utf8(text) for text in prefixes])[0].row_lengths().numpy()
            for text, length in zip(prefixes, lengths, strict=True):
                if length >= most:
                    raise UserError(f"the prefix {text[:60]!r} has {length} tokens",
                                    f"expected fewer than {most}, the most that a translation may have",
                                    "use a shorter prefix, or max_length")
        return prefixes

    def score(self, sources, targets, batch_size=64):
        """Log-probabilities of given targets, end token included.

        Args:
            sources, targets: two strings, or two lists of strings of the same length.
            batch_size: int. Defaults to 64.

        Returns:
            a dict with `log_prob`, `token_log_probs` (target tokens), `tokens`, `source_tokens` and `attention` (target
            tokens, source tokens) for two strings, a list of them, in order, for lists.
        """
        if isinstance(sources, str) and isinstance(targets, str):
            return self.score([sources], [targets])[0]
        sources, targets = checked_texts(sources), checked_texts(targets)
        if len(sources) != len(targets):
            raise UserError(f"score got {len(sources)} sources and {len(targets)} targets",
                            "Expected a target for each source", "Give two lists of the same length")
        found = {}
        lengths = [max(len(source), len(target)) for source, target in zip(sources, targets, strict=True)]
        for chosen in length_batches(lengths, batch_size):
            rows = self._functions.score(*(tf.constant([utf8(texts[index]) for index in chosen], tf.string)
                                           for texts in (sources, targets)))
            rows = {name: value.numpy() for name, value in rows.items()}
            for row, index in enumerate(chosen):
                found[index] = _scored({name: value[row] for name, value in rows.items()})
        return [found[index] for index in range(len(sources))]

    def trace(self, text, prefix=None, beam_size=1, top_k=5, **options):
        """Translates a text and keeps every tensor on the way, as the model computed it.

        Args:
            text: a string.
            prefix: a string with which the translation begins. Defaults to none.
            beam_size: int. Defaults to 1: greedy search. The steps are those of the best hypothesis; what else the beam
                kept stands in `beam`.
            top_k: int. How many of the likeliest tokens each step names. Defaults to 5.
            **options: how to decode, as for a call, see `Decoding`; but no samples, n-best lists or `jit_compile`.

        Returns:
            a `Trace`; its tokens are those that a call gives.

        Raises:
            UserError: for what is no text, options out of range, a SavedModel and an ensemble.
        """
        return self._tracing.trace(text, prefix, top_k, beam_size=beam_size, **options)

    def intervene(self, text, force=None, attention=None, mute=None, swap=None, prefix=None, beam_size=1, top_k=5,
                  **options):
        """Translates a text as it is, and once more with changes: the model runs anew from the first of them.

        Several may be combined. `swap` and `mute` change what the model reads from the beginning; the changes of steps
        follow in order, and each goes on from the run with all before it: what that wrote until then stays. With a beam
        every one is a search of its own.

        Args:
            text: a string.
            force: dict of steps, from 0, to target tokens that are written there, whatever the model prefers. After
                each the search goes on. A token is a whole entry of the vocabulary: `"▁word"` with SentencePiece.
            attention: dict of steps to attention rows, weights over the source tokens (the end token's the last) that
                take the place of the model's own. They are divided by their sum; with local attention, whose rows add
                up to less than 1, only where the sum is larger. What the attention remembers (coverage) sees them.
            mute: a source position, or several, which get no attention at any step: their scores count as minus
                infinity. The encoder has read them all the same, so that their neighbours' states, and the decoder's
                first state, still tell of them. Local attention's window stays where it is. Without attention there is
                nothing to mute: refused.
            swap: dict of words of the text to other words, or the whole new text. Steps and positions of the other
                arguments are then those of the new text.
            prefix, beam_size, top_k, **options: see `trace`.

        Returns:
            an `Intervention`: `before` and `after`, a `Trace` each, and `changed`, positions of `after`'s target
            tokens.

        Raises:
            UserError: for steps that the translation does not reach, tokens that the vocabulary has not, rows that are
                no weights over this source, positions out of range, words that the text has not or that stand behind
                what the model reads of it, models without attention where it is to be changed; and as `trace`.
        """
        return self._tracing.intervene(text, force, attention, mute, swap, prefix=prefix, top_k=top_k,
                                       beam_size=beam_size, **options)

    @functools.cached_property
    def _tracing(self):
        from keras_s2s.text_tracing import TextTracing

        self._require_model("traced")
        return TextTracing(self)

    @classmethod
    def ensemble(cls, translators):
        """Several models as one: the mean of their log-probabilities decides; see `Ensemble`.

        Args:
            translators: list of two or more, with the same tokenizers.

        Returns:
            a `Translator` with the first one's name and limits. It translates, scores, and is exported for TF Serving;
            it cannot be saved.

        Raises:
            UserError: where there are fewer, one of them is no model directory, or the tokenizers differ.
        """
        translators = list(translators)
        for translator in translators:
            translator._require_model("in an ensemble")
        for first, other in itertools.pairwise(translators):
            for side in ("source", "target"):
                if getattr(first, side).to_json() != getattr(other, side).to_json():
                    raise UserError(f"the {side} tokenizers of {first.name} and {other.name} differ",
                                    "expected models with the same vocabularies",
                                    "train them on the same data and options, with different seeds")
        model, first = Ensemble([translator.model for translator in translators]), translators[0]
        return cls(model, first.source, first.target, first.name, first.description, first.examples,
                   first.max_source_tokens, first.target_length)

    def save(self, directory, dtype=None):
        """Writes a model directory. `dtype="float16"` rounds the weights, here and in the file."""
        self._require_model("saved")
        directory = Path(directory)
        dtype = dtype or self.weights_dtype
        if dtype == "float16":
            self.round_to_float16()
        self.source.save(directory / "source")
        self.target.save(directory / "target")
        save_weights(self.model, directory / "weights.npz", dtype)
        described = {"format_version": FORMAT_VERSION, "name": self.name, "description": self.description,
                     "examples": self.examples, "max_source_tokens": self.max_source_tokens,
                     "target_length": self.target_length,
                     "network": keras.saving.serialize_keras_object(self.model)}
        described["network"].pop("compile_config", None)
        write_atomically(directory / "model.json", json.dumps(described, indent=1, ensure_ascii=False) + "\n")
        if not (directory / "config.yaml").exists():
            write_atomically(directory / "config.yaml", yaml.safe_dump(
                {"format_version": FORMAT_VERSION, "name": self.name, "description": self.description}))

    def round_to_float16(self):
        """Rounds every weight to float16 once, so that all runtimes compute from the same numbers."""
        for variable in saved_variables(self.model):
            variable.assign(np.asarray(variable).astype("float16").astype("float32"))
        self.weights_dtype = "float16"

    @classmethod
    def load(cls, model):
        """Loads a model directory, an exported SavedModel, or a shipped model by its name.

        Raises:
            UserError: where there is none, or its files are damaged or of another format.
        """
        path, kind = find_model(model)
        return cls._from_saved_model(path) if kind == "saved_model" else cls._from_directory(path)

    @classmethod
    def _from_directory(cls, directory):
        try:
            described = json.loads((directory / "model.json").read_text(encoding="utf-8"))
            version = described["format_version"]
            if version != FORMAT_VERSION:
                raise UserError(f"{directory} has the format {version}", f"expected format {FORMAT_VERSION}",
                                "use the version of keras_s2s that wrote it, or train anew")
            network = keras.saving.deserialize_keras_object(described.pop("network"))
            if not isinstance(network, Seq2Seq):
                raise ValueError("its network is no Seq2Seq")
            arguments = {name: described[name] for name in
                         ("name", "description", "examples", "max_source_tokens", "target_length")}
            config = directory / "config.yaml"
            config = yaml.safe_load(config.read_text(encoding="utf-8")) if config.exists() else {}
            if not isinstance(config, dict):
                raise ValueError("config.yaml holds no options")
        except UserError:
            raise
        except (OSError, ValueError, KeyError, TypeError, AttributeError, yaml.YAMLError) as error:
            raise UserError(f"the model in {directory} cannot be read ({type(error).__name__}: {error})",
                            "expected a model directory that keras_s2s wrote",
                            "copy the directory again or train anew") from error
        source, target = Tokenizer.load(directory / "source"), Tokenizer.load(directory / "target")
        for side, tokenizer, layer in (("source", source, network.encoder), ("target", target, network.decoder)):
            if tokenizer.vocabulary_size() != layer.vocabulary_size:
                raise UserError(f"the {side} tokenizer in {directory} has {tokenizer.vocabulary_size()} tokens",
                                f"expected the {layer.vocabulary_size} that the model knows",
                                "copy the model directory again or train anew")
        if not network.built:
            network.build()
        dtype = load_weights(network, directory / "weights.npz")
        translator = cls(network, source, target, **arguments)
        translator.weights_dtype, translator.config = dtype, config
        return translator

    @classmethod
    def _from_saved_model(cls, directory):
        translator = cls(None, None, None, name=directory.parent.name if directory.name.isdigit() else directory.name)
        translator._functions = SavedSignatures(directory)
        return translator

    def export_saved_model(self, directory, name=None):
        """Writes `DIRECTORY/NAME/<next integer>/` and returns that path; see `keras_s2s.export.saved_model`."""
        from keras_s2s.export.saved_model import export_saved_model

        self._require_model("exported", ensembles=True)
        return export_saved_model(self, directory, name)

    def export_tfjs(self, directory, quantize="float16"):
        """Writes a folder that any static host serves and returns its path; see `keras_s2s.export.tfjs`."""
        from keras_s2s.export.tfjs import export_tfjs

        self._require_model("exported for the browser")
        return export_tfjs(self, directory, quantize)

    def quantized(self, kind):
        """A `Translator` with exactly the numbers that `export_tfjs(quantize=kind)` writes; see `Quantization`."""
        from keras_s2s.quantization import Quantization

        self._require_model("quantized")
        return Quantization(self, kind).translator

    @functools.cached_property
    def parameters(self):
        """Number of weights."""
        self._require_model("counted")
        return sum(int(np.prod(variable.shape)) for variable in saved_variables(self.model))

    def _require_model(self, done, ensembles=False):
        if not isinstance(self.model, (Seq2Seq, Ensemble) if ensembles else Seq2Seq):
            kind = "a SavedModel" if self.model is None else "an ensemble"
            raise UserError(f"{kind} cannot be {done}", "expected a model directory",
                            "use the directory that `keras-s2s train` wrote")


def _scored(row):
    tokens, source_tokens = ([token.decode() for token in row[f"{side}_tokens"] if token]
                             for side in ("target", "source"))
    return {"log_prob": float(row["log_prob"]), "token_log_probs": row["token_log_probs"][:len(tokens)].tolist(),
            "tokens": tokens, "source_tokens": source_tokens,
            "attention": row["attention"][:len(tokens), :len(source_tokens)].copy()}
