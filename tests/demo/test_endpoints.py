"""The demo's API, over the wire, beside the same calls in Python."""

import gzip
from pathlib import Path

import httpx
import pytest
from close_traces import assert_close

from keras_s2s.demo.endpoints import NAMES
from keras_s2s.evaluation import evaluate

gradio_client = pytest.importorskip("gradio_client")

TEXT = "March 3rd, 1999"
PAIRS = ["1 mai 2001\t2001-05-01", "3 mai 2001\t2001-05-30", "march 3rd, 1999\t1999-03-03",
         "Mittwoch, 14. Juli 1989\t1989-07-14"]


@pytest.fixture(scope="module")
def client(demo_url, tmp_path_factory):
    return gradio_client.Client(demo_url, verbose=False, download_files=tmp_path_factory.mktemp("downloads"))


@pytest.fixture
def ask(client):
    """`ask("trace", text)`: an endpoint's answer."""
    return lambda name, *given, **named: client.predict(*given, api_name=f"/{name}", **named)


def test_the_endpoints_and_no_others_are_offered(client):
    endpoints = client.view_api(return_format="dict")["named_endpoints"]
    assert sorted(endpoints) == sorted(f"/{name}" for name in NAMES)
    parameters = [parameter["parameter_name"] for parameter in endpoints["/intervene"]["parameters"]]
    assert parameters == ["text", "model", "force", "attention", "mute", "swap", "beam_size"]


def test_translate(ask, dates):
    answer, expected = ask("translate", TEXT, "dates"), dates(TEXT)
    assert answer["translation"] == "1999-03-03"
    assert answer["source_tokens"] == [*"march 3rd, 1999", "</s>"]
    assert answer["target_tokens"] == expected.tokens
    assert answer["log_prob"] == pytest.approx(expected.log_prob)
    assert answer["score"] == pytest.approx(expected.score)
    assert answer["token_log_probs"] == pytest.approx(expected.token_log_probs)
    assert answer["attention"] == [pytest.approx(row) for row in expected.attention.tolist()]
    assert "n_best" not in answer and answer["truncated"] is False


def test_translate_with_a_beam(ask, dates):
    answer, expected = ask("translate", "the cat", "long", 4, 3), ask("translate", TEXT, "dates", 4, 3)
    assert len(answer["n_best"]) == 3
    found = dates(TEXT, beam_size=4, n_best=3)
    assert [one["translation"] for one in expected["n_best"]] == [one.text for one in found.n_best]
    assert [one["score"] for one in expected["n_best"]] == pytest.approx([one.score for one in found.n_best])


def test_the_first_model_is_the_default(ask):
    assert ask("translate", TEXT)["translation"] == "1999-03-03"


def test_a_saved_model_translates_the_same(ask):
    saved, directory = (ask("translate", TEXT, model, 3, 3) for model in ("saved", "dates"))
    assert saved["target_tokens"] == directory["target_tokens"]
    assert [one["translation"] for one in saved["n_best"]] == [one["translation"] for one in directory["n_best"]]


def test_an_empty_text_gives_an_empty_translation(ask):
    answer = ask("translate", "")
    assert (answer["translation"], answer["score"]) == ("", 0.0)


@pytest.mark.parametrize("model, beam_size", [("dates", 1), ("dates", 3), ("plain", 1)])
def test_trace(ask, models, model, beam_size):
    text = TEXT if model == "dates" else "abba"
    expected = models[model].translator.trace(text, beam_size=beam_size)
    assert_close(ask("trace", text, model, beam_size), expected.to_dict())


@pytest.mark.parametrize("over_the_wire, in_python", [
    ({"force": {"3": "7"}}, {"force": {3: "7"}}),
    ({"mute": [0, 6]}, {"mute": [0, 6]}),
    ({"swap": {"March": "May"}}, {"swap": {"March": "May"}}),
    ({"attention": {"0": [0.0] * 15 + [2.0]}}, {"attention": {0: [0.0] * 15 + [2.0]}}),
    ({"force": {"0": "2"}, "mute": [15]}, {"force": {0: "2"}, "mute": [15]}),
], ids=["force", "mute", "swap", "attention", "two"])
def test_intervene(ask, dates, over_the_wire, in_python):
    answer, expected = ask("intervene", TEXT, "dates", **over_the_wire), dates.intervene(TEXT, **in_python)
    assert_close(answer["before"], expected.before.to_dict())
    assert_close(answer["after"], expected.after.to_dict())
    assert (answer["changed"], answer["removed"]) == (expected.changed, expected.removed)


def test_compare(ask, dates):
    answer = ask("compare", PAIRS, "dates", "long")
    sources, references = zip(*(pair.split("\t") for pair in PAIRS), strict=True)
    expected = evaluate(sources, [str(one) for one in dates(list(sources))], references)
    assert answer["names"] == ["dates", "long"]
    assert answer["translations"][0] == [str(one) for one in dates(list(sources))]
    assert answer["scores"][0]["bleu"] == expected.bleu.to_dict()
    assert answer["scores"][0]["exact_match"] == expected.exact_match == 0.75
    assert sum(row["count"] for row in answer["by_length"]) == len(PAIRS)
    assert answer["unit"] == "words"


def test_compare_texts_alone(ask):
    answer = ask("compare", ["1 mai 2001", "", "3 mai 2001"], "dates", "dates", 1, 3)
    assert answer["names"] == ["dates, greedy", "dates, beam 3"]
    assert answer["translations"] == [["2001-05-01", "2001-05-03"]] * 2
    assert (answer["scores"], answer["by_length"]) == ([], [])


def test_batch(ask, tmp_path, dates):
    lines = ["march 3rd, 1999", "", "5 de mayo de 1962", "a\x85b\N{LINE SEPARATOR}c"]
    (tmp_path / "texts.txt").write_bytes("\r\n".join(lines).encode())
    found = ask("batch", gradio_client.handle_file(tmp_path / "texts.txt"), "dates", 1)
    assert Path(found).name == "texts.translated.txt"
    translated = Path(found).read_text("utf-8").split("\n")
    assert translated == [*(str(one) for one in dates(lines)), ""]
    assert translated[:3] == ["1999-03-03", "", "1962-05-05"]


@pytest.mark.parametrize("name, given, message", [
    ("translate", ["x" * 401], "401 characters"),
    ("translate", ["a", "dtaes"], "There is no model"),
    ("translate", [3], "a string"),
    ("translate", [None], "a string"),
    ("translate", [["a"]], "a string"),
    ("translate", ["a", ["dates"]], "There is no model"),
    ("translate", ["a", "dates", 11], "from 1 to 10"),
    ("translate", ["a", "dates", "many"], "from 1 to 10"),
    ("translate", ["a", "dates", 2, 3], "n_best=3"),
    ("trace", ["x" * 401], "401 characters"),
    ("intervene", ["a"], "Nothing is to be changed"),
    ("intervene", ["a", "dates", {"0": "no such token"}], "vocabulary"),
    ("intervene", ["a", "dates", {"x": "1"}], "step 'x'"),
    ("intervene", ["a", "dates", {"300000000": "1"}], "step 300000000 is to be changed, but the translation may have"),
    ("intervene", ["a", "dates", {"9" * 5000: "1"}], "step '9999"),
    ("intervene", ["a", "dates", None, {"0": [1, 2, 3]}], "expected 2 numbers|Expected 2 numbers"),
    ("intervene", ["a", "dates", None, None, [9]], "position 9"),
    ("intervene", ["ab" * 100, "dates", None, None, None, {"a": "x" * 10}], "1,100 characters"),
    ("intervene", ["abba", "plain", None, None, [0]], "no attention to change"),
    ("compare", [["a"] * 21], "21 lines"),
    ("compare", [["a\tb"] * 21], "21 lines"),
    ("compare", [["a\t" + "x" * 401]], "401 characters"),
    ("intervene", ["a", "dates", {"0": "x" * 401}], "401 characters"),
    ("intervene", ["a", "dates", {"0": 3}], "a string"),
    ("trace", ["a", "saved"], "SavedModel"),
    ("intervene", ["a", "saved", {"0": "1"}], "SavedModel"),
    ("compare", [["a\tb", "c"]], "line 2 has no tab"),
    ("compare", ["a"], "list of strings"),
    ("compare", [[]], "nothing to compare"),
    ("batch", [None, "dates", 1], "no file"),
])
def test_errors_say_what_to_do(ask, name, given, message):
    with pytest.raises(gradio_client.exceptions.AppError, match=f"(?i){message}"):
        ask(name, *given)


@pytest.mark.parametrize("content, message", [
    (b"a\n" * 21, "21 texts"),
    (b"x" * 401, "401 characters"),
    ("Ä".encode("latin1"), "texts.txt, line 1, byte offset 0"),
    (gzip.compress(bytes(10_000_000)), "has more than"),
    (gzip.compress(b"a")[:12], "texts.txt is a gzip file"),
    (b"PK\x03\x04", "texts.txt is a zip archive"),
], ids=["many", "long", "encoding", "bomb", "half", "zip"])
def test_files_that_are_refused(ask, tmp_path, content, message):
    (tmp_path / "texts.txt").write_bytes(content)
    with pytest.raises(gradio_client.exceptions.AppError, match=message) as caught:
        ask("batch", gradio_client.handle_file(tmp_path / "texts.txt"), "dates", 1)
    assert "/" not in str(caught.value).replace("there is", "")  # not where it lay on the server


def test_other_files_of_the_machine_are_not_read(demo_url, tmp_path):
    """The official client would upload the file; this one only names it."""
    secret = tmp_path / "secret.txt"
    secret.write_text("1 mai 2001\n")
    address, given = f"{demo_url}gradio_api/call/batch", {"path": str(secret), "meta": {"_type": "gradio.FileData"}}
    asked = httpx.post(address, json={"data": [given, "dates", 1]})
    answer = httpx.get(f"{address}/{asked.json()['event_id']}", timeout=30).text if asked.is_success else asked.text
    assert "complete" not in answer
    assert "2001" not in answer


@pytest.mark.parametrize("name", ["translate", "trace"])
def test_a_bug_shows_no_inside(ask, name):
    with pytest.raises(gradio_client.exceptions.AppError) as caught:
        ask(name, "a", "crashing")
    assert "secret" not in str(caught.value)


def test_messages_are_escaped(ask):
    with pytest.raises(gradio_client.exceptions.AppError, match="&lt;script&gt;"):
        ask("translate", "a", "<script>alert(1)</script>")
