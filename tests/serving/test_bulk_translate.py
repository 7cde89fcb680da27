"""The Beam pipeline for bulk translation: order, dead letters, and runs that are killed."""

import gzip
import io
import json
import os
import runpy
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "apps" / "serving" / "bulk_translate.py"
POISON = {b"3rd of \xff March": "not UTF-8 (byte 8)", b"1" * 5000: "longer than 4096 bytes", b"": "empty"}


@pytest.fixture(scope="module")
def bulk_translate():
    pytest.importorskip("apache_beam", reason="Apache Beam is absent: pip install 'keras-s2s[bulk]'")
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(SCRIPT.parent)
        import bulk_translate

        yield bulk_translate


@pytest.fixture(scope="module")
def shouting(tmp_path_factory):
    """A SavedModel that "translates" to capitals and raises at a batch with "boom" in it."""
    import tensorflow as tf

    class Shouting(tf.Module):
        @tf.function(input_signature=[tf.TensorSpec([None], tf.string, name="text")])
        def translate(self, text):
            tf.debugging.Assert(~tf.reduce_any(tf.strings.regex_full_match(text, ".*boom.*")), ["too loud"])
            return {"translation": tf.strings.upper(text), "score": -tf.cast(tf.strings.length(text), tf.float32)}

    path, model = tmp_path_factory.mktemp("shouting") / "1", Shouting()
    tf.saved_model.save(model, str(path), signatures={"serving_default": model.translate})
    return path


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


def lines_of(folder, prefix):
    """The lines of all shards in the order of their names, which are complete and rightly numbered."""
    paths = sorted(folder.glob(f"{prefix}-*"))
    text = b"".join(path.read_bytes() for path in paths).decode()
    assert text.endswith("\n")
    return text.split("\n")[:-1]


def shards(folder):
    """Every file of a run that is a result."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if "-of-" in path.name}


def failures(folder):
    letters = [json.loads(line) for line in lines_of(folder, "failed")]
    return [(letter["file"], letter["line"], letter["error"]) for letter in letters]


def killed(arguments, folder, after):
    """Starts the script, kills it when so many shards are there, and returns how many were there in the end."""
    process = subprocess.Popen([sys.executable, SCRIPT, *arguments], stderr=subprocess.PIPE,
                               env={**os.environ, "PYTHONPATH": str(ROOT)})
    while len(list(folder.glob("out-*"))) < after and process.poll() is None:
        time.sleep(0.002)
    process.send_signal(signal.SIGKILL)
    _, error = process.communicate()
    assert process.returncode == -signal.SIGKILL, error.decode()
    return len(list(folder.glob("out-*")))


@pytest.fixture(scope="module")
def undisturbed(bulk_translate, tmp_path_factory):
    """`(the input, the folder of a run, what it returned)`: 2,000 lines in 80 shards."""
    poisoned, folder = Poisoned(tmp_path_factory.mktemp("input"), 2000), tmp_path_factory.mktemp("undisturbed")
    return poisoned, folder, bulk_translate.main(poisoned.arguments(folder, "--lines-per-shard", "25"))


def test_in_order_and_nothing_lost(undisturbed):
    poisoned, folder, counts = undisturbed
    assert counts == {"written": 80, "kept": 0, "translations": 1980, "dead_letters": 20}
    assert {path.name for path in folder.glob("out-*")} == {f"out-{number:05d}-of-00080" for number in range(80)}
    poisoned.check(lines_of(folder, "out"))
    assert failures(folder) == poisoned.failures
    listed = (folder / "out.shards.tsv").read_text().splitlines()
    assert listed[0] == "shard\tfile\tfirst_line\tlines"
    assert [line.split("\t") for line in (listed[1], listed[-1])] == [
        ["0", poisoned.pattern.replace("*", "a.txt"), "1", "25"],
        ["79", poisoned.pattern.replace("*", "b.txt.gz"), "776", "25"]]


def test_what_is_complete_is_left_alone(bulk_translate, undisturbed):
    poisoned, folder, _ = undisturbed
    before, times = shards(folder), {path: path.stat().st_mtime_ns for path in folder.iterdir()}
    gone = [folder / f"out-{number:05d}-of-00080" for number in (3, 70)]  # one of each file
    for path in gone:
        path.unlink()
    counts = bulk_translate.main(poisoned.arguments(folder, "--lines-per-shard", "25"))
    assert (counts["written"], counts["kept"]) == (2, 78)
    assert shards(folder) == before
    assert sorted(path for path in times if path.stat().st_mtime_ns != times[path]) == gone


def test_a_killed_run_goes_on(bulk_translate, undisturbed, tmp_path):
    poisoned, folder, _ = undisturbed
    arguments = poisoned.arguments(tmp_path, "--lines-per-shard", "25")
    there = killed(arguments, tmp_path, after=10)
    assert 10 <= there < 80
    (tmp_path / "out.0123.part").write_bytes(b"half a sha")
    counts = bulk_translate.main(arguments)
    assert (counts["written"], counts["kept"]) == (80 - there, there)
    assert shards(tmp_path) == shards(folder)
    assert not list(tmp_path.glob("*.part"))


@pytest.mark.slow
def test_a_hundred_thousand_lines(bulk_translate, tmp_path):
    folders = [tmp_path / name for name in ("input", "killed", "undisturbed")]
    for folder in folders:
        folder.mkdir()
    poisoned = Poisoned(folders[0], 100_000, every=1000)
    assert (len(poisoned.targets), len(poisoned.failures)) == (99_900, 100)
    arguments = poisoned.arguments(folders[1], "--lines-per-shard", "2000", "--json")
    there = killed(arguments, folders[1], after=20)
    assert 20 <= there < 50
    counts = bulk_translate.main(arguments)
    assert (counts["written"], counts["kept"]) == (50 - there, there)
    rows = [json.loads(line) for line in lines_of(folders[1], "out")]
    failed = {(file, line) for file, line, _ in poisoned.failures}
    assert [(row["file"], row["line"]) for row in rows] == [
        (f"{folders[0]}/{name}", line) for name, lines in (("a.txt", 60_000), ("b.txt.gz", 40_000))
        for line in range(1, lines + 1) if (f"{folders[0]}/{name}", line) not in failed]
    poisoned.check([row["translation"] for row in rows])
    assert failures(folders[1]) == poisoned.failures
    bulk_translate.main(poisoned.arguments(folders[2], "--lines-per-shard", "2000", "--json"))
    assert shards(folders[2]) == shards(folders[1])


@pytest.mark.parametrize("stream, limit, expected", [
    (b"", 4, []), (b"\n", 4, [(b"\n", 1)]), (b"ab\r\ncd", 4, [(b"ab\r\n", 4), (b"cd", 2)]),
    (b"0123456789\nx\n", 4, [(b"0123", 11), (b"x\n", 2)]), (b"01234567", 4, [(b"0123", 8)])])
def test_cut_lines(bulk_translate, stream, limit, expected):
    from bulk.lines import cut_lines

    assert list(cut_lines(io.BytesIO(stream), limit)) == expected


@pytest.mark.parametrize("line, number, expected", [
    (b"ab\r\n", 1, (b"ab", None)), (b"\xef\xbb\xbfab\n", 1, (b"ab", None)),
    (b"\xef\xbb\xbfab\n", 2, (b"\xef\xbb\xbfab", None)), (b"12345678\n", 2, (b"12345678", None)),
    (b"\xef\xbb\xbf12345678\r\n", 1, (b"12345678", None)),
    (b"123456789\n", 2, (b"12345678", "longer than 8 bytes")),
    (b"a\xe2\x82\n", 2, (b"a\xe2\x82", "not UTF-8 (byte 2)")),
    (b" \r\n", 2, (b" ", "empty")), (b"\n", 2, (b"", "empty"))])
def test_source_of(bulk_translate, line, number, expected):
    from bulk.lines import source_of

    assert source_of(line, len(line), number, 8, reject_empty=True) == expected


def test_what_the_graph_refuses_alone(bulk_translate, shouting, tmp_path):
    source = tmp_path / "lines"
    source.write_bytes(b"one\nboom\n\nfour\nno \\ boom\xc3\xa9\n" + b"9" * 5000)
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "out.dead-letters.0123.part").write_bytes(b"")  # of a run that was killed
    counts = bulk_translate.main(["--model", str(shouting), "--input", str(source), "--output", f"{tmp_path}/new/out",
                                  "--json", "--runner=DirectRunner"])
    assert counts == {"written": 1, "kept": 0, "translations": 3, "dead_letters": 3}
    assert [json.loads(line) for line in lines_of(tmp_path / "new", "out")] == [
        {"file": str(source), "line": line, "translation": text, "score": -len(text)}
        for line, text in ((1, "ONE"), (3, ""), (4, "FOUR"))]
    letters = [json.loads(line) for line in lines_of(tmp_path / "new", "out.dead-letters")]
    assert [(letter["line"], letter["text"]) for letter in letters] == [
        (2, "boom"), (5, "no \\ boomé"), (6, "9" * 4096)]
    assert "too loud" in letters[0]["error"]
    assert not list((tmp_path / "new").glob("*.part"))


def test_files_that_change_and_foreign_output(bulk_translate, shouting, tmp_path):
    from keras_s2s.errors import UserError

    (tmp_path / "in.txt").write_text("one\ntwo\n")
    arguments = ["--model", str(shouting), "--input", f"{tmp_path}/in*", "--output", f"{tmp_path}/out"]
    bulk_translate.main(arguments)
    with pytest.raises(UserError, match="other lines_per_shard"):
        bulk_translate.main([*arguments, "--lines-per-shard", "1"])
    (tmp_path / "in.txt").write_text("one\nthree\n")
    with pytest.raises(UserError, match="other files"):
        bulk_translate.main(arguments)
    (tmp_path / "out.run.json").unlink()
    with pytest.raises(UserError, match="has not written"):
        bulk_translate.main(arguments)
    assert (tmp_path / "out-00000-of-00001").read_text() == "ONE\nTWO\n"


@pytest.mark.parametrize("options, message", [
    ({"input": "{}/none"}, "file matches"), ({"input": "far://away"}, "cannot be looked up"),
    ({"output": "{}/failed"}, "both go to"), ({"output": "{}/lin"}, "begins like the output"),
    ({"model": "nowhere"}, "no model 'nowhere'"), ({"model": "{}/model"}, "holds no SavedModel")])
def test_refusals(bulk_translate, tmp_path, options, message):
    from keras_s2s.errors import UserError

    (tmp_path / "lines").write_text("one\n")
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "model.json").write_text("{}")
    given = {"model": "dates", "input": "{}/lines", "output": "{}/out", "dead-letters": "{}/failed", **options}
    with pytest.raises(UserError, match=message):
        bulk_translate.main([word for name, value in given.items()
                             for word in (f"--{name}", value.format(tmp_path))])
    assert {path.name for path in tmp_path.iterdir()} == {"lines", "model"}


def test_a_broken_gz_file(bulk_translate, shouting, tmp_path):
    (tmp_path / "in.gz").write_bytes(gzip.compress(os.urandom(1000))[:500])
    with pytest.raises(Exception, match=r"(e|E)xpected a whole \.gz file"):
        bulk_translate.main(["--model", str(shouting), "--input", f"{tmp_path}/in.gz", "--output", f"{tmp_path}/out"])
    assert not list(tmp_path.glob("out-*"))


def test_without_beam(monkeypatch):
    monkeypatch.setitem(sys.modules, "apache_beam", None)
    with pytest.raises(SystemExit, match="Install it: pip install"):
        runpy.run_path(str(SCRIPT))


@pytest.mark.slow
def test_worker_processes(bulk_translate, shouting, tmp_path):
    """They get the modules beside the script with the pipeline."""
    (tmp_path / "lines").write_text("".join(f"line {number}\n" for number in range(1000)))
    subprocess.run([sys.executable, SCRIPT, "--model", shouting, "--input", tmp_path / "lines", "--output",
                    tmp_path / "out", "--lines-per-shard", "50", "--direct_num_workers=2",
                    "--direct_running_mode=multi_processing"], check=True, cwd=tmp_path,
                   env={**os.environ, "PYTHONPATH": str(ROOT)})
    assert lines_of(tmp_path, "out") == [f"LINE {number}" for number in range(1000)]
