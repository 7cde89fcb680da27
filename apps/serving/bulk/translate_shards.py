"""The step that does the work."""

import json
from functools import partial
from itertools import islice

import apache_beam as beam
from apache_beam.io.filesystems import FileSystems
from apache_beam.metrics import Metrics
from apache_beam.utils.shared import Shared

from bulk.files import opened, write_whole
from bulk.lines import cut_lines, source_of
from bulk.saved_model import SavedModel
from keras_s2s.batches import in_parallel, length_batches


class TranslateShards(beam.DoFn):
    """Translates ranges of lines of one file and writes a shard for each, unless it is there already.

    Args:
        options: what `main` was given.
        model: the SavedModel's version directory, loaded once a process.
    """

    def __init__(self, options, model):
        self._options, self._directory, self._shared = options, model, Shared()

    def setup(self):
        """Loads the model, or finds it loaded by another thread."""
        self._model = self._shared.acquire(partial(SavedModel, self._directory))

    def process(self, work):
        """Writes the shards of `(path, shards, total)`; see `numbered`."""
        path, shards, total = work
        names = {shard[0]: f"-{shard[0]:05d}-of-{total:05d}" for shard in shards}
        missing = [shard for shard in shards if not FileSystems.exists(self._options["output"] + names[shard[0]])]
        Metrics.counter("bulk", "kept").inc(len(shards) - len(missing))
        if not missing:
            return
        with opened(path) as stream:
            for number, first, offset, lines in missing:
                stream.seek(offset)
                # Room for a byte order mark and the line's end: only what is too long for certain is cut.
                found = list(islice(cut_lines(stream, self._options["max_bytes"] + 6), lines))
                if len(found) != lines:
                    raise RuntimeError(f"{path} became shorter while it was read")
                self._write(path, names[number], first, found)

    def _write(self, path, name, first, lines):
        numbers = range(first, first + len(lines))
        checked = [source_of(*line, number, self._options["max_bytes"], self._options["reject_empty"])
                   for number, line in zip(numbers, lines, strict=True)]
        answers = [error for _, error in checked]
        good = [place for place, error in enumerate(answers) if error is None]
        batches = length_batches([len(checked[place][0]) for place in good], self._options["batch_size"])
        for batch, found in in_parallel(lambda batch: self._model([checked[good[place]][0] for place in batch]),
                                        batches, self._options["threads"]):
            for place, answer in zip(batch, found, strict=True):
                answers[good[place]] = answer
        letters, translations = [], []
        for number, (text, _), answer in zip(numbers, checked, answers, strict=True):
            where = {"file": path, "line": number}
            if isinstance(answer, str):
                letters.append(_json({**where, "text": text.decode(errors="backslashreplace"), "error": answer}))
            elif self._options["json"]:
                translations.append(_json({**where, "translation": answer[0].decode(), "score": answer[1]}))
            else:
                translations.append(" ".join(answer[0].decode().splitlines()).encode())  # a line in, a line out
        if letters:
            write_whole(self._options["dead_letters"] + name, self._options["dead_letters"], letters)
        write_whole(self._options["output"] + name, self._options["output"], translations)
        Metrics.counter("bulk", "written").inc()
        Metrics.counter("bulk", "translations").inc(len(translations))
        Metrics.counter("bulk", "dead_letters").inc(len(letters))


def _json(fields):
    return json.dumps(fields, ensure_ascii=False).encode()
