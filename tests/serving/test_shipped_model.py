"""`keras-s2s serve dates`: the command, the shipped model, a socket."""

import json
import sys
import urllib.request

import pytest


@pytest.fixture(scope="module")
def url(until_stopped):
    command = [sys.executable, "-m", "keras_s2s", "serve", "dates", "--rest-port", "0"]
    with until_stopped(command, r"dates \(version \d+\): (http://127\.0\.0\.1:\d+/v1/models/dates)$") as address:
        yield address


def ask(url, body):
    with urllib.request.urlopen(url + ":predict", json.dumps(body).encode(), timeout=60) as answer:
        return json.load(answer)


def test_dates_in_rows(url):
    texts = ["March 3rd, 1999", "2. Februar 2024", "", "2020年5月17日"]
    answers = ask(url, {"instances": texts})["predictions"]
    assert [answer["translation"] for answer in answers] == ["1999-03-03", "2024-02-02", "", "2020-05-17"]
    assert all(-0.5 < answer["score"] <= 0 for answer in answers)


def test_explain_in_columns(url):
    outputs = ask(url, {"signature_name": "explain", "inputs": {"text": ["12/05/2031", "5 mai 2001"]}})[
        "outputs"
    ]
    assert outputs["translation"] == ["2031-05-12", "2001-05-05"]
    assert outputs["target_tokens"][0] == [*"2031-05-12", "</s>"]
    assert outputs["source_tokens"][0] == [*"12/05/2031", "</s>"]
    for row in outputs["attention"][0]:
        assert sum(row) == pytest.approx(1, abs=1e-4)


def test_score(url):
    pairs = [{"source": "5 mai 2001", "target": target} for target in ("2001-05-05", "2001-05-06")]
    right, wrong = ask(url, {"signature_name": "score", "instances": pairs})["predictions"]
    assert right["log_prob"] > -0.5 > wrong["log_prob"]
