"""Long bodies are read beside the event loop, which goes on answering, and nobody waits for that beyond his time."""

import threading

import pytest
from starlette.testclient import TestClient


@pytest.fixture
def slow(monkeypatch):
    """Makes one reader hang until the test ends; gives the threads on which it ran."""
    held, threads = threading.Event(), []

    def make(name, module="rest_predictions"):
        def hang(*_):
            threads.append(threading.current_thread().name)
            held.wait(5)
            return {"examples": [{}]}

        monkeypatch.setattr(f"keras_s2s.serving.{module}.{name}", hang)
        return threads

    yield make
    held.set()


@pytest.mark.parametrize(
    "method, reader", [("classify", "parse_object"), ("predict", "parse_body"), ("predict", "arrays_from_body")]
)
def test_time_is_up_while_a_body_is_read(slow, method, reader):
    from keras_s2s.serving.limits import Limits
    from tests.serving.registry_of import registry_of
    from tests.serving.rest_app import create_app

    class Fake:
        name, version, inputs = "toy", 1, {"serving_default": {}}

        def signature(self, name):
            return "serving_default"

    threads = slow(reader)
    with TestClient(create_app(registry_of(Fake()), Limits(timeout_seconds=0.3))) as client:
        content = b'{"instances": ["' + b"x" * 40_000 + b'"]}'
        response = client.post(f"/v1/models/toy:{method}", content=content)
        assert (response.status_code, "Timed out" in response.json()["error"]) == (504, True)
    assert [name.startswith("asyncio_") for name in threads] == [True]
