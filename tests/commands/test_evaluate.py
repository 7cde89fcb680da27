import json
import math
import re

import pytest


@pytest.mark.parametrize("as_files", [False, True])
def test_score(command, already_loaded, tiny, tiny_directory, tmp_path, as_files):
    pairs = [("the cat", "12"), ("", "3"), ("Ä", "")]
    (tmp_path / "pairs.tsv").write_text("".join(f"{a}\t{b}\n" for a, b in pairs))
    (tmp_path / "a.txt").write_text("".join(f"{a}\n" for a, _ in pairs))
    (tmp_path / "b.txt").write_text("".join(f"{b}\n" for _, b in pairs))
    given = (["--source", tmp_path / "a.txt", "--target", tmp_path / "b.txt"] if as_files
             else ["--data", tmp_path / "pairs.tsv"])
    expected = tiny.score([a for a, _ in pairs], [b for _, b in pairs])
    ended = command("score", tiny_directory, *given)
    assert ended.status == 0
    assert [float(line) for line in ended.lines] == pytest.approx([row["log_prob"] for row in expected], abs=1e-4)
    tokens = [value for row in expected for value in row["token_log_probs"]]
    perplexity = re.fullmatch(r"perplexity (.*) over (.*) tokens of 3 pairs, end tokens included\n", ended.error)
    assert float(perplexity[1]) == pytest.approx(math.exp(-sum(tokens) / len(tokens)), rel=1e-4)
    assert int(perplexity[2]) == len(tokens) == 2 + 1 + 1 + 1 + 1
    ended = command("score", tiny_directory, *given, "--json")
    assert ended.error.startswith("perplexity")
    for line, row, (source, target) in zip(ended.lines, expected, pairs, strict=True):
        found = json.loads(line)
        assert (found["source"], found["target"]) == (source, target)
        assert found["token_log_probs"] == pytest.approx(row["token_log_probs"], abs=1e-4)


def test_evaluate(command, already_loaded, tiny, tiny_directory, tmp_path):
    right = str(tiny("the cat"))
    (tmp_path / "pairs.tsv").write_text(f"x\ta\tb\nthe cat\tno\t{right}\nthe cat\tnor\t{right}\ndog\tno\tnever\n"
                                        f"the cat\tnor\tother\n")
    given = ["evaluate", tiny_directory, "--data", tmp_path / "pairs.tsv", "--header", "--columns", "1,3"]
    ended = command(*given, "--json", "--worst", "5", "--metrics", "exact_match,bleu", "--tokenize", "char")
    assert ended.status == 0
    found = json.loads(ended.out)
    assert (found["count"], found["exact_match"]) == (2, 0.5)  # the cat's two targets are references of one item
    assert "tok:char" in found["bleu"]["signature"]
    assert "chrf" not in found
    assert [item["source"] for item in found["worst"]] == ["dog"]
    ended = command(*given)
    assert ended.status == 0
    assert "50.0 %" in ended.out
