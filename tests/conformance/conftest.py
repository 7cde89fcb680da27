"""The server of the suite: the one that the environment names, else keras_s2s's own."""

import os

import pytest

from tests.conformance.target import Target


@pytest.fixture(scope="session")
def target(tmp_path_factory):
    """Where the server is: see the README's section on conformance for the variables."""
    rest, grpc = os.environ.get("TF_SERVING_URL"), os.environ.get("TF_SERVING_GRPC")
    if rest or grpc:
        yield Target(
            rest or None,
            grpc or None,
            os.environ.get("TF_SERVING_MODEL", "shapes"),
            os.environ.get("TF_SERVING_TEXT_MODEL", "dates"),
            bool(os.environ.get("TF_SERVING_IS_LOCAL")),
        )
        return
    for package in ("starlette", "uvicorn", "grpc", "tensorflow_serving"):
        pytest.importorskip(package, reason="the extra 'serving' is not installed")
    from tests.conformance.local_server import local_server

    with local_server(tmp_path_factory.mktemp("conformance")) as server:
        yield server
