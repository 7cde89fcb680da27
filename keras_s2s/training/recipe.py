"""`train`: from pairs to a model directory with scores."""

import hashlib
import json
import shutil
from pathlib import Path

import keras
import yaml
from rich.console import Console

from keras_s2s.config import Config, load_config, replace_values, resolve_sizes, smoke, to_yaml
from keras_s2s.errors import UserError
from keras_s2s.text.vectors import read_vectors
from keras_s2s.training.build import adapted_tokenizer, build_model, target_length_rule
from keras_s2s.training.data_sets import load_data_sets
from keras_s2s.training.distribution import Distribution, check_options
from keras_s2s.training.fitting import Fitting
from keras_s2s.training.pretrained import put_vectors, vectors_fitted
from keras_s2s.training.results import report, versions
from keras_s2s.training.run_directory import RunDirectory
from keras_s2s.training.warning import warn
from keras_s2s.translator import Translator


def train(config, data=None, out=None, *, source=None, target=None, dev=None, test=None, overrides=(),
          smoke_test=False, overwrite=False, console=None, command=None, strategy=None):
    """Trains a model and writes a model directory. The same call goes on where a stopped run left off.

    Args:
        config: name of a preset, path of a YAML file, or a `Config`.
        data: a file of pairs (source TAB target) or, for a known corpus, the directory that holds it.
        out: the model directory.
        source, target: two line-aligned files in place of `data`.
        dev, test: files of pairs; without them the pairs are split 90/5/5 by distinct source.
        overrides: `"section.key=value"` strings.
        smoke_test: bool. A tiny model on few pairs for one epoch, to see that everything goes through.
        overwrite: bool. Begins anew where `out` holds a run already.
        console: a rich console for progress. Defaults to standard error.
        command: the command line, for the records.
        strategy: `"mirrored"` for all devices of this machine, `"multi_worker"` for all machines in `TF_CONFIG`, see
            `Distribution`; each runs the same call. Defaults to one device.

    Returns:
        the trained `Translator`; `None` on other workers than the chief where the run was finished already.

    Raises:
        UserError: for any mistake in the configuration or the data, for a full disk, and where another worker has gone.
        StoppedBySignal: a `KeyboardInterrupt`, after Ctrl-C or SIGTERM; a checkpoint is written before.
    """
    console = console or Console(stderr=True)
    if out is None:
        raise UserError("no output directory was given", "expected one", "give it with --out DIRECTORY")
    if isinstance(config, Config):
        changes = (override.partition("=") for override in overrides)
        config = replace_values(config, {name: yaml.safe_load(value) for name, _, value in changes})
    else:
        config = load_config(config, overrides)
    config = smoke(config) if smoke_test else config
    check_options(strategy, config.training)
    distribution = Distribution(strategy, console)
    if not distribution.is_chief:
        console = Console(quiet=True)
    with distribution.told_of_the_missing(out):
        return _train(config, (data, source, target, dev, test), Path(out), overwrite, console, command, distribution)


def _train(config, paths, out, overwrite, console, command, distribution):
    directory = RunDirectory(out)
    holds_run, overwrite = distribution.of_chief(lambda: [directory.holds_run(), overwrite])
    goes_on = holds_run and not overwrite
    data_sets = load_data_sets(config, *paths)
    for warning in data_sets.warnings:
        warn(console, f"{warning}.")
    split = data_sets.split
    if not split.dev:
        raise UserError("there are no dev pairs", "expected some, to choose the best epoch",
                        "give --dev FILE or a data.dev_fraction above 0")
    config = resolve_sizes(vectors_fitted(config), len(split.train))
    digest = data_sets.digest(*filter(None, (config.source.vectors, config.target.vectors)))
    if goes_on and distribution.of_chief(lambda: directory.is_finished(config, digest)):
        console.print(f"{out} holds a finished run of this configuration. Nothing to do (--overwrite begins anew).")
        return Translator.load(out) if distribution.is_chief else None
    keras.utils.set_random_seed(config.training.seed)
    learnt: dict = {}
    distribution.of_chief(lambda: learnt.update(directory.tokenizers()) if goes_on else None)
    translator = _translator(config, split, learnt, console)
    tokenizers = {"source": translator.source, "target": translator.target}
    record = {"vocabularies": _digest(*(tokenizer.to_json() for tokenizer in tokenizers.values())),
              "versions": versions()}
    distribution.check_same(_digest(to_yaml(config), digest, record))
    if goes_on:
        distribution.of_chief(lambda: directory.check_record(record, console))
    fitting = Fitting(config, translator, split, out, console, distribution)
    batches = (f"{config.training.batch_tokens:,} tokens" if config.training.batch_tokens
               else f"{config.training.batch_size}")
    console.print(
        f"{len(split.train):,} training, {len(split.dev):,} dev, {len(split.test):,} test pairs. "
        f"Vocabulary {translator.source.vocabulary_size():,} -> {translator.target.vocabulary_size():,}. "
        f"For so many pairs: {config.model.units} units, embeddings {config.model.embedding_units}, "
        f"dropout {config.model.dropout}, batches of {batches}, at most {config.training.epochs} "
        f"epochs; {translator.parameters:,} parameters.", highlight=False, soft_wrap=True)
    for part, left_out in fitting.left_out.items():
        if left_out:
            reasons = ", ".join(f"{count:,} {reason}" for reason, count in left_out.items())
            console.print(f"Left out of {part}: {sum(left_out.values()):,} pairs ({reasons}).", highlight=False,
                          soft_wrap=True)
    # Nothing is written or removed before all of the data and the configuration has proved usable.
    distribution.of_chief(lambda: directory.begin(config, digest, split, tokenizers, record, anew=not goes_on))
    state = fitting.run()
    translator.config = config.model_dump()
    distribution.of_chief(
        lambda: _finish(translator, config, data_sets, state, fitting.left_out, out, console, command))
    return translator


def _finish(translator, config, data_sets, state, left_out, out, console, command):
    translator.save(out)
    report(translator, config, data_sets, state, left_out, out, console, command)
    shutil.rmtree(out / "checkpoints")


def _digest(*parts):
    """A fingerprint of whatever JSON can write."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def _translator(config, split, learnt, console):
    """A translator with an untrained model; `learnt` has the tokenizers of a run that goes on, by side."""
    texts = [[pair[side] for pair in split.train] for side in (0, 1)]

    def tokenizer_of(side, own, texts):
        # One that is named is read again, so that a change is noticed.
        return learnt[side] if side in learnt and own.vocabulary is None else adapted_tokenizer(side, own, texts)

    if config.model.tied_embeddings == "all":
        source = target = tokenizer_of("source", config.source, texts[0] + texts[1])  # one vocabulary
    else:
        source = tokenizer_of("source", config.source, texts[0])
        target = tokenizer_of("target", config.target, texts[1])
    model = build_model(config.model, source.vocabulary_size(), target.vocabulary_size(),
                        config.source.freeze_vectors, config.target.freeze_vectors)
    for side, tokenizer, layer in (("source", source, model.encoder), ("target", target, model.decoder)):
        path = getattr(config, side).vectors
        if path:
            vectors = read_vectors(path, tokenizer.get_vocabulary())
            put_vectors(layer.embedding, vectors)
            console.print(f"{path}: vectors for {vectors.found.sum():,} of the {len(vectors.found):,} {side} tokens.",
                          highlight=False, markup=False, soft_wrap=True)
    lengths = [tokenizer.tokenize(own[:50_000])[0].row_lengths().numpy()
               for own, tokenizer in zip(texts, (source, target), strict=True)]
    return Translator(
        model, source, target, name=config.name, description=config.description,
        examples=config.examples or [pair[0] for pair in split.dev[:3]],
        max_source_tokens=config.inference.max_source_tokens,
        target_length=target_length_rule(lengths[0], lengths[1], config.inference.max_target_tokens))
