"""The queue, with a fake model and a fake clock: what goes together."""

import functools

import numpy as np
import pytest

from keras_s2s.serving.prediction import Prediction
from tests.serving.fake_queue import MODEL, Clock, FakeServable, make_queue, next_batch, prediction, put


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def make(clock):
    return functools.partial(make_queue, clock)


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


def test_a_batch_of_long_texts_has_fewer_rows(make, clock):
    queue = make(max_batch_size=4, max_padded_bytes=1000)
    long = put(queue, clock, *(prediction("x" * 400) for _ in range(3)))
    assert next_batch(queue) == list(long[:2])
    assert next_batch(queue) == [long[2]]
    (alone,) = put(queue, clock, prediction("x" * 5000))
    assert next_batch(queue) == [alone]
