"""Every REST case against the server."""

import pytest

from tests.conformance.rest_cases import CASES
from tests.conformance.rest_client import RestClient


@pytest.fixture(scope="module")
def client(target):
    if not target.rest:
        pytest.skip("TF_SERVING_URL is not set")
    return RestClient(target)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_rest(client, case):
    if case.local_only and not client.target.local:
        pytest.skip("TensorFlow Serving does not have this")
    wrong = client.run(case)
    assert not wrong, "\n".join([*wrong, f"origin: {case.origin}"])
