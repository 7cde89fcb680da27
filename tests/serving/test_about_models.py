"""Status, metadata, versions, cross-origin headers, a full queue."""

import threading

import pytest

OK = {"error_code": "OK", "error_message": ""}


@pytest.mark.parametrize("path", ["/v1/models/toy", "/v1/models/toy/versions/3", "/V1/Models/toy"])
def test_status(client, path):
    response = client.get(path)
    assert response.status_code == 200
    assert response.json() == {"model_version_status": [{"version": "3", "state": "AVAILABLE", "status": OK}]}


@pytest.mark.parametrize(
    "path", ["/v1/models/other", "/v1/models/toy/versions/4", "/v1/models/other/metadata"]
)
def test_status_of_the_unknown(client, path):
    response = client.get(path)
    assert response.status_code == 404
    assert "served here: toy" in response.json()["error"]


@pytest.mark.parametrize("path", ["/v1/models/toy/metadata", "/v1/models/toy/versions/3/metadata"])
def test_metadata(client, path):
    answer = client.get(path).json()
    assert answer["model_spec"] == {"name": "toy", "signature_name": "", "version": "3"}
    signatures = answer["metadata"]["signature_def"]["signature_def"]
    assert {"serving_default", "explain", "score"} <= signatures.keys()
    default = signatures["serving_default"]
    assert default["method_name"] == "tensorflow/serving/predict"
    text = default["inputs"]["text"]
    assert text["dtype"] == "DT_STRING"
    assert text["tensor_shape"] == {"dim": [{"size": "-1", "name": ""}], "unknown_rank": False}
    assert text["name"] == "serving_default_text:0"
    assert default["outputs"]["score"]["dtype"] == "DT_FLOAT"
    assert len(signatures["explain"]["outputs"]["attention"]["tensor_shape"]["dim"]) == 3


def test_a_version_in_the_path(client):
    response = client.post("/v1/models/toy/versions/3:predict", json={"instances": ["a"]})
    assert response.json()["predictions"][0]["translation"] == "A"


def test_the_newest_version_is_the_default(toy_path):
    from starlette.testclient import TestClient

    from keras_s2s.serving.registry import Registry
    from keras_s2s.serving.rest import create_app
    from keras_s2s.serving.servable import Servable

    registry = Registry()
    for version in (10, 9):
        registry.add(Servable("a model", version, toy_path / "3"))
    with TestClient(create_app(registry)) as client:
        status = client.get("/v1/models/a%20model").json()["model_version_status"]
        assert [state["version"] for state in status] == ["10", "9"]
        assert client.get("/v1/models/a%20model/metadata").json()["model_spec"]["version"] == "10"
        assert (
            client.post("/v1/models/a%20model/versions/9:predict", json={"instances": ["a"]}).status_code
            == 200
        )


def test_only_named_origins_may_call(client):
    headers = {"Origin": "https://example.org", "Access-Control-Request-Method": "POST"}
    allowed = client.options("/v1/models/toy:predict", headers=headers)
    assert allowed.headers["access-control-allow-origin"] == "https://example.org"
    refused = client.get("/v1/models/toy", headers={"Origin": "https://example.com"})
    assert "access-control-allow-origin" not in refused.headers


def test_a_full_queue_is_503(toy_path, in_threads):
    from starlette.testclient import TestClient

    from keras_s2s.serving.limits import Limits
    from keras_s2s.serving.registry import Registry
    from keras_s2s.serving.rest import create_app
    from keras_s2s.serving.servable import Servable

    servable = Servable("toy", 1, toy_path / "3")
    held, predict = threading.Event(), servable.predict
    servable.predict = lambda *arguments: held.wait(30) and predict(*arguments)
    registry = Registry()
    registry.add(servable)
    with TestClient(create_app(registry, Limits(waiting=2))) as client:

        def call(_):
            response = client.post("/v1/models/toy:predict", json={"instances": ["a"]})
            if response.status_code == 503:
                held.set()  # the third one was refused: let the two others go on
            return response.status_code

        assert sorted(in_threads(call, 3)) == [200, 200, 503]
        assert call(0) == 200
