"""The demo's API endpoint `/translate`."""

import pytest

gradio_client = pytest.importorskip("gradio_client")


@pytest.fixture(scope="module")
def client(demo_url):
    return gradio_client.Client(demo_url, verbose=False)


def test_only_translate_is_offered(client):
    endpoints = client.view_api(return_format="dict")["named_endpoints"]
    assert list(endpoints) == ["/translate"]
    assert [parameter["parameter_name"] for parameter in endpoints["/translate"]["parameters"]] == [
        "text",
        "model",
    ]


def test_answer(client, translators):
    answer = client.predict("may 5", "letters", api_name="/translate")
    expected = translators["letters"]("may 5")
    assert answer["translation"] == "MAY 5"
    assert answer["source_tokens"] == ["m", "a", "y", " ", "5", "</s>"]
    assert answer["target_tokens"] == ["M", "A", "Y", " ", "5", "</s>"]
    assert answer["score"] == pytest.approx(-0.01)
    assert answer["log_prob"] == pytest.approx(-0.06)
    assert answer["token_log_probs"] == pytest.approx([-0.01] * 6)
    assert answer["attention"] == [pytest.approx(row) for row in expected.attention.tolist()]


def test_the_first_model_is_the_default(client):
    assert client.predict("a b", api_name="/translate")["source_tokens"] == ["a", " ", "b", "</s>"]
    assert client.predict("a b", "words", api_name="/translate")["source_tokens"] == ["a", "b", "</s>"]


def test_an_empty_text_gives_an_empty_translation(client):
    answer = client.predict("", api_name="/translate")
    assert (answer["translation"], answer["score"], answer["attention"]) == ("", 0.0, [])


@pytest.mark.parametrize(
    "arguments, message",
    [
        (["x" * 301], "301 characters"),
        (["a", "wrods"], "There is no model"),
        (["refuse"], "Leave it out"),
        ([3], "a string"),
        ([None], "a string"),
        ([["a"]], "a string"),
    ],
)
def test_errors_say_what_to_do(client, arguments, message):
    with pytest.raises(gradio_client.exceptions.AppError, match=message):
        client.predict(*arguments, api_name="/translate")


def test_a_bug_shows_no_inside(client):
    with pytest.raises(gradio_client.exceptions.AppError) as caught:
        client.predict("crash", api_name="/translate")
    assert "secret" not in str(caught.value)
