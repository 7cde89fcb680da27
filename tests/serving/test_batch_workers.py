"""What comes of a batch, with a fake model."""

import pytest

from keras_s2s.serving.batch import Batch
from keras_s2s.serving.batch_workers import run
from keras_s2s.serving.request_error import RequestError
from tests.serving.echo import Echo, prediction


def outcomes(batch):
    return [outcome if isinstance(outcome, Exception) else outcome["text"].tolist() for _, outcome in run(batch)]


def test_one_call_for_all_and_each_gets_its_rows():
    model = Echo()
    batch = Batch(0, [prediction(model, "a", "b"), prediction(model, "c"), prediction(model, "d", "e")])
    assert outcomes(batch) == [[b"A", b"B"], [b"C"], [b"D", b"E"]]
    assert model.calls == [[b"a", b"b", b"c", b"d", b"e"]]


@pytest.mark.parametrize("wrong, kind, logged", [("bad", RequestError, False), ("bug", ZeroDivisionError, True)])
def test_an_error_is_only_its_senders(wrong, kind, logged, caplog):
    model = Echo()
    first, second, third = outcomes(Batch(0, [prediction(model, text) for text in ("a", wrong, "c")]))
    assert (first, third) == ([b"A"], [b"C"])
    assert isinstance(second, kind)
    assert len(model.calls) == 1 + 3  # once together, then each alone
    assert ("3 requests to echo failed together" in caplog.text) == logged


def test_outputs_that_cannot_be_cut_are_computed_alone():
    model = Echo()
    batch = Batch(0, [prediction(model, text, signature="shrunk") for text in ("a", "b")])
    assert outcomes(batch) == [[b"one"], [b"one"]]
    assert model.calls == [[b"a", b"b"], [b"a"], [b"b"]]


def test_expired_ones_are_told_and_not_computed():
    model = Echo()
    late, fine = prediction(model, "late"), prediction(model, "fine")
    told = dict(run(Batch(0, [fine], [late])))
    assert told[late].code == "DEADLINE_EXCEEDED"
    assert model.calls == [[b"fine"]]
