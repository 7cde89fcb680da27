"""Input with lines that fail."""

import gzip

POISON = {b"3rd of \xff March": "not UTF-8 (byte 8)", b"1" * 5000: "longer than 4096 bytes", b"": "empty"}


class Poisoned:
    """A plain and a .gz file of dates, one line in `every` poisoned in one of three ways.

    `sources` and `targets` are those of the good lines in order, `failures` the `(file, line, error)` of the others.
    """

    def __init__(self, folder, lines, every=100):
        from keras_s2s.data.dates import generate_dates

        self.pattern, self.sources, self.targets, self.failures = f"{folder}/*", [], [], []
        examples = iter(generate_dates(lines))
        for name, number in (("a.txt", lines * 3 // 5), ("b.txt.gz", lines * 2 // 5)):
            written = []
            for line in range(1, number + 1):
                example = next(examples)
                if line % every == 7:
                    text, error = list(POISON.items())[len(self.failures) % 3]
                    self.failures.append((f"{folder}/{name}", line, error))
                else:
                    text = example.source.encode()
                    self.sources.append(example.source)
                    self.targets.append(example.target)
                written.append(text + b"\n")
            whole = b"".join(written)
            (folder / name).write_bytes(gzip.compress(whole) if name.endswith(".gz") else whole)

    def arguments(self, folder, *more):
        return ["--model", "dates", "--input", self.pattern, "--output", f"{folder}/out", "--dead-letters",
                f"{folder}/failed", "--reject-empty", *more]

    def check(self, translations):
        """Whether translations are those of the good lines, in order."""
        from keras_s2s.translator import Translator

        assert len(translations) == len(self.targets)
        right = sum(map(str.__eq__, translations, self.targets))
        assert right > 0.99 * len(self.targets)  # none in another's place
        chosen = range(0, len(self.sources), max(len(self.sources) // 200, 1))
        expected = Translator.load("dates")([self.sources[place] for place in chosen])
        assert [translations[place] for place in chosen] == [str(one) for one in expected]
