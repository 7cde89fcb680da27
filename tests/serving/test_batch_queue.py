"""The queue, with a fake model and a fake clock: what goes together, and when."""

import numpy as np
import pytest

from keras_s2s.serving.batch_options import BatchOptions
from keras_s2s.serving.batch_queue import BatchQueue
from keras_s2s.serving.prediction import Prediction
from keras_s2s.serving.request_error import RequestError


class FakeServable:
    name = "fake"

    def __init__(self, batched=True):
        self.batched = batched

    def batches(self, signature):
        return self.batched


MODEL = FakeServable()


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


def prediction(*texts, model=MODEL, signature="serving_default", deadline=None):
    array = np.array([text.encode() for text in texts], dtype=object)
    return Prediction(model, signature, {"text": array}, deadline)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def make(clock):
    return lambda **options: BatchQueue(BatchOptions(**{"workers": 1, **options}), clock)


def put(queue, clock, *predictions):
    for one in predictions:
        clock.now += 1
        queue.put(one)
    return predictions


def next_batch(queue):
    batch = queue.take(block=False)
    if batch is None:
        return None
    queue.done(batch)
    return batch.members


def test_who_is_there_goes_together_in_the_order_of_arrival(make, clock):
    queue = make()
    predictions = put(queue, clock, *[prediction(f"t{index}") for index in range(5)])
    assert next_batch(queue) == list(predictions)
    assert next_batch(queue) is None
    assert len(queue) == 0


def test_a_batch_is_full_by_rows_and_keeps_the_order(make, clock):
    queue = make(max_batch_size=4)
    first, second, third, fourth = put(
        queue, clock, prediction("a", "b"), prediction("c"), prediction("d", "e"), prediction("f")
    )
    assert next_batch(queue) == [first, second]  # the third does not fit, and the fourth does not overtake it
    assert next_batch(queue) == [third, fourth]


def test_more_rows_than_a_batch_has_run_alone(make, clock):
    queue = make(max_batch_size=2)
    large, small = put(queue, clock, prediction("a", "b", "c"), prediction("d"))
    assert next_batch(queue) == [large]
    assert next_batch(queue) == [small]


def test_lengths_do_not_mix_and_the_oldest_goes_first(make, clock):
    queue = make(smallest_length=8)
    short, long, short_too, middle, long_too = put(
        queue, clock, prediction("x"), prediction("x" * 100), prediction("x" * 8), prediction("x" * 9),
        prediction("x" * 128),
    )
    assert next_batch(queue) == [short, short_too]
    assert next_batch(queue) == [long, long_too]
    assert next_batch(queue) == [middle]


def test_a_long_text_is_not_starved_by_short_ones(make, clock):
    queue = make(max_batch_size=2)
    put(queue, clock, prediction("a"), prediction("b"))
    (long,) = put(queue, clock, prediction("x" * 5000))
    served = []
    for index in range(10):  # short ones keep coming, two for each batch
        put(queue, clock, prediction(f"s{index}"), prediction(f"t{index}"))
        served.append(next_batch(queue))
    assert served.index([long]) == 1


@pytest.mark.parametrize("length, others", [(1, 64), (64, 1), (65, 128), (128, 65), (129, 256), (1024, 513)])
def test_lengths_that_are_alike(length, others):
    def class_of(size):
        return prediction("x" * size).companions(64)

    assert class_of(length) == class_of(others)
    assert class_of(max(length, others)) != class_of(2 * max(length, others) + 1)


def test_models_signatures_and_shapes_do_not_mix(make, clock):
    queue = make()
    wide = Prediction(MODEL, "serving_default", {"text": np.array([[b"a", b"b"]], dtype=object)})
    predictions = put(
        queue, clock, prediction("a"), prediction("a", signature="explain"), prediction("a", model=FakeServable()), wide
    )
    assert [next_batch(queue) for _ in predictions] == [[one] for one in predictions]


def test_what_cannot_be_batched_runs_alone(make, clock):
    queue = make()
    model = FakeServable(batched=False)
    first, second = put(queue, clock, prediction("a", model=model), prediction("b", model=model))
    assert next_batch(queue) == [first]
    assert next_batch(queue) == [second]


def test_no_rows_run_alone(make, clock):
    queue = make()
    predictions = put(queue, clock, prediction("a"), prediction(), prediction("b"))
    assert next_batch(queue) == [predictions[0], predictions[2]]
    assert next_batch(queue) == [predictions[1]]


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


def test_a_batch_of_long_texts_has_fewer_rows(make, clock):
    queue = make(max_batch_size=4, max_padded_bytes=1000)
    long = put(queue, clock, *(prediction("x" * 400) for _ in range(3)))
    assert next_batch(queue) == list(long[:2])
    assert next_batch(queue) == [long[2]]
    (alone,) = put(queue, clock, prediction("x" * 5000))
    assert next_batch(queue) == [alone]
