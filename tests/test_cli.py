"""The command line: what it prints where, and what it refuses how."""

import os
import shutil
import subprocess
import sys

import pytest

from keras_s2s import cli

COMMANDS = ["quickstart", "train", "inspect", "translate", "score", "trace", "rerank", "average", "evaluate", "export",
            "serve", "demo", "models", "presets", "doctor"]


def test_help_is_quick_and_loads_nothing_large():
    code = ("import sys\n"
            "from keras_s2s.cli import main\n"
            "for arguments in [['--help'], *[[name, '--help'] for name in sys.argv[1].split()], ['presets']]:\n"
            "    sys.argv[1:] = arguments\n"
            "    try:\n"
            "        main()\n"
            "    except SystemExit as ended:\n"
            "        assert not ended.code, arguments\n"
            "large = {'tensorflow', 'keras', 'tensorflow_text', 'matplotlib', 'gradio', 'sentencepiece'}\n"
            "print('LOADED', large & set(sys.modules))")
    done = subprocess.run([sys.executable, "-c", code, " ".join(COMMANDS)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "LOADED set()" in done.stdout
    for name in COMMANDS:
        assert f"  {name} " in done.stdout
    assert "--overwrite" in done.stdout


def test_as_a_module_in_a_process_of_its_own(tmp_path):
    """Status, channels and no traceback as a shell sees them."""
    (tmp_path / "pairs.tsv").write_text("a\tb\tc\n")
    command = [sys.executable, "-m", "keras_s2s", "train", "characters", "--data", "pairs.tsv", "--out", "x"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path,
                          env={**os.environ, "PYTHONPATH": os.path.dirname(os.path.dirname(cli.__file__))})
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr
    assert "pairs.tsv, line 1, has 3 columns" in done.stderr
    assert "--columns 1,2" in done.stderr
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize("arguments, expected", [
    (["train", "characters", "--data", "three.tsv", "--out", "x"],
     ["three.tsv, line 2, has 3 columns", "--columns 1,2"]),
    (["train", "characters", "--data", "one.tsv", "--out", "x"], ["one.tsv, line 1, has 1 column", "tab"]),
    (["train", "characters", "--data", "directory", "--out", "x"], ["directory is a directory", "a file"]),
    (["train", "characters", "--data", "latin1.tsv", "--out", "x"], ["latin1.tsv, line 1", "0xE4", "iconv -f LATIN1"]),
    (["train", "characters", "--data", "empty.tsv", "--out", "x"], ["empty.tsv is empty"]),
    (["train", "characters", "--data", "missing.tsv", "--out", "x"], ["missing.tsv does not exist"]),
    (["train", "characters", "--data", "few.tsv", "--out", "x"], ["2 distinct sources", "--dev FILE"]),
    (["train", "characters", "--data", "few.tsv", "--columns", "0,x", "--out", "x"], ["--columns"]),
    (["train", "characters", "--out", "x"], ["No pairs to train on", "--data FILE"]),
    (["train", "characters", "--source", "few.tsv", "--out", "x"], ["--source FILE and --target FILE"]),
    (["train", "characters", "--source", "few.tsv", "--target", "one.tsv", "--out", "x"], ["has 2 lines", "1 line"]),
    (["train", "caracters", "--data", "few.tsv", "--out", "x"], ["no preset caracters", "Did you mean characters?"]),
    (["train", "none.yaml", "--data", "few.tsv", "--out", "x"], ["none.yaml does not exist"]),
    (["train", "bad.yaml", "--data", "few.tsv", "--out", "x"], ["bad.yaml, line 1", "model"]),
    (["train", "characters", "--set", "model.unit=3", "--data", "few.tsv", "--out", "x"],
     ["no option model.unit", "Did you mean model.units?"]),
    (["train", "characters", "--set", "model.units=many", "--data", "few.tsv", "--out", "x"], ["model.units is many"]),
    (["train", "characters", "--set", "model.units", "--data", "few.tsv", "--out", "x"], ["section.key=value"]),
    (["train", "characters", "--data", "few.tsv", "--out", "few.tsv"], ["few.tsv is a file"]),
    (["train", "characters", "--data", "few.tsv", "--out", "directory"], ["directory is not empty and holds no run"]),
    (["inspect", "three.tsv"], ["three.tsv, line 2, has 3 columns"]),
    (["inspect", "directory"], ["directory is a directory"]),
    (["translate", "no_model", "text"], ["There is no model 'no_model'", "model directory"]),
    (["translate", "directory", "text"], ["no model in directory"]),
    (["translate", "few.tsv", "text"], ["few.tsv is a file"]),
    (["translate", "cut", "text"], ["cut/weights.npz cannot be read", "Copy the model directory again"]),
    (["translate", "damaged", "text"], ["the model in damaged cannot be read"]),
    (["translate", "tiny", "caf\udce9"], ["'caf?' is not UTF-8"]),
    (["score", "no_model", "--data", "few.tsv"], ["There is no model"]),
    (["score", "tiny"], ["No pairs were given", "--data FILE"]),
    (["score", "tiny", "--data", "three.tsv"], ["three.tsv, line 2, has 3 columns"]),
    (["evaluate", "tiny", "--data", "few.tsv", "--metrics", "bleo"],
     ["metric 'bleo' is not known", "Did you mean bleu?"]),
    (["evaluate", "tiny", "--data", "few.tsv", "--tokenize", "14a"], ["BLEU tokenizer is '14a'"]),
    (["evaluate", "tiny", "--source", "few.tsv", "--target", "one.tsv"], ["has 2 lines"]),
    (["export", "tiny"], ["Nothing was asked for", "--saved-model DIR"]),
    (["export", "tiny", "--saved-model", "x", "--name", "a/b"], ["'a/b'", "--name"]),
    (["export", "no_model", "--tfjs", "x"], ["There is no model"]),
    (["export", "tiny", "--tfjs", "directory"], ["directory exists and is no browser bundle"]),
    (["presets", "caracters"], ["no preset caracters"]),
    (["serve", "no_model"], ["no_model"]),
    (["demo", "no_model"], ["no_model"]),
    (["trian"], ["trian"]),
    (["train", "characters"], ["--out"]),
])
def test_mistakes(command, tmp_path, monkeypatch, tiny_directory, arguments, expected):
    files = {"three.tsv": b"a\tb\nc\td\te\n", "one.tsv": b"a b\n", "latin1.tsv": "ä\tb\n".encode("latin1"),
             "empty.tsv": b"", "few.tsv": b"a\tb\nc\td\n", "bad.yaml": b"model: 3\n", "directory/file": b"mine"}
    (tmp_path / "directory").mkdir()
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    for name in {"tiny", "cut", "damaged"} & set(arguments):
        shutil.copytree(tiny_directory, tmp_path / name)
    if "cut" in arguments:
        weights = tmp_path / "cut" / "weights.npz"
        weights.write_bytes(weights.read_bytes()[:3000])
    if "damaged" in arguments:
        (tmp_path / "damaged" / "model.json").write_text('{"format_version": 1, "name"')
    monkeypatch.chdir(tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    ended = command(*arguments)
    assert (ended.status, ended.out) == (2, "")
    assert "Traceback" not in ended.error
    for part in expected:
        assert part.lower() in ended.error.lower(), ended.error
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_lists(command):
    ended = command("presets")
    assert ended.status == 0
    assert {line.split("\t")[0] for line in ended.lines} >= {"characters", "dates", "sentences"}
    ended = command("presets", "characters")
    assert "tokenizer: character" in ended.out
    ended = command("doctor")
    assert ended.status == 0
    assert "tensorflow" in ended.out
    assert command("models").status == 0
