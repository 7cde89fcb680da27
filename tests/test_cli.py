"""The command line: what it prints where, and what it refuses how."""

import io
import json
import os
import shutil
import subprocess
import sys

import pytest

from keras_s2s import cli

COMMANDS = ["quickstart", "train", "inspect", "translate", "score", "evaluate", "export", "serve", "demo", "models",
            "presets", "doctor"]


@pytest.fixture
def run(monkeypatch, capfd):
    """`run(*arguments, stdin=b"")` -> `(exit status, standard output, standard error)`, in this process."""

    def call(*arguments, stdin=b""):
        monkeypatch.setattr(sys, "argv", ["keras-s2s", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        capfd.readouterr()
        with pytest.raises(SystemExit) as ended:
            cli.main()
        sys.stdout.flush()
        out, error = capfd.readouterr()
        return ended.value.code or 0, out, error

    return call


@pytest.fixture
def already_loaded(monkeypatch, tiny):
    """Commands get the model that is in memory, in place of one more copy."""
    monkeypatch.setattr("keras_s2s.translator.Translator.load", lambda model: tiny)


def lines(text):
    """Lines as `wc -l` counts them."""
    assert text == "" or text.endswith("\n")
    return text.split("\n")[:-1]


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
def test_mistakes(run, tmp_path, monkeypatch, tiny_directory, arguments, expected):
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
    status, out, error = run(*arguments)
    assert (status, out) == (2, "")
    assert "Traceback" not in error
    for part in expected:
        assert part.lower() in error.lower(), error
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("stdin, texts", ids=range(8), argvalues=[
    (b"", []),
    (b"the cat\n\n3 dogs\n", ["the cat", "", "3 dogs"]),
    (b"the cat\r\n\r\n3 dogs", ["the cat", "", "3 dogs"]),  # without an end of the last line
    (b"\n\n\n", ["", "", ""]),
    (b"\xef\xbb\xbfthe cat\n", ["the cat"]),
    ("a\x0bb\x0c\x85c\u2028d\n\u3000\n".encode(), ["a\x0bb\x0c\x85c\u2028d", "\u3000"]),  # no ends of lines
    (b"cat\0dog\n", ["cat\0dog"]),
    (b"a\n" * 1100, ["a"] * 1100),
])
def test_as_many_lines_out_as_in(run, already_loaded, tiny, tiny_directory, stdin, texts):
    status, out, _ = run("translate", tiny_directory, stdin=stdin)
    assert status == 0
    assert lines(out) == [str(answer) for answer in tiny(texts)]


def test_a_line_that_is_not_utf8(run, already_loaded, tiny, tiny_directory):
    status, out, error = run("translate", tiny_directory, stdin=b"the cat\ncaf\xe9\ndog\n")
    assert status == 2
    assert lines(out) == [str(tiny("the cat"))]
    assert "Line 2 of standard input is not UTF-8 (byte 4)" in error


def test_texts_as_arguments(run, tiny, tiny_directory):
    status, out, _ = run("translate", tiny_directory, "the cat", "", "3 dogs", stdin=b"not read\n")
    assert status == 0
    assert lines(out) == [str(answer) for answer in tiny(["the cat", "", "3 dogs"])]


def test_json_lines(run, already_loaded, tiny, tiny_directory):
    status, out, _ = run("translate", tiny_directory, "--json", stdin="the cat\r\n\nÄ\n".encode())
    assert status == 0
    found = [json.loads(line) for line in lines(out)]
    for answer, expected in zip(found, tiny(["the cat", "", "Ä"]), strict=True):
        assert set(answer) == {"source", "text", "score", "log_prob", "tokens", "source_tokens", "token_log_probs",
                               "attention"}
        assert (answer["source"], answer["text"], answer["tokens"]) == (expected.source, expected.text, expected.tokens)
        assert answer["score"] == pytest.approx(expected.score, abs=1e-5)
    assert "Ä" in out  # readable, not \u00c4


def test_alignments(run, already_loaded, tiny, tiny_directory):
    _, out, _ = run("translate", tiny_directory, "cat", "--alignments")
    assert lines(out)[0] == str(tiny("cat"))
    assert len(lines(out)) > len(tiny("cat").tokens)


@pytest.mark.parametrize("as_files", [False, True])
def test_score(run, already_loaded, tiny, tiny_directory, tmp_path, as_files):
    pairs = [("the cat", "12"), ("", "3"), ("Ä", "")]
    (tmp_path / "pairs.tsv").write_text("".join(f"{a}\t{b}\n" for a, b in pairs))
    (tmp_path / "a.txt").write_text("".join(f"{a}\n" for a, _ in pairs))
    (tmp_path / "b.txt").write_text("".join(f"{b}\n" for _, b in pairs))
    given = (["--source", tmp_path / "a.txt", "--target", tmp_path / "b.txt"] if as_files
             else ["--data", tmp_path / "pairs.tsv"])
    expected = tiny.score([a for a, _ in pairs], [b for _, b in pairs])
    status, out, _ = run("score", tiny_directory, *given)
    assert status == 0
    assert [float(line) for line in lines(out)] == pytest.approx([row["log_prob"] for row in expected], abs=1e-4)
    _, out, _ = run("score", tiny_directory, *given, "--json")
    for line, row, (source, target) in zip(lines(out), expected, pairs, strict=True):
        found = json.loads(line)
        assert (found["source"], found["target"]) == (source, target)
        assert found["token_log_probs"] == pytest.approx(row["token_log_probs"], abs=1e-4)


def test_evaluate(run, already_loaded, tiny, tiny_directory, tmp_path):
    right = str(tiny("the cat"))
    (tmp_path / "pairs.tsv").write_text(f"x\ta\tb\nthe cat\tno\t{right}\nthe cat\tnor\t{right}\ndog\tno\tnever\n"
                                        f"the cat\tnor\tother\n")
    given = ["evaluate", tiny_directory, "--data", tmp_path / "pairs.tsv", "--header", "--columns", "1,3"]
    status, out, _ = run(*given, "--json", "--worst", "5", "--metrics", "exact_match,bleu", "--tokenize", "char")
    assert status == 0
    found = json.loads(out)
    assert (found["count"], found["exact_match"]) == (2, 0.5)  # the cat's two targets are references of one item
    assert "tok:char" in found["bleu"]["signature"]
    assert "chrf" not in found
    assert [item["source"] for item in found["worst"]] == ["dog"]
    status, out, _ = run(*given)
    assert status == 0
    assert "50.0 %" in out


def test_export(run, tiny_directory, tmp_path):
    given = ["export", tiny_directory, "--saved-model", tmp_path / "serving", "--name", "toy"]
    status, out, error = run(*given)
    assert (status, lines(out)) == (0, [str(tmp_path / "serving" / "toy" / "1")])
    for part in ("docker run", "MODEL_NAME=toy", f"keras-s2s serve {tmp_path / 'serving' / 'toy'}", "toy:predict",
                 "the cat"):
        assert part in error
    assert (tmp_path / "serving" / "toy" / "1" / "saved_model.pb").exists()


def test_lists(run):
    status, out, _ = run("presets")
    assert status == 0
    assert {line.split("\t")[0] for line in lines(out)} >= {"characters", "dates", "sentences"}
    _, out, _ = run("presets", "characters")
    assert "tokenizer: character" in out
    status, out, _ = run("doctor")
    assert status == 0
    assert "tensorflow" in out
    assert run("models")[0] == 0
