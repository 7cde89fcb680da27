"""`train`: from pairs to a model directory with scores."""

import hashlib
import shutil
from pathlib import Path

import keras
import yaml
from rich.console import Console

from keras_s2s.config import Config, config_differences, load_config, replace_values, resolve_sizes, smoke, to_yaml
from keras_s2s.data.split import write_split
from keras_s2s.errors import UserError
from keras_s2s.files import write_atomically
from keras_s2s.text.vectors import read_vectors
from keras_s2s.training.build import adapted_tokenizer, build_model, target_length_rule
from keras_s2s.training.data_sets import load_data_sets
from keras_s2s.training.distribution import Distribution, check_options
from keras_s2s.training.fitting import Fitting
from keras_s2s.training.pretrained import put_vectors, vectors_fitted
from keras_s2s.training.results import report
from keras_s2s.translator import Translator

_RUN_ENTRIES = ("config.yaml", *(f"data/{name}" for name in ("digest.txt", "train.tsv", "dev.tsv", "test.tsv")),
                "checkpoints", "learning_curves.png", "non_finite_batch.json", "tensorboard",
                "source", "target", "weights.npz", "model.json", "results.json", "card.md",
                "attention.png", "saved_model", "tfjs")


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
        the trained `Translator`.

    Raises:
        UserError: for any mistake in the configuration or the data, and where another worker has gone.
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
    holds_run, overwrite = distribution.of_chief(lambda: [_holds_run(out), overwrite])
    data_sets = load_data_sets(config, *paths)
    for warning in data_sets.warnings:
        console.print(f"Warning: {warning}.", style="yellow")
    split = data_sets.split
    if not split.dev:
        raise UserError("there are no dev pairs", "expected some, to choose the best epoch",
                        "give --dev FILE or a data.dev_fraction above 0")
    config = resolve_sizes(vectors_fitted(config), len(split.train))
    digest = data_sets.digest(*filter(None, (config.source.vectors, config.target.vectors)))
    if holds_run and not overwrite and distribution.of_chief(lambda: _finished(out, config, digest)):
        console.print(f"{out} holds a finished run of this configuration. Nothing to do (--overwrite begins anew).")
        return Translator.load(out)
    keras.utils.set_random_seed(config.training.seed)
    translator = _translator(config, split, console)
    distribution.check_same(_fingerprint(config, digest, translator))
    fitting = Fitting(config, translator, split, out, console, distribution)
    console.print(
        f"{len(split.train):,} training, {len(split.dev):,} dev, {len(split.test):,} test pairs. "
        f"Vocabulary {translator.source.vocabulary_size():,} -> {translator.target.vocabulary_size():,}. "
        f"For so many pairs: {config.model.units} units, embeddings {config.model.embedding_units}, "
        f"dropout {config.model.dropout}, batches of {config.training.batch_size}, at most {config.training.epochs} "
        f"epochs; {translator.parameters:,} parameters.", highlight=False, soft_wrap=True)
    # Nothing is written or removed before all of the data and the configuration has proved usable. The configuration
    # comes first: it says that the directory holds a run, wherever that may be stopped.
    distribution.of_chief(lambda: _begin(out, config, digest, split, overwrite))
    state = fitting.run()
    translator.config = config.model_dump()
    distribution.of_chief(lambda: _finish(translator, config, data_sets, state, out, console, command))
    return translator


def _begin(out, config, digest, split, overwrite):
    if overwrite:
        _remove_run(out)
    write_atomically(out / "config.yaml", to_yaml(config))
    write_atomically(out / "data" / "digest.txt", digest)
    write_split(out / "data", split)


def _finish(translator, config, data_sets, state, out, console, command):
    translator.save(out)
    report(translator, config, data_sets, state, out, console, command)
    shutil.rmtree(out / "checkpoints")


def _fingerprint(config, digest, translator):
    """What must be the same on all workers, in few letters."""
    vocabularies = [tokenizer.get_vocabulary() for tokenizer in (translator.source, translator.target)]
    return hashlib.sha256("\n".join([to_yaml(config), digest, *map(repr, vocabularies)]).encode()).hexdigest()


def _translator(config, split, console):
    texts = [[pair[side] for pair in split.train] for side in (0, 1)]
    if config.model.tied_embeddings == "all":
        source = target = adapted_tokenizer("source", config.source, texts[0] + texts[1])  # one vocabulary
    else:
        source = adapted_tokenizer("source", config.source, texts[0])
        target = adapted_tokenizer("target", config.target, texts[1])
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


def _holds_run(out):
    """Whether `out` holds a run. Raises `UserError` where it holds something else."""
    if not out.exists():
        return False
    if not out.is_dir():
        raise UserError(f"the path {out} is a file", "expected a directory to write to", "choose another --out")
    if (out / "config.yaml").exists():
        return True
    if any(out.iterdir()):
        raise UserError(f"the directory {out} is not empty and holds no run", "expected a new or empty directory",
                        "choose another --out")
    return False


def _remove_run(out):
    """Removes what a run and its exports have written, and nothing else: `out` may hold the user's own files, too."""
    for name in _RUN_ENTRIES:
        path = out / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def _finished(out, config, digest):
    """Whether this very run is finished. Raises `UserError` where `out` holds another one."""
    differences = config_differences(load_config(out / "config.yaml"), config)
    if differences:
        shown = "; ".join(f"{key} was {before}, now {now}" for key, before, now in differences[:8])
        raise UserError(f"the directory {out} holds a run with another configuration: {shown}",
                        "expected the same configuration",
                        "choose another --out, or begin anew with --overwrite")
    before = out / "data" / "digest.txt"
    if before.exists() and before.read_text() != digest:
        raise UserError(f"the directory {out} holds a run on other pairs or vectors", "expected the same data",
                        "choose another --out, or begin anew with --overwrite")
    return (out / "results.json").exists()
