"""What a run is given, and whether it goes on with an earlier one."""

import hashlib
import json
import os
from pathlib import Path

from apache_beam.io.filesystem import BeamIOError
from apache_beam.io.filesystems import FileSystems

from bulk.files import write_whole
from keras_s2s.errors import UserError
from keras_s2s.model_path import find_model


def saved_model(model):
    """The SavedModel's version directory that `--model` means.

    Raises:
        UserError: where there is none.
    """
    path, kind = find_model(model)
    if kind == "directory":
        if not (path / "saved_model").is_dir():
            raise UserError(f"{path} holds no SavedModel", "expected an exported one",
                            f"keras-s2s export {path} --saved-model DIR, and give DIR/NAME")
        path, _ = find_model(path / "saved_model")
    return str(Path(path).resolve())


def input_files(pattern, options):
    """Beam's `FileMetadata` of the files that match a pattern, sorted by path.

    Raises:
        UserError: where there are none, or one of them could be the output.
    """
    try:
        files = sorted((file for match in FileSystems.match([pattern]) for file in match.metadata_list),
                       key=lambda file: file.path)
    except (ValueError, BeamIOError) as error:
        raise UserError(f"{pattern} cannot be looked up ({error})", "expected a path that Beam can reach",
                        "other file systems are extras of Beam, e.g. pip install 'apache-beam[gcp]'") from error
    if not files:
        raise UserError(f"no file matches {pattern}", "expected text files, one source a line",
                        "quote the pattern and check the path")
    prefixes = options["output"], options["dead_letters"]
    if prefixes[0] == prefixes[1]:
        raise UserError(f"translations and dead letters both go to {prefixes[0]}", "expected two prefixes",
                        "choose another --dead-letters")
    for file in files:
        if os.path.abspath(file.path).startswith(tuple(os.path.abspath(prefix) for prefix in prefixes)):
            raise UserError(f"the input {file.path} begins like the output", "expected other names",
                            "choose another --output, or a pattern that does not match it")
    return files


def begin_or_go_on(options, model, files):
    """Notes what the run is given in `OUTPUT.run.json`, or compares it with what an earlier run noted there.

    Raises:
        UserError: where the earlier run was given something else, or where there is output without such a note.
    """
    digest = hashlib.sha256()
    for path in sorted([Path(model) / "saved_model.pb", *Path(model).glob("variables/*.index")]):
        digest.update(path.read_bytes())  # the index holds a checksum of each weight
    given = {**{name: value for name, value in options.items() if name not in ("output", "threads")},
             "model": digest.hexdigest(),
             "files": [[file.path, file.size_in_bytes, file.last_updated_in_seconds] for file in files]}
    for prefix in (options["output"], options["dead_letters"]):
        folder = FileSystems.split(prefix)[0]
        if folder and not FileSystems.exists(folder):
            FileSystems.mkdirs(folder)
    note = f"{options['output']}.run.json"
    if FileSystems.exists(note):
        with FileSystems.open(note) as file:
            noted = json.loads(file.read())
        changed = sorted(name for name in given.keys() | noted.keys() if given.get(name) != noted.get(name))
        if changed:
            raise UserError(f"{note} is of a run with other {', '.join(changed)}", "expected the same to go on with it",
                            "choose another --output, or remove that run's files")
    else:
        there = FileSystems.match([f"{options['output']}-*-of-*", f"{options['dead_letters']}-*-of-*",
                                   f"{options['output']}.shards.tsv"])
        if any(match.metadata_list for match in there):
            raise UserError(f"there are files that begin with {options['output']} or {options['dead_letters']}",
                            "expected none that this run has not written", "choose other prefixes")
        write_whole(note, options["output"], [json.dumps(given, indent=1).encode()])
