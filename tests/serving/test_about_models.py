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
    assert ("version 4 of model toy" if "toy" in path else "served here: toy") in response.json()["error"]


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

    from keras_s2s.serving.servable import Servable
    from tests.serving.registry_of import registry_of
    from tests.serving.rest_app import create_app

    registry = registry_of(*(Servable("a model", version, toy_path / "3") for version in (10, 9)))
    with TestClient(create_app(registry)) as client:
        status = client.get("/v1/models/a%20model").json()["model_version_status"]
        assert [state["version"] for state in status] == ["10", "9"]
        assert client.get("/v1/models/a%20model?x=1").status_code == 404  # there, too, a query is part of the path
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


def held_back(toy_path, monkeypatch, batching, limits=None):
    """A client of a toy that computes nothing until `held` is set."""
    from starlette.testclient import TestClient

    from keras_s2s.serving.predictor import Predictor
    from keras_s2s.serving.servable import Servable
    from tests.serving.registry_of import registry_of
    from tests.serving.rest_app import create_app

    servable = Servable("toy", 1, toy_path / "3")
    held, predict = threading.Event(), servable.predict
    monkeypatch.setattr(servable, "predict", lambda *arguments: held.wait(30) and predict(*arguments))
    app = create_app(registry_of(servable), limits, predictor=Predictor(batching))
    return held, TestClient(app), app


def test_a_full_queue_is_503(toy_path, in_threads, monkeypatch):
    from keras_s2s.serving.batch_options import BatchOptions

    held, client, _ = held_back(toy_path, monkeypatch, BatchOptions(max_enqueued_requests=1, workers=1))
    with client:

        def call(_):
            response = client.post("/v1/models/toy:predict", json={"instances": ["a"]})
            if response.status_code == 503:
                held.set()  # the third one was refused: let the two others go on
            return response.status_code

        assert sorted(in_threads(call, 3)) == [200, 200, 503]
        assert call(0) == 200


def test_time_is_up(toy_path, monkeypatch):
    from keras_s2s.serving.limits import Limits

    held, client, app = held_back(toy_path, monkeypatch, None, Limits(timeout_seconds=0.2))
    with client:
        response = client.post("/v1/models/toy:predict", json={"instances": ["a"]})
        held.set()
    assert (response.status_code, "Timed out" in response.json()["error"]) == (504, True)
    assert app.admission.in_flight == 0


def test_health_and_draining(toy_path):
    from starlette.testclient import TestClient

    from keras_s2s.serving.registry import Registry
    from tests.serving.rest_app import create_app

    app = create_app(Registry())
    with TestClient(app) as client:
        assert client.get("/healthz").status_code == 200
        app.draining = True
        response = client.get("/healthz")
        assert (response.status_code, response.json(), response.headers["connection"]) == (
            503, {"status": "draining"}, "close")


def test_the_description(client):
    api = client.get("/openapi.json").json()
    assert api["openapi"].startswith("3.")
    assert {"/v1/models/{name}", "/v1/models/{name}/labels/{label}:predict", "/healthz"} <= api["paths"].keys()
    page = client.get("/docs")
    assert page.headers["content-type"].startswith("text/html")
    assert "//" not in page.text.replace("<!--", "")  # nothing is loaded from elsewhere


def test_metrics(client):
    client.post("/v1/models/toy:predict", json={"instances": ["a"]})
    client.post("/v1/models/toy:predict", json={"instances": [1]})
    client.post("/v1/models/nobody:predict", json={"instances": [1]})
    page = client.get("/monitoring/prometheus/metrics")
    assert page.headers["content-type"].startswith("text/plain")

    def value(line):
        return next(float(found.rsplit(" ", 1)[1]) for found in page.text.splitlines() if found.startswith(line))

    count = ":tensorflow:serving:request_count{model_name="
    assert value(f'{count}"toy",status="OK"}}') >= 1
    assert value(f'{count}"toy",status="INVALID_ARGUMENT"}}') >= 1
    assert value(f'{count}"",status="NOT_FOUND"}}') >= 1  # names that are not served are not kept
    latency = ':tensorflow:serving:request_latency_count{API="predict",entrypoint="REST",model_name="toy"}'
    assert value(latency) >= 1
    assert value('keras_s2s_batch_size_sum{model_name="toy",signature_name="serving_default"}') >= 1
    assert client.get("/monitoring/prometheus/metrics?x=1").status_code == 400


def test_labels(client):
    assert client.get("/v1/models/toy/labels/stable").status_code == 200  # the label is not looked at
    for response in (
        client.get("/v1/models/toy/labels/stable/metadata"),
        client.post("/v1/models/toy/labels/stable:predict", json={"instances": ["a"]}),
    ):
        assert response.status_code == 400
        assert "Unrecognized servable version label: stable" in response.json()["error"]


@pytest.mark.parametrize("method", ["classify", "regress"])
def test_what_such_models_cannot(client, method):
    path = f"/v1/models/toy:{method}"
    assert "'examples' is expected" in client.post(path, json={}).json()["error"]
    assert client.post(f"/v1/models/nobody:{method}", json={"examples": [{}]}).status_code == 404
    response = client.post(path, json={"examples": [{"x": 1}]})
    assert (response.status_code, "signature method_name" in response.json()["error"]) == (400, True)
