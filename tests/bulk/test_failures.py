"""What fails: lines that the graph refuses, other files under the same output, arguments, a broken file, no Beam."""

import gzip
import json
import os
import runpy
import sys

import pytest

from tests.bulk.results import SCRIPT, lines_of


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
