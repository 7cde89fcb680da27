"""Public data sets as they lie on disk, below a data directory of the user's.

    DIRECTORY/multi30k/tok/train.lc.norm.tok.de.gz ...            github.com/multi30k/dataset
    DIRECTORY/tatoeba/spa.txt.gz                                  manythings.org/anki
    DIRECTORY/tatoeba/small-eng-spa/train.tsv.gz, dev..., test...

Files may be gzipped or not. The directory itself may also be the set's own folder, or the repository as
cloned.
"""

import os
from pathlib import Path

from keras_s2s.data.pairs import read_pairs, read_parallel
from keras_s2s.data.split import PARTS, Split, split_pairs
from keras_s2s.errors import UserError

DATA_VARIABLE = "KERAS_S2S_DATA"
MULTI30K_LANGUAGES = ("cs", "de", "en", "fr")
MULTI30K_FOLDERS = ("multi30k/tok", "multi30k/data/task1/tok", "tok", "data/task1/tok", ".")
MULTI30K_PARTS = {"train": "train", "dev": "val", "test": "test_2016_flickr"}
TATOEBA_FOLDERS = ("tatoeba", "tatoeba/{language}-eng", "{language}-eng", ".")
SMALL_FOLDERS = ("tatoeba/small-eng-spa", "small-eng-spa", ".")


def data_directory(explicit: str | os.PathLike[str] | None = None) -> Path:
    """The directory below which data sets are looked for.

    Args:
        explicit: What `--data` says. Default: the environment variable `KERAS_S2S_DATA`.

    Raises:
        UserError: Neither is given, or it is not a directory.
    """
    given = explicit if explicit is not None else os.environ.get(DATA_VARIABLE) or None
    if given is None:
        raise UserError("no data directory was given", "expected the directory that holds the data set",
                        f"give it with --data DIRECTORY, or set {DATA_VARIABLE}")
    directory = Path(given)
    if not directory.is_dir():
        origin = "--data" if explicit is not None else DATA_VARIABLE
        state = "is a file" if directory.exists() else "does not exist"
        raise UserError(f"{directory}, given by {origin}, {state}",
                        "expected the directory that holds the data set", "check the path")
    return directory


def multi30k(directory: str | os.PathLike[str], source: str = "de", target: str = "en") -> Split:
    """Multi30k, task 1: image captions, lowercased, normalised and tokenised by its authors.

    Args:
        directory: The data directory, the clone of the data set, or its `tok` folder.
        source: The language translated from: `"cs"`, `"de"`, `"en"` or `"fr"`. Default: `"de"`.
        target: The language translated into. Default: `"en"`.

    Returns:
        29,000 pairs of train, 1,014 of val as dev, 1,000 of test_2016_flickr as test.

    Raises:
        UserError: A language that it lacks, twice the same, or files that are not there.
    """
    for language in (source, target):
        if language not in MULTI30K_LANGUAGES:
            raise UserError(f"{language} is not a language of Multi30k",
                            f"expected one of {', '.join(MULTI30K_LANGUAGES)}", "choose two of these")
    if source == target:
        raise UserError(f"source and target are both {source}", "expected two languages",
                        "for example de and en")
    advice = "get it: git clone https://github.com/multi30k/dataset DIRECTORY/multi30k (mind its terms)"
    parts = {}
    for part, name in MULTI30K_PARTS.items():
        sides = [_find(directory, MULTI30K_FOLDERS, f"{name}.lc.norm.tok.{language}", "Multi30k", advice)
                 for language in (source, target)]
        parts[part] = read_parallel(*sides)
    return Split(**parts)


def tatoeba(directory: str | os.PathLike[str], language: str = "spa", subset: str | None = None,
            seed: int = 1, dev: float = 0.05, test: float = 0.05) -> Split:
    """Sentence pairs of Tatoeba, as manythings.org/anki gives them out: English and a translation, raw text.

    Args:
        directory: The data directory, or the folder with the file `spa.txt`.
        language: The language translated into, as the files are named: `"spa"`, `"fra"` ... Default: `"spa"`.
        subset: `"small"` for the ready-made division `small-eng-spa` of short sentences (20,000 pairs to
            train), None for the whole file, divided by distinct English sentence. Default: None.
        seed: Fixes the division of the whole file. Default: 1.
        dev: The fraction of English sentences for dev. Default: 0.05.
        test: The same for test. Default: 0.05.

    Returns:
        The pairs (English, other). Later columns (the newer files have one with the attribution) are left
        out.

    Raises:
        UserError: Another subset, a subset of another language, or files that are not there.
    """
    advice = (f"get {language}-eng.zip at https://www.manythings.org/anki and put its {language}.txt into "
              "DIRECTORY/tatoeba")
    if subset is None:
        folders = [folder.format(language=language) for folder in TATOEBA_FOLDERS]
        path = _find(directory, folders, f"{language}.txt", "Tatoeba", advice)
        return split_pairs(read_pairs(path, columns=(1, 2)), seed, dev, test)
    if subset != "small" or language != "spa":
        raise UserError(f"the subset {subset} of {language} was asked for", "expected small, for spa",
                        "leave the subset out, or take spa")
    advice = "leave the subset out to use the whole file: --set data.subset=null"
    return Split(**{part: read_pairs(_find(directory, SMALL_FOLDERS, f"{part}.tsv", "small-eng-spa", advice))
                    for part in PARTS})


def _find(directory: str | os.PathLike[str], folders: list[str] | tuple[str, ...], name: str, title: str,
          advice: str) -> Path:
    """The first file `name` or `name.gz` in the folders."""
    for folder in folders:
        for ending in ("", ".gz"):
            path = Path(directory) / folder / (name + ending)
            if path.is_file():
                return path
    raise UserError(f"{title} is not below {directory}: no {name} or {name}.gz in it",
                    f"expected it in {Path(directory) / folders[0]}",
                    advice.replace("DIRECTORY", str(directory)))
