"""A hand-made SavedModel with the signatures of a text model, for the protocol's edge cases."""

import os
import threading

import pytest

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")


@pytest.fixture(scope="session")
def toy_path(tmp_path_factory):
    """A SavedModel that "translates" by upper-casing, one target token a letter."""
    import tensorflow as tf

    class Toy(tf.Module):
        @tf.function(input_signature=[tf.TensorSpec([None], tf.string, name="text")])
        def default(self, text):
            text = tf.strings.unicode_transcode(text, "UTF-8", "UTF-8")
            length = tf.strings.length(text, unit="UTF8_CHAR")
            return {
                "translation": tf.strings.upper(text, encoding="utf-8"),
                "score": tf.cast(length, tf.float32) * -0.1,
            }

        @tf.function(input_signature=[tf.TensorSpec([None], tf.string, name="text")])
        def explain(self, text):
            tokens = tf.strings.unicode_split(text, "UTF-8").to_tensor("")
            rows, width = tf.shape(tokens)[0], tf.shape(tokens)[1]
            return {"target_tokens": tokens, "attention": tf.eye(width, batch_shape=[rows])}

        @tf.function(
            input_signature=[
                tf.TensorSpec([None], tf.string, name="source"),
                tf.TensorSpec([None], tf.string, name="target"),
            ]
        )
        def score(self, source, target):
            return {"log_prob": -tf.cast(tf.strings.length(source + target), tf.float32)}

        @tf.function(
            input_signature=[
                tf.TensorSpec([None, 2], tf.int32, name="ids"),
                tf.TensorSpec([None], tf.float32, name="factor"),
                tf.TensorSpec([None], tf.bool, name="negate"),
            ]
        )
        def numbers(self, ids, factor, negate):
            products = tf.cast(ids, tf.float32) * factor[:, None]
            return {"product": tf.where(negate[:, None], -products, products)}

        @tf.function(input_signature=[tf.TensorSpec([None], tf.string, name="text")])
        def raw(self, text):
            return {"text_bytes": text, "length": tf.strings.length(text)}

        @tf.function(input_signature=[tf.TensorSpec([None], tf.string, name="text")])
        def picky(self, text):
            return {"number": tf.strings.to_number(text)}

        @tf.function(input_signature=[tf.TensorSpec([None], tf.float16, name="half")])
        def half(self, half):
            return {"same": half}

        @tf.function(input_signature=[tf.TensorSpec([None], tf.string, name="text")])
        def halved(self, text):
            return {"half": tf.cast(tf.strings.length(text), tf.float16)}

        @tf.function(input_signature=[tf.TensorSpec([None], tf.string, name="text")])
        def summary(self, text):
            return {"rows": tf.size(text), "text": text}

    toy = Toy()
    path = tmp_path_factory.mktemp("exported") / "toy"
    signatures = {
        "serving_default": toy.default,
        "explain": toy.explain,
        "score": toy.score,
        "numbers": toy.numbers,
        "raw": toy.raw,
        "picky": toy.picky,
        "summary": toy.summary,
        "half": toy.half,
        "halved": toy.halved,
    }
    tf.saved_model.save(toy, str(path / "3"), signatures=signatures)
    return path


@pytest.fixture(scope="session")
def app(toy_path):
    """The application with the toy under the name `toy`, small limits."""
    from keras_s2s.serving.limits import Limits
    from keras_s2s.serving.servable import Servable
    from tests.serving.registry_of import registry_of
    from tests.serving.rest_app import create_app

    registry = registry_of(Servable("toy", 3, toy_path / "3"))
    limits = Limits(body_bytes=20_000, rows=16, text_bytes=10_000, json_depth=100)
    return create_app(registry, limits, cors=["https://example.org"])


@pytest.fixture(scope="session")
def client(app):
    """An HTTP client of the application, without a network."""
    from starlette.testclient import TestClient

    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture(scope="session")
def predict(client):
    """`predict(body, model="toy")` -> (status, JSON). A body that is no str or bytes is sent as JSON."""

    def call(body, model="toy"):
        content = {"content": body} if isinstance(body, str | bytes) else {"json": body}
        response = client.post(f"/v1/models/{model}:predict", **content)
        assert response.headers["content-type"] == "application/json"
        return response.status_code, response.json()

    return call


@pytest.fixture(scope="module")
def toy(toy_path):
    """The toy, loaded."""
    from keras_s2s.serving.servable import Servable

    return Servable("toy", 3, toy_path / "3")


@pytest.fixture(scope="module")
def running(toy):
    """A gRPC server of the toy as version 3, with a label."""
    from keras_s2s.serving.registry import Registry
    from keras_s2s.serving.served_model import ServedModel
    from tests.serving.grpc_toy import Running

    registry = Registry()
    model = ServedModel("toy", labels={"stable": 3})
    model.add(toy)
    registry.add_model(model)
    running = Running(registry)
    yield running
    running.stop()


@pytest.fixture(scope="module")
def channel(running):
    """A channel to it."""
    import grpc

    with grpc.insecure_channel(f"127.0.0.1:{running.port}") as channel:
        yield channel


@pytest.fixture(scope="module")
def predictions(channel):
    """Its PredictionService."""
    from tensorflow_serving.apis import prediction_service_pb2_grpc

    return prediction_service_pb2_grpc.PredictionServiceStub(channel)


@pytest.fixture
def in_threads():
    """Runs a function of an index in n threads at once and returns the results in order."""

    def run(function, n):
        results = [None] * n
        threads = [threading.Thread(target=lambda i=i: results.__setitem__(i, function(i))) for i in range(n)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        return results

    return run
