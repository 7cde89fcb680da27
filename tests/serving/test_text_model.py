"""A real text model, untrained and tiny: the same answer over REST as in Python."""

import numpy as np
import pytest

TEXTS = ["hello", "", "wörld 1999!", "\U0001f389 unknown 中", "x" * 300, " spaces \t"]


@pytest.fixture(scope="module")
def translator():
    import keras

    from keras_s2s import layers
    from keras_s2s.model import Seq2Seq
    from keras_s2s.text import CharacterTokenizer
    from keras_s2s.translator import Translator

    keras.utils.set_random_seed(1)
    source, target = CharacterTokenizer(), CharacterTokenizer()
    source.adapt(["hello wörld 1999"])
    target.adapt(["0123456789-"])
    encoder = layers.RNNEncoder(source.vocabulary_size(), units=16, cell="gru", direction="bidirectional")
    decoder = layers.AttentionDecoder(
        target.vocabulary_size(), units=16, attention=layers.BahdanauAttention(16), attend="after"
    )
    model = Seq2Seq(encoder=encoder, decoder=decoder, bridge="dense")
    if not model.built:
        model.build()
    return Translator(model, source, target, name="tiny", max_source_tokens=100)


@pytest.fixture(scope="module")
def client(translator, tmp_path_factory):
    """A server of the model directory, which it has to export itself."""
    from starlette.testclient import TestClient

    from keras_s2s.serving.server import load_models
    from tests.serving.rest_app import create_app

    directory = tmp_path_factory.mktemp("models") / "tiny"
    translator.save(directory)
    registry = load_models([str(directory)], tmp_path_factory.mktemp("scratch"))
    with TestClient(create_app(registry), raise_server_exceptions=False) as client:
        yield client


def test_the_signatures_are_those_of_the_design(client):
    metadata = client.get("/v1/models/tiny/metadata").json()["metadata"]["signature_def"]["signature_def"]

    def names(signature):
        return sorted(metadata[signature]["inputs"]), sorted(metadata[signature]["outputs"])

    assert names("serving_default") == (["text"], ["score", "translation"])
    assert names("explain") == (
        ["text"],
        [
            "attention",
            "log_prob",
            "score",
            "source_tokens",
            "target_tokens",
            "token_log_probs",
            "translation",
        ],
    )
    assert names("prefix") == (["target_prefix", "text"], names("explain")[1])
    assert names("nbest") == (
        ["beam_size", "text"],
        [
            "attention",
            "log_probs",
            "scores",
            "source_tokens",
            "target_tokens",
            "token_log_probs",
            "translations",
        ],
    )
    assert metadata["nbest"]["inputs"]["beam_size"]["dtype"] == "DT_INT32"
    assert names("score") == (
        ["source", "target"], ["attention", "log_prob", "source_tokens", "target_tokens", "token_log_probs"])


def test_explain_answers_as_python(client, translator):
    response = client.post("/v1/models/tiny:predict", json={"signature_name": "explain", "instances": TEXTS})
    assert response.status_code == 200, response.text
    rows = response.json()["predictions"]
    for row, expected in zip(rows, translator(TEXTS), strict=True):
        tokens = [token for token in row["target_tokens"] if token]
        assert (row["translation"], tokens) == (expected.text, expected.tokens)
        source_tokens = [token for token in row["source_tokens"] if token]
        assert source_tokens == expected.source_tokens
        attention = np.array(row["attention"])[: len(tokens), : len(source_tokens)]
        np.testing.assert_allclose(attention, expected.attention, atol=1e-5)
        assert row["log_prob"] == pytest.approx(expected.log_prob, abs=1e-4)
    assert len(rows[4]["source_tokens"]) == 101  # cut to 100 and the end


def test_the_default_signature_row_and_column(client, translator):
    rows = client.post("/v1/models/tiny:predict", json={"instances": TEXTS}).json()["predictions"]
    assert [row["translation"] for row in rows] == [answer.text for answer in translator(TEXTS)]
    columns = client.post("/v1/models/tiny:predict", json={"inputs": {"text": TEXTS}}).json()["outputs"]
    assert columns["translation"] == [row["translation"] for row in rows]
    assert rows[1] == {"translation": "", "score": 0.0}


def test_score(client, translator):
    pairs = [
        {"source": "hello", "target": "19"},
        {"source": "", "target": ""},
        {"source": "a", "target": "中"},
    ]
    body = {"signature_name": "score", "instances": pairs}
    rows = client.post("/v1/models/tiny:predict", json=body).json()["predictions"]
    expected = translator.score([pair["source"] for pair in pairs], [pair["target"] for pair in pairs])
    assert [row["log_prob"] for row in rows] == pytest.approx([row["log_prob"] for row in expected], abs=1e-4)


def test_broken_bytes_are_answered(client):
    response = client.post("/v1/models/tiny:predict", content=b'{"instances": ["h\xff\xfee\xed\xa0\x80"]}')
    assert response.status_code == 200
    body = {"signature_name": "explain", "instances": [{"b64": "aP/+ZQ=="}]}  # h, two broken bytes, e
    tokens = client.post("/v1/models/tiny:predict", json=body).json()["predictions"][0]["source_tokens"]
    assert tokens == ["h", "\ufffd", "\ufffd", "e", "</s>"]


def answered(client, signature, **given):
    """The answer in column format; that in row format is the same."""
    columns = client.post("/v1/models/tiny:predict", json={"signature_name": signature, "inputs": given})
    assert columns.status_code == 200, columns.text
    instances = [dict(zip(given, values, strict=True)) for values in zip(*given.values(), strict=True)]
    rows = client.post("/v1/models/tiny:predict", json={"signature_name": signature, "instances": instances})
    outputs = columns.json()["outputs"]
    for place, row in enumerate(rows.json()["predictions"]):
        assert row == {name: values[place] for name, values in outputs.items()}
    return outputs


def test_nbest(client, translator):
    found = answered(client, "nbest", text=TEXTS, beam_size=[4] * len(TEXTS))
    for row, expected in enumerate(translator(TEXTS, beam_size=4, n_best=4)):
        number = len(expected.n_best)
        assert found["translations"][row] == [one.text for one in expected.n_best] + [""] * (4 - number)
        assert found["scores"][row][:number] == pytest.approx([one.score for one in expected.n_best], abs=1e-4)
        assert found["scores"][row][number:] == [-1e9] * (4 - number)
        best = expected.n_best[0]
        attention = np.array(found["attention"][row][0])[:len(best.tokens), :len(best.source_tokens)]
        np.testing.assert_allclose(attention, best.attention, atol=1e-4)
        assert [token for token in found["target_tokens"][row][0] if token] == best.tokens
    alone = answered(client, "nbest", text=["hello"], beam_size=[4])
    assert alone["translations"] == found["translations"][:1]


def test_each_row_has_its_own_beam(client):
    sizes = [2, 0, 3]
    found = answered(client, "nbest", text=["hello", "1999", "h\u00f6"], beam_size=sizes)
    for row, size in enumerate(sizes):
        missing = [score == -1e9 for score in found["scores"][row]]
        assert missing == [False] * max(size, 1) + [True] * (3 - max(size, 1))


def test_prefix(client, translator):
    prefixes = ["19", "", "x1", "2-", "9" * 300, "\U0001f389"]
    found = answered(client, "prefix", text=TEXTS, target_prefix=prefixes)
    chosen = [0, 1, 2, 3, 5]
    expected = translator([TEXTS[row] for row in chosen], prefix=[prefixes[row] for row in chosen])
    assert [found["translation"][row] for row in chosen] == [answer.text for answer in expected]
    assert found["translation"][2].startswith("x1")
    assert found["translation"][4] == "9" * 256  # the longest that there may be


@pytest.mark.parametrize("body", [
    {"instances": ["hello"]}, {"instances": [{"text": "hello"}]}, {"instances": [{"text": "hello", "beam_size": "5"}]},
    {"instances": [{"text": "hello", "beam_size": 2.5}]}, {"instances": [{"text": "hello", "beam_size": None}]},
    {"instances": [{"text": "hello", "beam_size": [1, 2]}]}, {"instances": [{"text": "hello", "beam_size": 2**40}]},
    {"inputs": {"text": ["a", "b"], "beam_size": 3}}, {"inputs": {"text": ["a", "b"], "beam_size": [1, 2, 3]}},
    {"inputs": {"text": ["a", "b", "c"], "beam_size": [3, 2]}}, {"inputs": {"text": ["a"], "beam_size": []}}])
def test_requests_that_are_none(client, body):
    response = client.post("/v1/models/tiny:predict", json={"signature_name": "nbest", **body})
    assert response.status_code == 400, response.text
    assert response.json()["error"]
