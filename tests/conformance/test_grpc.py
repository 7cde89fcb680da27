"""Every gRPC case against the server."""

import pytest

from tests.conformance.grpc_cases import CASES


@pytest.fixture(scope="module")
def client(target):
    if not target.grpc:
        pytest.skip("TF_SERVING_GRPC is not set")
    pytest.importorskip("tensorflow_serving", reason="the extra 'serving' is not installed")
    from tests.conformance.grpc_client import GrpcClient

    client = GrpcClient(target)
    yield client
    client.close()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_grpc(client, case):
    if case.local_only and not client.target.local:
        pytest.skip("TensorFlow Serving does not have this")
    wrong = client.run(case)
    assert not wrong, "\n".join([*wrong, f"origin: {case.origin}"])
