"""`keras-s2s rerank`: n-best lists and a second model."""

import pytest

from keras_s2s.reranking import NBestEntry, read_n_best, write_n_best

SOURCES = ["the cat", "", "dog"]
ENTRIES = [NBestEntry(0, "12", -0.5), NBestEntry(2, "3", -0.2), NBestEntry(0, "///63", -0.9), NBestEntry(2, "", -2.0),
           NBestEntry(0, "a b", -0.1)]


@pytest.fixture
def files(tmp_path):
    write_n_best(tmp_path / "list", ENTRIES)
    (tmp_path / "sources").write_text("".join(f"{source}\n" for source in SOURCES))
    return ["--n-best", tmp_path / "list", "--source", tmp_path / "sources"]


@pytest.mark.parametrize("weight", [None, 0.0, 1.0, 0.3])
def test_scores_are_combined(command, already_loaded, tiny, tiny_directory, files, tmp_path, weight):
    ended = command("rerank", tiny_directory, *files, *([] if weight is None else ["--weight", weight]))
    assert (ended.status, ended.error) == (0, "")
    (tmp_path / "again").write_text(ended.out)
    found = read_n_best(tmp_path / "again")
    weight = 0.5 if weight is None else weight
    expected = []
    for entry in ENTRIES:
        scored = tiny.score(SOURCES[entry.line], entry.text)
        mean = scored["log_prob"] / len(scored["token_log_probs"])
        expected.append(entry._replace(score=(1 - weight) * entry.score + weight * mean))
    expected.sort(key=lambda entry: (entry.line, -entry.score))
    assert [(entry.line, entry.text) for entry in found] == [(entry.line, entry.text) for entry in expected]
    assert [entry.score for entry in found] == pytest.approx([entry.score for entry in expected], abs=1e-5)


def test_the_models_matter(command, already_loaded, tiny_directory, files):
    lists = [command("rerank", tiny_directory, *files, "--weight", weight).lines for weight in (0, 1)]
    assert sorted(line.split(" ||| ")[1] for line in lists[0]) == sorted(line.split(" ||| ")[1] for line in lists[1])
    assert [line.split(" ||| ")[1] for line in lists[0]] != [line.split(" ||| ")[1] for line in lists[1]]


def test_what_translate_prints_can_be_read(command, already_loaded, tiny_directory, files, tmp_path):
    ended = command("translate", tiny_directory, "--beam", "4", "--n-best", "4",
                    stdin="".join(f"{source}\n" for source in SOURCES).encode())
    (tmp_path / "list").write_text(ended.out)
    again = command("rerank", tiny_directory, *files)
    # The same model, by the same means: the same order, but for what reads otherwise than it was written.
    assert again.status == 0
    assert sorted(line.split(" ||| ")[:2] for line in again.lines) == sorted(
        line.split(" ||| ")[:2] for line in ended.lines)


def test_an_empty_list(command, already_loaded, tiny_directory, files, tmp_path):
    (tmp_path / "list").write_text("")
    ended = command("rerank", tiny_directory, *files)
    assert (ended.status, ended.out) == (0, "")


@pytest.mark.parametrize("lines, flags, message", [
    ("3 ||| a ||| -1\n", [], "has translations of line 3"),
    ("0 ||| a ||| -1\n0 ||| a\n", [], "list, line 2, has 2 parts"),
    ("0 ||| a ||| 0-0 ||| -1\n", [], "list, line 1, has 4 parts"),
    ("x ||| a ||| -1\n", [], "begins with 'x'"),
    ("0 ||| a ||| nan\n", [], "score 'nan'"),
    ("0 ||| a ||| -1\n", ["--weight", "1.5"], "--weight"),
    ("0 ||| a ||| -1\n", ["--source", "m.txt"], "m.txt does not exist"),
])
def test_refused(command, already_loaded, tiny_directory, files, tmp_path, monkeypatch, lines, flags, message):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "list").write_text(lines)
    ended = command("rerank", tiny_directory, *files, *flags)
    assert (ended.status, ended.out) == (2, "")
    assert message in ended.error
    assert "Traceback" not in ended.error
    missing = command("rerank", "no_model", "--n-best", "list", "--source", "sources")
    assert (missing.status, missing.out) == (2, "")
