"""The pairs that a configuration and the command line name."""

import hashlib
from dataclasses import dataclass, field

from keras_s2s.data.corpora import data_directory, multi30k, tatoeba
from keras_s2s.data.dates import date_groups, generate_dates
from keras_s2s.data.letter_sequences import letter_pairs
from keras_s2s.data.pairs import read_pairs, read_parallel
from keras_s2s.data.split import PARTS, Split, shared_sources, split_pairs
from keras_s2s.errors import UserError

_MADE = {"dates": "dates", "copy": "its letters", "reverse": "its letters"}


@dataclass(frozen=True)
class DataSets:
    """Pairs for training, development and test.

    Args:
        split: the pairs.
        groups: for each part, ways of grouping its pairs for the report, see `keras_s2s.evaluation.evaluate`.
        warnings: what the user should know about the data.
    """

    split: Split
    groups: dict = field(default_factory=dict)
    warnings: tuple = ()

    def digest(self, *files):
        """A fingerprint of all pairs in order, and of what is in files."""
        hashed = hashlib.sha256()
        for part in PARTS:
            for pair in getattr(self.split, part):
                hashed.update(repr(pair).encode())
        for path in files:
            with open(path, "rb") as file:
                hashed.update(hashlib.file_digest(file, "sha256").digest())
        return hashed.hexdigest()


def load_data_sets(config, data=None, source=None, target=None, dev=None, test=None):
    """Reads or makes the pairs.

    Args:
        config: a `Config`; `config.data` says the kind of data.
        data: a file of pairs or, for a known corpus, the directory that holds it.
        source, target: two line-aligned files in place of `data`.
        dev, test: files of pairs; without them the pairs are split by distinct source.

    Returns:
        `DataSets`.

    Raises:
        UserError: where the data is missing, damaged, or does not go with the preset.
    """
    kind = config.data.kind
    if kind != "pairs" and (source or target or dev or test):
        raise UserError(f"files of pairs were given for data of the kind {kind!r}",
                        "expected the preset's own data", "use the preset 'characters' or 'sentences' for your files")
    if kind in _MADE and data:
        raise UserError(f"--data was given for data of the kind {kind!r}",
                        f"expected none, for {_MADE[kind]} are made by seed",
                        "use the preset 'characters' for your file, or leave --data out")
    if kind == "dates":
        return _dates(config)
    if kind in ("copy", "reverse"):
        return _letters(config)
    if kind in ("multi30k", "tatoeba"):
        directory = data_directory(data)
        if kind == "multi30k":
            split = multi30k(directory, config.data.source_language or "de", config.data.target_language or "en")
        else:
            split = tatoeba(directory, config.data.target_language or "spa", config.data.subset,
                            config.training.seed, config.data.dev_fraction, config.data.test_fraction)
        return DataSets(_cut(split, config.data.max_pairs))
    return _own_pairs(config, data, source, target, dev, test)


def _own_pairs(config, data, source, target, dev, test):
    if bool(source) != bool(target) or bool(data) == bool(source):
        raise UserError("no pairs to train on were given" if not (data or source or target)
                        else "the files of pairs are not clear",
                        "expected --data FILE (source TAB target), or --source FILE and --target FILE",
                        "give one of the two")
    columns, header = config.data.columns, config.data.header
    pairs = read_pairs(data, columns, header) if data else read_parallel(source, target)
    held_out = {part: read_pairs(path, columns, header) if path else []
                for part, path in (("dev", dev), ("test", test))}
    split = split_pairs(pairs, config.training.seed, 0 if dev else config.data.dev_fraction,
                        0 if test else config.data.test_fraction)
    split = Split(split.train, held_out["dev"] or split.dev, held_out["test"] or split.test)
    warnings = []
    for part, path in (("dev", dev), ("test", test)):
        shared = len(shared_sources(split.train, held_out[part])) if path else 0
        if shared:
            warnings.append(f"{shared} sources of {path} also occur in the training pairs: scores will flatter")
    return DataSets(_cut(split, config.data.max_pairs), warnings=tuple(warnings))


def _dates(config):
    parts = {part: generate_dates(getattr(config.data, f"{part}_size"), part, config.training.seed) for part in PARTS}
    split = Split(**{part: [(example.source, example.target) for example in parts[part]] for part in PARTS})
    return DataSets(split, groups={part: date_groups(parts[part]) for part in ("dev", "test")})


def _letters(config):
    data = config.data
    split = _cut(Split(**{part: letter_pairs(data.kind, getattr(data, f"{part}_size"), part, config.training.seed,
                                             data.min_length, data.max_length) for part in PARTS}), data.max_pairs)
    # Two digits, so that the order of the names is that of the lengths.
    groups = {part: {"length": [f"{len(source):02}" for source, _ in getattr(split, part)]} for part in ("dev", "test")}
    return DataSets(split, groups=groups)


def _cut(split, most):
    return split if most is None else Split(*(getattr(split, part)[:most] for part in PARTS))
