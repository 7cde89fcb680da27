"""The queue, with a fake model and a fake clock: who waits, how long, and who is refused."""

import functools

import numpy as np
import pytest

from keras_s2s.serving.prediction import Prediction
from keras_s2s.serving.request_error import RequestError
from tests.serving.fake_queue import MODEL, Clock, make_queue, next_batch, prediction, put


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def make(clock):
    return functools.partial(make_queue, clock)


def test_a_full_queue_refuses_and_others_have_their_own(make, clock):
    queue = make(max_enqueued_requests=2)
    first, _ = put(queue, clock, prediction("a"), prediction("x" * 1000))
    with pytest.raises(RequestError, match="full") as caught:
        queue.put(prediction("c"))
    assert (caught.value.code, caught.value.status) == ("UNAVAILABLE", 503)
    queue.put(prediction("c", signature="explain"))
    assert queue.remove(first)
    queue.put(prediction("d"))


def test_a_request_in_pieces_counts_once_until_its_last_piece_runs(make, clock):
    queue = make(max_enqueued_requests=1, max_batch_size=2)
    whole = prediction("a", "b", "c", "d", "e", "f")
    pieces = [Prediction(MODEL, "serving_default", {"text": rows}, request=whole)
              for rows in np.split(whole.inputs["text"], 3)]
    queue.put(*pieces)
    for piece in pieces:
        assert len(queue) == 1
        with pytest.raises(RequestError, match="1 requests are waiting"):
            queue.put(prediction("g"))
        assert next_batch(queue) == [piece]
    assert len(queue) == 0
    queue.put(prediction("g"))


def test_who_cancels_leaves_the_queue(make, clock):
    queue = make()
    first, second = put(queue, clock, prediction("a"), prediction("b"))
    assert queue.remove(first)
    assert not queue.remove(first)
    assert len(queue) == 1
    assert next_batch(queue) == [second]


def test_who_is_too_late_is_not_computed(make, clock):
    queue = make()
    put(queue, clock, prediction("a", deadline=10.0), prediction("b", deadline=30.0))
    clock.now = 10.0
    batch = queue.take(block=False)
    assert [one.deadline for one in batch.expired] == [10.0]
    assert [one.deadline for one in batch.members] == [30.0]


def test_a_batch_waits_for_company_only_as_long_as_told(make, clock):
    queue = make(timeout_micros=500_000, max_batch_size=3)
    clock.now = 100.0
    first, second = prediction("a"), prediction("b")
    queue.put(first)
    assert queue.take(block=False) is None
    clock.now = 100.4
    queue.put(second)
    assert queue.take(block=False) is None
    clock.now = 100.5
    assert next_batch(queue) == [first, second]


def test_a_full_batch_does_not_wait(make, clock):
    queue = make(timeout_micros=10**9, max_batch_size=2)
    predictions = put(queue, clock, prediction("a"), prediction("b"))
    assert next_batch(queue) == list(predictions)


def test_those_who_have_just_been_answered_are_waited_for_a_little(make, clock):
    queue = make(workers=2)
    put(queue, clock, *(prediction("a") for _ in range(3)))
    batch = queue.take(block=False)
    clock.now += 1.0
    queue.done(batch)
    first, second, third = (prediction("b") for _ in range(3))
    queue.put(first)
    assert queue.take(block=False) is None
    clock.now += 0.05
    queue.put(second)
    assert queue.take(block=False) is None
    queue.put(third)
    batch = queue.take(block=False)
    assert batch.members == [first, second, third]  # as many as before
    clock.now += 1.0
    queue.done(batch)
    queue.put(first)
    assert queue.take(block=False) is None
    clock.now += 0.1
    assert next_batch(queue) == [first]  # a tenth of the last batch's time is over
    queue.put(second)
    assert next_batch(queue) == [second]  # nobody is waited for after one who was alone


def test_one_worker_is_kept_for_other_lengths(make, clock):
    queue = make(workers=2, max_batch_size=1)
    short, short_too, long = put(queue, clock, prediction("a"), prediction("b"), prediction("x" * 999))
    running = queue.take(block=False)
    assert running.members == [short]
    other = queue.take(block=False)
    assert other.members == [long]
    assert queue.take(block=False) is None  # the second short one waits for the first, a worker is free or not
    queue.done(running)
    assert queue.take(block=False).members == [short_too]


def test_a_closed_queue_gives_out_what_it_has_and_takes_nothing(make, clock):
    queue = make(timeout_micros=10**9)
    (waiting,) = put(queue, clock, prediction("a"))
    queue.close()
    with pytest.raises(RequestError, match="shutting down"):
        queue.put(prediction("b"))
    assert next_batch(queue) == [waiting]
    assert queue.take() is None
