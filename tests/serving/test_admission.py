"""Who is let in: one bound for REST and gRPC together, and how each prediction ended is counted."""

import asyncio

import pytest

from keras_s2s.serving.admission import Admission
from keras_s2s.serving.limits import Limits
from keras_s2s.serving.registry import Registry
from keras_s2s.serving.request_error import RequestError
from keras_s2s.serving.served_model import ServedModel


@pytest.fixture
def admission():
    registry = Registry()
    registry.add_model(ServedModel("toy"))
    return Admission(registry, Limits(concurrent=1))


def test_one_bound_for_both(admission):
    with admission.admit("toy", "predict", "REST"):
        with pytest.raises(RequestError, match="2 requests are running") as caught, \
                admission.admit("toy", "Predict", "GRPC"):
            pytest.fail("this is one too many")
        assert caught.value.status == 503
        assert admission.in_flight == 1
    with admission.admit("toy", "Predict", "GRPC"):
        assert "keras_s2s_requests_in_flight 1.0" in admission.metrics.page().decode()
    assert admission.in_flight == 0


@pytest.mark.parametrize("error, status", [(RequestError("late", "DEADLINE_EXCEEDED"), "DEADLINE_EXCEEDED"),
                                           (asyncio.CancelledError(), "CANCELLED"), (ValueError(), "INTERNAL")])
def test_how_it_ended(admission, error, status):
    with pytest.raises(type(error)), admission.admit("toy", "predict", "REST"):
        raise error
    assert f':tensorflow:serving:request_count{{model_name="toy",status="{status}"}} 1.0' in (
        admission.metrics.page().decode())
    assert admission.in_flight == 0
